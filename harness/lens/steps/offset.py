"""`offset`: a page of a size becomes a window of rows (`page=3&size=10` becomes `offset=20&limit=10`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import page as paging
from harness.lens.window import Window
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Offset(BodyStep):
    """In an object, member `page`, counted from `first`, becomes `start` (the first row, counted from 0); `size` becomes `end`
    (behind the last row) or `limit` (how many rows). Each takes its new name in its place.

    Both numbers are texts of digits (no sign, no leading 0) or both integers, from 0 to below 10^15, and so are those written.
    Nothing happens where `page` is below `first` or `size` is 0, where one of the two is missing, or where `start`, `end` or
    `limit` is the name of another member.
    """

    name = "offset"
    start: str
    page: str
    size: str
    end: str = ""
    limit: str = ""
    first: int = 1

    def __post_init__(self) -> None:
        """Two members on either side."""
        self._window()

    def edit(self) -> Edit:
        """Pure; see the class."""
        window = self._window()

        def offset(value: Json, answer: Answer) -> Json:
            return window.windowed(value)

        return offset

    def undo(self) -> paging.Page:
        """The page again."""
        return paging.Page(
            at=self.at,
            start=self.start,
            page=self.page,
            size=self.size,
            end=self.end,
            limit=self.limit,
            first=self.first,
            when=self.when,
        )

    def _window(self) -> Window:
        return Window(self.start, self.end, self.limit, self.page, self.size, self.first)
