"""`convert`: a scalar in NEW's notation is written in OLD's (see harness.lens.conversions)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.conversions import UNFIT, Conversion, conversion_of
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json

_LONG = 256


def conversion_loss(conversion: Conversion) -> Loss:
    """What a step loses that puts values into another notation."""
    return Loss.ISO if conversion.exact else Loss.RESTORABLE if conversion.back else Loss.LOST


@dataclass(frozen=True, kw_only=True)
class Convert(BodyStep):
    """A value that is in the form which the conversion `using` reads is written in its other form; any other stays as it is.

    Each conversion is listed with an example in the manual of steps, and with its edge cases in the test vectors.
    """

    name = "convert"
    using: str

    def __post_init__(self) -> None:
        """The conversion must exist."""
        if not self.using:
            raise ValueError("using names a conversion")
        conversion_of(self.using)

    @property
    def loss(self) -> Loss:
        """The conversion's."""
        return conversion_loss(conversion_of(self.using))

    def edit(self) -> Edit:
        """Pure; see the class."""
        forward = conversion_of(self.using).forward

        def convert(value: Json, answer: Answer) -> Json:
            converted = forward(value)
            if converted is UNFIT or (type(converted) is type(value) and converted == value):
                return value
            if type(converted) is str and len(converted) > _LONG and not answer.takes(len(converted)):
                return value
            return converted

        return convert

    def undo(self) -> Convert | None:
        """The conversion back, where there is one."""
        back = conversion_of(self.using).back
        return Convert(at=self.at, using=back, when=self.when) if back else None
