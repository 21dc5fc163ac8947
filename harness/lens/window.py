"""Two ways to ask for some rows of a list: a window (from which row, to which) and a page of a size; what their steps share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.model.json_text import Json

_DIGITS = re.compile(r"0|[1-9][0-9]{0,14}")
_TOO_LARGE = 10**15
_MOST_BESIDE = 1000
"""Rows that a page may have besides those that are wanted."""

Pair = tuple[int, int]
Names = tuple[str, str]


@dataclass(frozen=True)
class Window:
    """The members' names on both sides; one of `end` and `limit` is "". `first` is the first page's number.

    `cover`: where the window is no whole page, a page that has more rows does.
    """

    start: str
    end: str
    limit: str
    page: str
    size: str
    first: int
    cover: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError where the names are not two and two."""
        if bool(self.end) == bool(self.limit):
            raise ValueError("give either end or limit")
        if len(set(self._rows)) < 2 or len(set(self._pages)) < 2 or not all((*self._rows, *self._pages)):
            raise ValueError("a window has two names, and so has a page")
        if not 0 <= self.first < _TOO_LARGE:
            raise ValueError("first is 0 or more")

    def paged(self, value: Json) -> Json:
        """The object with the page instead of the window, or the very same value where that is not what it holds."""
        return _exchanged(value, self._rows, self._pages, self._page)

    def windowed(self, value: Json) -> Json:
        """The object with the window instead of the page, or the very same value."""
        return _exchanged(value, self._pages, self._rows, self._window)

    @property
    def _rows(self) -> Names:
        return self.start, self.end or self.limit

    @property
    def _pages(self) -> Names:
        return self.page, self.size

    def _page(self, start: int, last: int) -> Pair | None:
        size = covering(start, last - start if self.end else last, _MOST_BESIDE if self.cover else 0)
        return None if size is None else (start // size + self.first, size)

    def _window(self, page: int, size: int) -> Pair | None:
        if page < self.first or not size:
            return None
        start = (page - self.first) * size
        return start, start + size if self.end else size


def covering(start: int, size: int, most: int = _MOST_BESIDE) -> int | None:
    """The smallest page size, at most `most` larger than the window's, of which one page has all the window's rows.

    None where there is none, or the window is empty.
    """
    sizes = range(size, size + most + 1) if size > 0 else ()
    return next((page for page in sizes if start % page + size <= page), None)


def asked_rows(query: Mapping[str, str], start: str, end: str, limit: str) -> Pair | None:
    """The first row and the number of rows that a call asked for, by its parameters' names; None where it did not."""
    first, last = _number(query.get(start)), _number(query.get(end or limit))
    if first is None or last is None:
        return None
    return first, last - first if end else last


def _exchanged(value: Json, names: Names, others: Names, change: Callable[[int, int], Pair | None]) -> Json:
    """Each of the two members under its new name, in its place."""
    if not isinstance(value, dict) or any(name in value and name not in names for name in others):
        return value
    written = [value.get(name) for name in names]
    first, second = map(_number, written)
    if first is None or second is None or type(written[0]) is not type(written[1]):
        return value
    changed = change(first, second)
    if changed is None or max(changed) >= _TOO_LARGE:
        return value
    texts = isinstance(written[0], str)
    new = {
        name: (other, str(number) if texts else number)
        for name, other, number in zip(names, others, changed, strict=True)
    }
    return dict(new.get(key, (key, item)) for key, item in value.items())


def _number(value: Json) -> int | None:
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else None
    return value if type(value) is int and 0 <= value < _TOO_LARGE else None
