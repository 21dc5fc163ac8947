"""`key-by`: a list of objects becomes an object, each element under the value of one of its members."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import entries
from harness.model.json_text import Json

Element = dict[str, Json]


@dataclass(frozen=True, kw_only=True)
class KeyBy(BodyStep):
    """Keys are texts and unique, else the list stays. With `drop` the member leaves the element.

    With `value` only that member of the element stays; with `alone` too, the elements have just these two members.
    """

    name = "key-by"
    key: str
    drop: bool = False
    value: str = ""
    alone: bool = False

    def __post_init__(self) -> None:
        """`value` leaves no member to drop, and `alone` speaks of it."""
        if self.value and (self.drop or self.value == self.key):
            raise ValueError("value names another member than key, and goes without drop")
        if self.alone and not self.value:
            raise ValueError("alone needs value")

    @property
    def loss(self) -> Loss:
        """With `value`, the element's other members; and a member without a name is not seen again."""
        if self.value:
            return Loss.ISO if self.alone else Loss.RESTORABLE
        return Loss.ISO if self.key or self.drop else Loss.LOST

    def edit(self) -> Edit:
        """Pure; see the class."""
        key = self.key

        def key_by(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or not all(self._fits(item) for item in value):
                return value
            keyed = {item[key]: self._element(item) for item in value}
            return keyed if len(keyed) == len(value) else value

        return key_by

    def undo(self) -> entries.Entries | None:
        """The list again, in the object's order."""
        if self.loss is Loss.LOST:
            return None
        return entries.Entries(at=self.at, key=self.key, add=self.drop, value=self.value, when=self.when)

    def _fits(self, item: Json) -> bool:
        if not isinstance(item, dict) or not isinstance(item.get(self.key), str):
            return False
        return not self.value or (self.value in item and (len(item) == 2 or not self.alone))

    def _element(self, item: Element) -> Json:
        if self.value:
            return item[self.value]
        return {name: member for name, member in item.items() if name != self.key} if self.drop else item
