"""What can go wrong with a recording, one damage at a time, at any place: in the HAR, and in the JSON bodies that it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from harness.model.json_text import Json, parse, serialize

DATA = Path(__file__).with_name("data")
SYSTEMS = sorted(file.name.removesuffix("-old.har") for file in DATA.glob("*-old.har"))

INSIDE = "the JSON value that is written in this text"
"""A step of a place."""
_BODY = ("response", "content", "text", INSIDE)

Place = tuple[str | int, ...]
Damage = Callable[[Json], Json]

GONE = object()


def document(entries: Sequence[Json]) -> Json:
    """A HAR."""
    return {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": list(entries)}}


def recorded(system: str, side: str) -> list[Json]:
    """The entries of a real recording."""
    return list(parse((DATA / f"{system}-{side}.har").read_bytes())["log"]["entries"])


def retyped(value: Json) -> Json:
    """The same in another type."""
    match value:
        case dict():
            return list(value.values())
        case list():
            return {str(at): item for at, item in enumerate(value)}
        case bool() | None:
            return json.dumps(value)
        case str():
            return len(value)
        case _:
            return str(value)


def huge(value: Json) -> Json:
    """Much more of it."""
    match value:
        case dict():
            return {**value, **{f"k{at}": at for at in range(300)}}
        case list():
            return value * 30
        case str():
            return value * 300
        case _:
            return 10**400


def exotic(value: Json) -> Json:
    """With what breaks terminals, pages and charsets; an object gets the names that break JavaScript."""
    if isinstance(value, dict):
        return {**value, "__proto__": {"a": 1}, "": [], "constructor": None, "\ud800": "\u2028</script>\x1b[31m"}
    return f"\u202e\ud800\x00\u2028<script>`|@a {value!r} é😀"


def nested(value: Json, levels: int = 300) -> Json:
    """Deep inside lists."""
    for _ in range(levels):
        value = [value]
    return value


DAMAGES: dict[str, Damage] = {
    "drop": lambda value: GONE,
    "null": lambda value: None,
    "retype": retyped,
    "empty": lambda value: type(value)() if isinstance(value, dict | list | str) else 0,
    "reverse": lambda value: dict(reversed(value.items())) if isinstance(value, dict) else _backwards(value),
    "huge": huge,
    "exotic": exotic,
    "nest": nested,
    "wrap": lambda value: {"data": value},
    "other": lambda value: {"other": "value"},
    "negate": lambda value: not value if isinstance(value, bool) else -1,
}


def _backwards(value: Json) -> Json:
    return value[::-1] if isinstance(value, list | str) else value


@st.composite
def some_place(draw: st.DrawFn, value: Json, at: Place = (), most: int = 10) -> Place:
    """A place in `value`, or in a JSON text in it, up to `most` steps below `at`."""
    for step in at:
        value = _written_in(value) if step == INSIDE else value[step]
    for _ in range(draw(st.integers(1, most))):
        if isinstance(value, dict | list) and value:
            keys = list(value) if isinstance(value, dict) else range(len(value))
            at = (*at, keys[draw(st.integers(0, len(keys) - 1))])
            value = value[at[-1]]
        elif (inner := _written_in(value)) is not None:
            at, value = (*at, INSIDE), inner
        else:
            break
    return at


def damaged(value: Json, at: Place, damage: Damage) -> Json:
    """`value` with the damage at a place; nothing of `value` itself is changed."""
    if not at:
        return damage(value)
    if at[0] == INSIDE and isinstance(value, str):
        inner = damaged(_written_in(value), at[1:], damage)
        return "" if inner is GONE else serialize(inner).decode()
    copy = dict(value) if isinstance(value, dict) else list(value)
    item = damaged(value[at[0]], at[1:], damage)
    if item is GONE:
        del copy[at[0]]
    else:
        copy[at[0]] = item
    return copy


@st.composite
def damaged_entries(draw: st.DrawFn, entries: Sequence[Json], most: int = 3) -> list[Json]:
    """Up to `most` damages at drawn places of the entries; and some left out, told twice, or in another order."""
    found: list[Json] = list(entries)
    for _ in range(draw(st.integers(1, most))):
        bodies = [(at, *_BODY) for at, entry in enumerate(found) if _has_json(entry)]
        start = draw(st.sampled_from([(), *bodies]))
        place = draw(some_place(found, start))
        if place:
            found = damaged(found, place, DAMAGES[draw(st.sampled_from(sorted(DAMAGES)))])
    order = draw(st.sampled_from(["as it is", "backwards", "first twice", "last gone"]))
    edited = {"as it is": found, "backwards": found[::-1], "first twice": found[:1] + found, "last gone": found[:-1]}
    return edited[order]


@st.composite
def some_calls(draw: st.DrawFn, most: int = 4) -> tuple[list[Json], list[Json]]:
    """A few calls of a real upgrade, as OLD and as NEW answered them."""
    system = draw(st.sampled_from(SYSTEMS))
    old, new = recorded(system, "old"), recorded(system, "new")
    start = draw(st.integers(0, len(old) - 1))
    chosen = slice(start, start + draw(st.integers(1, most)))
    return old[chosen], new[chosen]


@st.composite
def damaged_bytes(draw: st.DrawFn, text: bytes) -> bytes:
    """Cut off, overwritten or with something put in, up to three times."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        width = draw(st.sampled_from([0, 1, 2, 30, 3000]))
        text = text[:at] + draw(st.binary(max_size=3) | st.sampled_from(_PIECES)) + text[at + width :]
    return text


_PIECES = [
    b"",
    b'"',
    b"{",
    b"]",
    b"\\",
    b"\\ud800",
    b"1e999",
    b"NaN",
    b"\xff",
    b"\x00",
    b',"id":1',
    b"[" * 3000,
    b"9" * 5000,
]


def _has_json(entry: Json) -> bool:
    match entry:
        case {"response": {"content": {"text": text}}}:
            return _written_in(text) is not None
    return False


def _written_in(value: Json) -> Json:
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return None
    try:
        return parse(value.encode())
    except ValueError:
        return None
