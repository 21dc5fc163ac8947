"""`copy`: a member that OLD had is filled from where its value still stands (see harness.lens.source)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.places import Edit
from harness.lens.source import fetcher
from harness.lens.step import BodyStep
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Copy(BodyStep):
    """Sets member `to` of the object at `at`, where it is missing and the source has a value. `using` is a conversion's name."""

    name = "copy"
    from_: str
    to: str
    using: str = ""

    def __post_init__(self) -> None:
        """The source and the conversion must exist."""
        fetcher(self.from_)
        if self.using and self.using not in CONVERSIONS:
            raise ValueError(f"unknown conversion {self.using!r}")

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
            return value if found is ABSENT or found is UNFIT else {**value, target: found}

        return copy
