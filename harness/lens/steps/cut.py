"""`cut`: of a page's rows only those that the call asked for stay (see `page` with `cover`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.window import asked_rows, covering
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Cut(BodyStep):
    """The list is taken for the page that `page` with `cover` asked for. `start`, and `end` or `limit`, are the names of the
    call's query parameters that say the first row, counted from 0, and the row behind the last or how many rows.

    Nothing happens where one of the two is missing or no plain number, no page covers the rows, or the list is longer than
    that page: then it is not that page.
    """

    name = "cut"
    loss = Loss.LOST
    start: str
    end: str = ""
    limit: str = ""

    def __post_init__(self) -> None:
        """Two parameters."""
        if bool(self.end) == bool(self.limit):
            raise ValueError("give either end or limit")

    def edit(self) -> Edit:
        """Pure; see the class."""
        start, end, limit = self.start, self.end, self.limit

        def cut(value: Json, answer: Answer) -> Json:
            rows = asked_rows(answer.call.query, start, end, limit)
            if not isinstance(value, list) or rows is None:
                return value
            first, count = rows
            size = covering(first, count)
            if size is None or len(value) > size:
                return value
            kept = value[first % size : first % size + count]
            return value if len(kept) == len(value) else kept

        return cut
