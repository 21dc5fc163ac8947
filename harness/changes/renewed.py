"""Ids that every run makes anew, under one name in all of them: what a create answered in OLD's first run.

Without it no list with a created element pairs with itself, and no later call for that element with its like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from harness.changes.drawn import TOKEN, are_apart, looks_drawn
from harness.changes.evidence import read_body
from harness.changes.pairing import pair
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.model.paths import Path
from harness.schema.formats import fitting, mask_of

_SHAPES = mask_of(["uuid", "hex"])
_ROUNDS = 4

Ids = Mapping[Path, bytes]
"""The ids that one answer made, by where they stand."""


def same_ids(
    old: Recording, new: Recording, old_again: Recording | None, new_again: Recording | None
) -> tuple[Recording, Recording | None, Recording | None]:
    """`new`, `old_again` and `new_again` under OLD's ids: what their creates made, replaced by what the same calls made in `old`.

    An id is a text that looks drawn by lot and stands for the first time in the answer to a POST; ids are exchanged for ids of
    their shape, wherever they stand. What both runs of a version make is not drawn, and stays.
    """
    steady_old, steady_new = _made_by(old) & _made_by(old_again), _made_by(new) & _made_by(new_again)
    both = steady_old | steady_new
    return (
        _as_in(old, new, both),
        old_again and _as_in(old, old_again, steady_old),
        new_again and _as_in(old, new_again, both),
    )


def _as_in(old: Recording, other: Recording, steady: set[bytes]) -> Recording:
    """In rounds: a call whose path holds an id that an earlier call made pairs once that has its name."""
    for _ in range(_ROUNDS):
        names = _names(old, other, steady)
        if not names:
            break
        other = replace(other, exchanges=tuple(_renamed(exchange, names) for exchange in other.exchanges))
    return other


def _names(old: Recording, other: Recording, steady: set[bytes]) -> dict[bytes, bytes]:
    """OLD's id by the other recording's, where they differ."""
    here, there = _made(old.exchanges), _made(other.exchanges)
    pairs = pair(old, other).pairs if here and there else ()
    alike = (ids for each in pairs for ids in _alike(here.get(id(each.old), {}), there.get(id(each.new), {})))
    return {its: one for one, its in alike if not {one, its} & steady and are_apart(one, its)}


def _alike(here: Ids, there: Ids) -> Iterator[tuple[bytes, bytes]]:
    """Ids of one shape: the only one on each side, else those at one place."""
    theirs = _by_shape(there)
    for shape, ours in _by_shape(here).items():
        its = theirs.get(shape, {})
        if len(ours) == len(its) == 1:
            yield from zip(ours.values(), its.values(), strict=True)
        else:
            yield from ((one, its[at]) for at, one in ours.items() if at in its)


def _by_shape(ids: Ids) -> dict[tuple[int, int], dict[Path, bytes]]:
    found: dict[tuple[int, int], dict[Path, bytes]] = defaultdict(dict)
    for at, text in ids.items():
        found[len(text), fitting(_SHAPES, [text.decode()])][at] = text
    return found


def _made_by(recording: Recording | None) -> set[bytes]:
    made = {} if recording is None else _made(recording.exchanges)
    return {text for ids in made.values() for text in ids.values()}


def _made(exchanges: Sequence[Exchange]) -> dict[int, Ids]:
    """By the exchange's identity: the ids in the answer to a create that stood nowhere before."""
    drawn = [dict(_drawn(exchange)) for exchange in exchanges]
    candidates = {text for ids in drawn for text in ids.values()}
    found: dict[int, Ids] = {}
    seen: set[bytes] = set()
    for exchange, ids in zip(exchanges, drawn, strict=True) if candidates else ():
        asked = exchange.request.url.encode("utf-8", "replace") + b" " + exchange.request.body
        seen |= candidates.intersection(TOKEN.findall(asked))
        fresh = {at: text for at, text in ids.items() if text not in seen}
        if fresh:
            found[id(exchange)] = fresh
        seen |= candidates.intersection(TOKEN.findall(exchange.response.body if exchange.response else b""))
    return found


def _drawn(exchange: Exchange) -> Iterator[tuple[Path, bytes]]:
    """Where texts stand, in the answer to a create, in which capitals, small letters and digits alternate as in no word."""
    response = exchange.response
    if exchange.request.method == "POST" and response is not None and response.status < 300:
        inside: list[tuple[Path, Json]] = [((), read_body(response))]
        while inside:
            at, value = inside.pop()
            if isinstance(value, dict):
                inside += [((*at, key), item) for key, item in value.items()]
            elif isinstance(value, list):
                inside += [((*at, position), item) for position, item in enumerate(value)]
            elif isinstance(value, str) and looks_drawn(text := value.encode("utf-8", "replace")):
                yield at, text


def _renamed(exchange: Exchange, names: Mapping[bytes, bytes]) -> Exchange:
    def rename(text: bytes) -> bytes:
        return TOKEN.sub(lambda found: names.get(found[0], found[0]), text)

    def written(text: str) -> str:
        return rename(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    request, response = exchange.request, exchange.response
    request = replace(request, url=written(request.url), body=rename(request.body))
    if response is not None:
        headers = tuple((name, written(value)) for name, value in response.headers)
        response = replace(response, headers=headers, body=rename(response.body))
    return replace(exchange, request=request, response=response)
