"""`rename-header`: a header goes by the name that OLD gave it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.parameters import checked_header
from harness.lens.step import Apply, Step


@dataclass(frozen=True, kw_only=True)
class RenameHeader(Step):
    """Every header called `from`, in any letter case, is called `to` and keeps its place and its value.

    Nothing happens where there is a header called `to` already.
    """

    name = "rename-header"
    from_: str
    to: str

    def __post_init__(self) -> None:
        """Two names, each of one line."""
        checked_header(self.from_)
        checked_header(self.to)
        if self.from_.lower() == self.to.lower():
            raise ValueError("from and to are one header: letter case does not matter in its name")

    def compile(self) -> Apply:
        """Edit in place; see the class."""
        source, target = self.from_.lower(), self.to

        def rename_header(answer: Answer) -> None:
            if answer.header(source) is None or answer.header(target) is not None:
                return
            answer.headers = [(target if name.lower() == source else name, value) for name, value in answer.headers]
            answer.edits += 1

        return self.when.guard(rename_header)

    def undo(self) -> RenameHeader:
        """The other way round."""
        return RenameHeader(from_=self.to, to=self.from_, when=self.when)
