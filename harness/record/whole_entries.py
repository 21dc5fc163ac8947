"""What is whole of a HAR that was cut off: its entries up to the cut, found without reading the rest as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.model.json_text import DEEPEST

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)
_ENTRIES = [b"{", b'"log"{', b'"entries"[']
"""The name and the bracket of each container that is open around an entry."""


def whole_entries(text: bytes) -> Iterator[bytes]:
    """The JSON text of each object of log.entries that ends before `text` does, or before it is no JSON any more."""
    path: list[bytes] = []
    name, start = b"", 0
    for token in _TOKEN.finditer(text):
        match found := token[0]:
            case b"{" | b"[":
                if path == _ENTRIES:
                    start = token.start()
                path.append(name + found)
                name = b""
            case b"}" | b"]":
                path = path[:-1]
                if path == _ENTRIES and found == b"}":
                    yield text[start : token.end()]
            case _:
                name = found
        if not path or len(path) > DEEPEST or found == b'"':  # the end, what nobody reads, or a string without one
            return


SALVAGE = "record it again, or keep what is whole: backfit salvage FILE -o OUT.har"
"""What to do with such a file."""


def cut_off(whole: int) -> str:
    """What is wrong with a file that has so many whole entries before the place where it ends."""
    entries = "1 entry before it is whole" if whole == 1 else f"{whole:,} entries before it are whole"
    return f"the file ends in the middle: it was cut off; {entries}"
