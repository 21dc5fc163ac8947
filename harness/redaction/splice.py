"""A JSON text with other values in it: white space, escapes and numbers of all the rest stay as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.model.json_text import Json, serialize

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s\[\]{}:,"]+', re.DOTALL)


def spliced(text: str, old: Json, new: Json) -> str:
    """`text`, which `old` was read from, saying `new`, which has the same form: other names and scalars alone.

    Where a name stands twice in an object of `text`, and so once in `old`, it is written anew.
    """
    if serialize(old) == text.encode("utf-8", "surrogatepass"):
        return serialize(new).decode()
    tokens = list(_TOKEN.finditer(text))
    leaves = list(zip(_leaves(old), _leaves(new), strict=True))
    if len(tokens) != len(leaves):
        return serialize(new).decode()
    return "".join(_pieces(text, tokens, leaves))


def _pieces(text: str, tokens: list[re.Match[str]], leaves: list[tuple[Json, Json]]) -> Iterator[str]:
    end = 0
    for token, (was, now) in zip(tokens, leaves, strict=True):
        if was is not now and was != now:
            yield text[end : token.start()]
            yield _like(serialize(now).decode(), token[0])
            end = token.end()
    yield text[end:]


def _like(made: str, token: str) -> str:
    r"""In ASCII, and with `\/`, where the token was."""
    if token.isascii() and not made.isascii():
        made = "".join(each if each.isascii() else _escaped(each) for each in made)
    return made.replace("/", "\\/") if "\\/" in token else made


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _leaves(value: Json) -> list[Json]:
    """Names and scalars, as they stand in a text."""
    found: list[Json] = []
    _gather(value, found)
    return found


def _gather(value: Json, found: list[Json]) -> None:
    if isinstance(value, dict):
        for name, item in value.items():
            found.append(name)
            _gather(item, found)
    elif isinstance(value, list):
        for item in value:
            _gather(item, found)
    else:
        found.append(value)
