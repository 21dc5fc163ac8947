"""`copy`: a member that OLD had is filled from where its value still stands (see harness.lens.source)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.places import Edit
from harness.lens.rebuild import rebuilt
from harness.lens.source import fetcher
from harness.lens.step import BodyStep, Loss
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Copy(BodyStep):
    """Sets member `to` of the object at `at`, where it is missing and the source has a value. `using` is a conversion's name.

    The copy is one of its own: what is done to it later does not show at the source.
    """

    name = "copy"
    loss = Loss.RESTORABLE
    from_: str
    to: str
    using: str = ""

    def __post_init__(self) -> None:
        """The source and the conversion must exist."""
        fetcher(self.from_)
        if self.using and self.using not in CONVERSIONS:
            raise ValueError(f"unknown conversion {self.using!r}; known: {', '.join(CONVERSIONS)}")

    def edit(self) -> Edit:
        """Pure; see the class."""
        fetch, target = fetcher(self.from_), self.to
        convert = CONVERSIONS[self.using].forward if self.using else None

        def copy(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or target in value:
                return value
            found = fetch(value, answer)
            if convert is not None and found is not ABSENT:
                found = convert(found)
            return value if found is ABSENT or found is UNFIT else {**value, target: rebuilt(found)}

        return copy

    def undo(self) -> Drop:
        """NEW does not have the member."""
        return Drop(at=self.at, keys=(self.to,), when=self.when)
