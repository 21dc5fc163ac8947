"""Answers as NEW might give them one day. Fields go, are null, empty, of another type, huge, deep; lists are turned round and
doubled; names are hostile; a body is cut short, a status is another. One seed, one sequence of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from harness.lens.places import get
from harness.lens.rebuild import rebuilt
from harness.model.exchange import Response
from harness.model.json_text import Json, WrittenFloat, serialize
from harness.shims.leaves import Pointer

_NAMES = ("__proto__", "constructor", "", "a\u2028b", 'quote"\\', "../x", "</script>", "$ref", "é\ud800", "0")
_TEXTS = ("\u2028\u2029", "😀\ud83d", "\x00\x1b[31m", "null", "1e2", "é" * 40)
_HUGE = (2**64 + 1, -(10**40), WrittenFloat("1e400"), WrittenFloat("-0"), WrittenFloat("1.0"), "x" * 5_000)
_EMPTY: tuple[Json, ...] = ("", [], {}, 0, False)
_STATUSES = (200, 204, 301, 404, 422, 500, 599)
_MANY = 300
_DEEP = 150
_DAMAGED = 0.1
"""The share of mutants that are not JSON any more, or have another status or other headers."""


@dataclass(frozen=True)
class Mutant:
    """`how` says what was done, and where."""

    response: Response
    how: str


def mutants(response: Response, body: Json, near: Sequence[Pointer], random: Random) -> Iterator[Mutant]:
    """Mutants of one answer, without end. Half of the places that are mutated are `near` ones, where they exist."""
    places = list(_places(body))
    near = near or places
    while True:
        if random.random() < _DAMAGED:
            yield _damaged(response, random)
            continue
        top: list[Json] = [rebuilt(body)]
        done = [
            _mutate(top, random.choice(random.choice((near, places))), random) for _ in range(random.choice((1, 1, 2)))
        ]
        yield Mutant(with_body(response, top[0]), ", ".join(filter(None, done)) or "unchanged")


def with_body(response: Response, body: Json) -> Response:
    """The response with another body."""
    return replace(response, body=serialize(body))


def smaller(body: Json) -> Iterator[Json]:
    """The body with one member or element less, for each of them, the largest first."""
    places = sorted(filter(None, _places(body)), key=lambda at: -len(serialize(get(body, at))))
    for at in places:
        top: list[Json] = [rebuilt(body)]
        holder, key = _holder(top, at)
        del holder[key]
        yield top[0]


def _places(value: Json) -> Iterator[Pointer]:
    """Every place, the whole first."""
    waiting: list[tuple[Pointer, Json]] = [((), value)]
    while waiting:
        at, each = waiting.pop()
        yield at
        if isinstance(each, (dict, list)):
            inside = each.items() if isinstance(each, dict) else enumerate(each)
            waiting += [((*at, key), item) for key, item in inside]


def _holder(top: list[Json], at: Pointer) -> tuple[Json, str | int]:
    """What holds the value at a place, and under which name or number."""
    *way, key = (0, *at)
    return get(top, tuple(way)), key


def _mutate(top: list[Json], at: Pointer, random: Random) -> str:
    """Do one thing at a place; "" where an earlier mutation took the place away, or it is not one for that."""
    holder, key = _holder(top, at)
    name = random.choice(list(_MUTATIONS))
    before = serialize(top[0])
    if _has(holder, key):
        _MUTATIONS[name](holder, key, random)
    where = "".join(f"/{step}" for step in at) or "the top"
    return "" if serialize(top[0]) == before else f"{name} at {where}"


def _has(holder: Json, key: str | int) -> bool:
    if isinstance(holder, list):
        return isinstance(key, int) and key < len(holder)
    return isinstance(holder, dict) and key in holder


Mutation = Callable[[Json, Json, Random], None]
"""(what holds the value, the value's name or number there, the dice)"""


def _drop(holder: Json, key: Json, _: Random) -> None:
    if isinstance(holder, dict) or len(holder) > 1:
        del holder[key]


def _put(value: Callable[[Json, Random], Json]) -> Mutation:
    def put(holder: Json, key: Json, random: Random) -> None:
        holder[key] = value(holder[key], random)

    return put


def _retype(value: Json, random: Random) -> Json:
    others: list[Json] = [[value], {"value": value}, True, 7, "7", None]
    if isinstance(value, bool) or not isinstance(value, str):
        others.append(serialize(value).decode()[:_MANY])
    return random.choice(others)


def _reorder(value: Json, random: Random) -> Json:
    if isinstance(value, list):
        return random.sample(value, len(value))
    return dict(reversed(value.items())) if isinstance(value, dict) else value


def _repeat(value: Json, random: Random) -> Json:
    if not isinstance(value, list) or not value:
        return value
    again = [rebuilt(value[random.randrange(len(value))]) for _ in range(random.choice((1, _MANY)))]
    return value + again


def _rename(value: Json, random: Random) -> Json:
    if not isinstance(value, dict) or not value:
        return value
    old, new = random.choice(list(value)), random.choice(_NAMES)
    return {new if name == old else name: item for name, item in value.items() if name != new}


def _add(value: Json, random: Random) -> Json:
    if not isinstance(value, dict):
        return value
    other = rebuilt(value[random.choice(list(value))]) if value else None
    return {**value, random.choice(_NAMES): other}


def _deepen(value: Json, random: Random) -> Json:
    for _ in range(_DEEP):
        value = {"a": value} if random.random() < 0.5 else [value]
    return value


_MUTATIONS: dict[str, Mutation] = {
    "dropped": _drop,
    "null": _put(lambda value, random: None),
    "retyped": _put(_retype),
    "emptied": _put(lambda value, random: rebuilt(random.choice(_EMPTY))),
    "reordered": _put(_reorder),
    "repeated": _put(_repeat),
    "renamed a member": _put(_rename),
    "added a member": _put(_add),
    "strange text": _put(lambda value, random: random.choice(_TEXTS)),
    "huge": _put(lambda value, random: random.choice(_HUGE)),
    "deepened": _put(_deepen),
}


def _damaged(response: Response, random: Random) -> Mutant:
    """The answer as a whole."""
    match random.randrange(5):
        case 0:
            cut = random.randrange(len(response.body) + 1)
            return Mutant(replace(response, body=response.body[:cut]), f"cut after {cut} bytes")
        case 1:
            status = random.choice(_STATUSES)
            return Mutant(replace(response, status=status), f"status {status}")
        case 2:
            return Mutant(replace(response, headers=()), "no headers")
        case 3:
            return Mutant(replace(response, body=b"\xff" + response.body), "not UTF-8")
        case _:
            return Mutant(replace(response, headers=response.headers * 2), "headers twice")
