"""`divide`: a text member gives way to several, one for each of its parts (`name` becomes `first` and `last`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import combine
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Divide(BodyStep):
    """Member `from` is divided at `by` into the members `to`, in its place.

    Only a text of just as many parts fits, and only where none of `to` is there: which part an extra word belongs to,
    nobody knows.
    """

    name = "divide"
    loss = Loss.RESTORABLE
    from_: str
    by: str
    to: tuple[str, ...]

    def __post_init__(self) -> None:
        """There are parts, and a separator."""
        if not self.by or len(set(self.to)) < 2 or len(set(self.to)) != len(self.to):
            raise ValueError("by is one or more characters, to two or more different names")

    def edit(self) -> Edit:
        """Pure; see the class."""
        source, by, targets = self.from_, self.by, self.to

        def divide(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or not isinstance(text := value.get(source), str):
                return value
            parts = text.split(by)
            if len(parts) != len(targets) or any(name in value and name != source for name in targets):
                return value
            divided: dict[str, Json] = {}
            for key, item in value.items():
                divided |= dict(zip(targets, parts, strict=True)) if key == source else {key: item}
            return divided

        return divide

    def undo(self) -> combine.Combine:
        """The parts together again."""
        return combine.Combine(at=self.at, from_=self.to, by=self.by, to=self.from_, when=self.when)
