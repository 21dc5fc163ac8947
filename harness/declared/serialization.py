"""How a parameter stands on the wire: by OpenAPI's style and explode (3.1.1, section 4.8.12), what was sent is split into parts.

A part is text, a list of texts, or a mapping of texts; what type a text has is decided later, by the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, unquote_plus

Parts = Any
"""str, list[Parts] or dict[str, Parts]."""

Pairs = Sequence[tuple[str, str]]

_DELIMITERS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def pairs_of(query: str) -> list[tuple[str, str]]:
    """A query's names (decoded) and values, which are still as sent: an encoded comma is no delimiter."""
    cut = (piece.partition("=") for piece in query.split("&") if piece)
    return [(unquote_plus(name), value) for name, _, value in cut]


def cookies_of(header: str | None) -> list[tuple[str, str]]:
    """The names and values of a `Cookie` header."""
    cut = (piece.strip().partition("=") for piece in (header or "").split(";") if piece.strip())
    return [(name, value) for name, _, value in cut]


def from_pairs(
    name: str, style: str, explode: bool, kind: str, pairs: Pairs, members: Sequence[str]
) -> Iterator[Parts]:
    """What `name` may be in a query or a cookie when it is a `kind` (array, object or any scalar); nothing where it is not sent.

    `members` are the names that an exploded object takes from the query. Lists that are joined by a delimiter are read in two
    ways, since clients encode the delimiter and servers decode it.
    """
    values = [value for key, value in pairs if key == name]
    if kind == "object" and style == "deepObject":
        yield from _given(_deep(name, pairs))
    elif kind == "object" and explode:
        yield from _given({key: unquote_plus(value) for key, value in pairs if key in members})
    elif kind == "array" and explode:
        yield from _given([unquote_plus(value) for value in values])
    elif kind in ("array", "object") and values:
        for items in _split(values[0], _DELIMITERS.get(style, ","), plus=True):
            yield items if kind == "array" else _alternating(items)
    elif values:
        yield unquote_plus(values[0])


def from_text(name: str, style: str, explode: bool, kind: str, text: str) -> Iterator[Parts]:
    """What a text in a path (percent-encoded) or a header may be, when it is a `kind`."""
    if style == "matrix":
        yield from _matrix(name, explode, kind, text)
        return
    text = text.removeprefix(".") if style == "label" else text
    delimiter = "." if style == "label" and explode else ","
    if kind not in ("array", "object"):
        yield unquote(text)
        return
    for items in _split(text, delimiter, plus=False):
        if kind == "array":
            yield items
        else:
            yield dict(item.partition("=")[::2] for item in items) if explode else _alternating(items)


def _matrix(name: str, explode: bool, kind: str, text: str) -> Iterator[Parts]:
    pairs = [(unquote(key), value) for key, _, value in (piece.partition("=") for piece in text.split(";") if piece)]
    if kind == "object" and explode:
        yield {key: unquote(value) for key, value in pairs}
        return
    yield from from_pairs(name, "form", explode, kind, pairs, ())


def _split(text: str, delimiter: str, *, plus: bool) -> Iterator[list[str]]:
    decode = unquote_plus if plus else unquote
    as_sent = [decode(item) for item in text.replace("+", " " if plus else "+").split(delimiter)]
    yield as_sent
    decoded = [item.strip() for item in decode(text).split(delimiter)]
    if decoded != as_sent:
        yield decoded


def _alternating(items: Sequence[str]) -> dict[str, str]:
    """`R,100,G,200` is {R: 100, G: 200}."""
    return dict(zip(items[::2], items[1::2], strict=False))


def _deep(name: str, pairs: Pairs) -> dict[str, Parts]:
    """`name[a]=1&name[b][c]=2` is {a: 1, b: {c: 2}}; deeper than one level is what servers read, and not in the standard."""
    found: dict[str, Parts] = {}
    for sent, value in pairs:
        key = sent.removesuffix("[]")  # `name[a][]=1&name[a][]=2` is how PHP and Rails write a list
        if key.startswith(f"{name}[") and key.endswith("]"):
            *way, last = key[len(name) + 1 : -1].split("][")
            inner = found
            for step in way:
                deeper = inner.setdefault(step, {})
                inner = deeper if isinstance(deeper, dict) else {}
            _put(inner, last, unquote_plus(value))
    return found


def _put(found: dict[str, Parts], name: str, text: str) -> None:
    """A name that comes again makes a list."""
    before = found.get(name)
    found[name] = text if before is None else [*(before if isinstance(before, list) else [before]), text]


def _given(parts: Parts) -> Iterator[Parts]:
    if parts:
        yield parts
