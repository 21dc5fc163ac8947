"""`status`: the status code that OLD gave."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.step import Apply, Step


@dataclass(frozen=True, kw_only=True)
class Status(Step):
    """An answer with status `from` gets `to`."""

    name = "status"
    from_: int
    to: int

    def __post_init__(self) -> None:
        """A status has three digits."""
        if not (100 <= self.from_ <= 999 and 100 <= self.to <= 999):
            raise ValueError("a status has three digits")

    def compile(self) -> Apply:
        """Edit in place; see the class."""
        source, target = self.from_, self.to

        def status(answer: Answer) -> None:
            if answer.status == source != target:
                answer.status = target
                answer.edits += 1

        return self.when.guard(status)

    def undo(self) -> Status | None:
        """The other way round, unless the condition speaks of the status that is changed."""
        return None if self.when.status else Status(from_=self.to, to=self.from_, when=self.when)
