"""Whose a row of a shim file is: the file lists marks of all that Backfit wrote, and what has none is a person's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from harness.shims.document import Shim
from harness.shims.yaml_writing import Key, Row, rows_of

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_SAID_BY_NAME = frozenset({"match"})


def mark(key: Key) -> str:
    """Eight letters for a row, or for a row and the comment beside it: 32 bits of a hash, which YAML takes for no number."""
    return sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:8].translate(_LETTERS)


def beside(key: Key, comment: str) -> Key:
    """The key of the comment (without its `#`) beside a row."""
    return (*key, "#", comment)


def signed(shim: Shim) -> Shim:
    """The shim with the marks of all its rows but those that a person wrote, in the file's order; older marks stay."""
    marks = [mark(key) for row in rows_of(shim) for key in _keys(row)]
    return replace(shim, learned=tuple(dict.fromkeys((*marks, *shim.learned))))


def _keys(row: Row) -> Iterator[Key]:
    """A row says something where it is an item of a section, or the only one of its kind."""
    if not row.by_hand and (len(row.key) == _ITEM or row.key[1] in _SAID_BY_NAME):
        yield row.key
        if row.comment:
            yield beside(row.key, row.comment)


_ITEM = 3
