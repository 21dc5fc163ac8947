"""A person's comments in a shim file: found, and put back at the same rows when Backfit writes the file anew."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from harness.shims.document import Shim
from harness.shims.marks import beside, mark
from harness.shims.yaml_writing import Key, Remarks, Row, entry_rows, rows_of

OWN = "# Backfit: "
"""What Backfit's own lines of comment begin with: they are written anew each time."""

_COMMENT = re.compile(r"#[^\r\n]*")


@dataclass(frozen=True)
class _Comment:
    line: int
    alone: bool
    text: str


@dataclass(frozen=True)
class Place:
    """A row of a file that a person may have changed, and the line (from 0) where it begins."""

    line: int
    key: Key


@dataclass
class _Kept:
    above: dict[Key, list[str]] = field(default_factory=dict)
    beside: dict[Key, str] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)


def kept_remarks(text: str, loaded: Any, kept: Shim, written: Shim) -> Remarks:
    """The comments of `text` (which holds the shim `kept`) for the rows of `written`, in their order.

    A comment whose row is gone goes to the next row of the file that stands; one inside a row, above it.
    """
    rows = list(places_of(loaded, kept))
    standing = {row.key for row in rows_of(written)}
    backfits = _Backfits(kept, written)
    found = _Kept()
    for comment in _comments(text):
        if comment.text.startswith(OWN):
            continue
        here = [row for row in rows if row.line <= comment.line]
        if not comment.alone and here and here[-1].line == comment.line and here[-1].key in standing:
            if not backfits.is_own(here[-1].key, comment.text):
                found.beside[here[-1].key] = comment.text
            continue
        if not comment.alone and here and backfits.is_own(here[-1].key, comment.text):
            continue  # the evidence of a row that is gone
        after = rows[max(0, len(here) - (not comment.alone)) :]
        if (key := next((row.key for row in after if row.key in standing), None)) is not None:
            found.above.setdefault(key, []).append(comment.text)
        else:
            found.last.append(comment.text)
    return Remarks(found.above, found.beside, found.last)


def places_of(loaded: Any, shim: Shim) -> Iterator[Place]:
    """The rows that a loaded file (which holds `shim`) has, from its first line to its last."""
    found = [Place(_line(loaded, key), ("", str(key))) for key in loaded]
    tops = [row for row in rows_of(shim) if row.key[0] == ""]
    for section in ("moved", "requests", "everywhere", "otherwise"):
        found += _items(loaded, tops, section)
    for entry, written in zip(shim.entries, loaded.get("operations", ()), strict=True):
        rows = list(entry_rows(entry))
        for key in written:
            found.append(Place(_line(written, key), next(row.key for row in rows if row.key[1] == key)))
            found += _items(written, rows, str(key))
    return iter(sorted(found, key=lambda place: place.line))


class _Backfits:
    """Which comments beside a row Backfit wrote: their marks are in the file, or the row got them now."""

    def __init__(self, kept: Shim, written: Shim) -> None:
        self._marks: Container[str] = frozenset(kept.learned)
        self._said = {row.comment for shim in (kept, written) for row in rows_of(shim) if row.comment}

    def is_own(self, key: Key, comment: str) -> bool:
        said = comment.removeprefix("#").strip()
        return said in self._said or mark(beside(key, said)) in self._marks


def _items(holder: CommentedMap, rows: Iterable[Row], section: str) -> Iterator[Place]:
    written = holder.get(section)
    if isinstance(written, CommentedSeq):
        keys = [row.key for row in rows if row.key[1] == section and len(row.key) == _ITEM]
        yield from (Place(_line(written, at), key) for at, key in enumerate(keys))


_ITEM = 3


def _line(holder: CommentedMap | CommentedSeq, key: Any) -> int:
    return int(holder.lc.data[key][0])


def _comments(text: str) -> Iterator[_Comment]:
    """Every comment, found between the tokens of the text, so that a `#` in a value is none."""
    end = 0
    for token in YAML(typ="safe", pure=True).scan(StringIO(text)):
        start = token.start_mark.index
        for comment in _COMMENT.finditer(text, end, max(start, end)):
            before = text[text.rfind("\n", 0, comment.start()) + 1 : comment.start()]
            line = text.count("\n", 0, comment.start())
            yield _Comment(line, not before.strip(), comment[0].rstrip())
        end = max(end, token.end_mark.index)
