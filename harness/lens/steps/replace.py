"""`replace`: whatever stands at the place gives way to one value (a constant that changed, an answer emptied)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import Edit
from harness.lens.rebuild import rebuilt
from harness.lens.room import own_copy
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json, serialize


@dataclass(frozen=True, kw_only=True)
class Replace(BodyStep):
    """Every value at `at` becomes `value`; what is written just like it already is no edit."""

    name = "replace"
    loss = Loss.LOST
    value: Json

    def edit(self) -> Edit:
        """Pure; see the class. Each answer gets a value of its own."""
        constant = rebuilt(self.value)
        text = serialize(constant)

        def replace(value: Json, answer: Answer) -> Json:
            if type(value) is type(constant) and serialize(value) == text:
                return value
            copied = own_copy(constant, answer)
            return value if copied is ABSENT else copied

        return replace
