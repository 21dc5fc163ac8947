"""`convert`: a scalar in NEW's notation is written in OLD's (see harness.lens.conversions)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Convert(BodyStep):
    """A value that is not in the form that the conversion reads stays as it is."""

    name = "convert"
    using: str

    def __post_init__(self) -> None:
        """The conversion must exist."""
        if self.using not in CONVERSIONS:
            raise ValueError(f"unknown conversion {self.using!r}; known: {', '.join(CONVERSIONS)}")

    @property
    def loss(self) -> Loss:
        """The conversion's."""
        conversion = CONVERSIONS[self.using]
        return Loss.ISO if conversion.exact else Loss.RESTORABLE if conversion.back else Loss.LOST

    def edit(self) -> Edit:
        """Pure; see the class."""
        forward = CONVERSIONS[self.using].forward

        def convert(value: Json, answer: Answer) -> Json:
            converted = forward(value)
            return value if converted is UNFIT or (type(converted) is type(value) and converted == value) else converted

        return convert

    def undo(self) -> Convert | None:
        """The conversion back, where there is one."""
        back = CONVERSIONS[self.using].back
        return Convert(at=self.at, using=back, when=self.when) if back else None
