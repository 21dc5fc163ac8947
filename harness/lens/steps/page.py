"""`page`: a window of rows becomes a page of a size (`_start=20&_end=30` becomes `_page=3&_per_page=10`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import offset
from harness.lens.window import Window
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Page(BodyStep):
    """In an object, member `start` (the first row, counted from 0) becomes `page`, counted from `first`; `end` (behind the last
    row) or `limit` (how many rows) becomes `size`. Each takes its new name in its place.

    Both numbers are texts of digits (no sign, no leading 0) or both integers, from 0 to below 10^15, and so are those written.
    Nothing happens where the window is empty or no whole page (`start` is no multiple of its size), where one of the two is
    missing, or `page` or `size` is the name of another member. With `cover`, a window that is no whole page becomes the page of
    the smallest size that has all its rows, and at most 1,000 others; the step `cut` takes these away from the answer.
    """

    name = "page"
    start: str
    page: str
    size: str
    end: str = ""
    limit: str = ""
    first: int = 1
    cover: bool = False

    @property
    def loss(self) -> Loss:
        """A page does not say which of its rows are wanted."""
        return Loss.RESTORABLE if self.cover else Loss.ISO

    def __post_init__(self) -> None:
        """Two members on either side."""
        self._window()

    def edit(self) -> Edit:
        """Pure; see the class."""
        window = self._window()

        def page(value: Json, answer: Answer) -> Json:
            return window.paged(value)

        return page

    def undo(self) -> offset.Offset:
        """The window again."""
        return offset.Offset(
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
        return Window(self.start, self.end, self.limit, self.page, self.size, self.first, self.cover)
