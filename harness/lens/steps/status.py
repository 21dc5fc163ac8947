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
        """A status is three digits."""
        if not (100 <= self.from_ <= 599 and 100 <= self.to <= 599):
            raise ValueError("a status is between 100 and 599")

    def compile(self) -> Apply:
        """Edit in place; see the class."""
        source, target = self.from_, self.to

        def status(answer: Answer) -> None:
            if answer.status == source:
                answer.status = target
                answer.edits += 1

        return self.when.guard(status)

    def inverse(self) -> Status:
        """The other way round."""
        return Status(from_=self.to, to=self.from_, when=self.when)
