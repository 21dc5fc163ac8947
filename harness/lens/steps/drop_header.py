"""`drop-header`: a header that OLD never sent."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.parameters import checked_header
from harness.lens.step import Apply, Loss, Step


@dataclass(frozen=True, kw_only=True)
class DropHeader(Step):
    """Every header of that name, in any letter case, goes."""

    name = "drop-header"
    loss = Loss.LOST
    header: str

    def __post_init__(self) -> None:
        """A name of one line."""
        checked_header(self.header)

    def compile(self) -> Apply:
        """Edit in place; see the class."""
        lowered = self.header.lower()

        def drop_header(answer: Answer) -> None:
            kept = [pair for pair in answer.headers if pair[0].lower() != lowered]
            if len(kept) != len(answer.headers):
                answer.headers = kept
                answer.edits += 1

        return self.when.guard(drop_header)
