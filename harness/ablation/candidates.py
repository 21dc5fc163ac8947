"""The places whose need is asked for: all that OLD's answers have, those first that the plugin was seen to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from harness.contract.places import HEADER, STATUS, in_body
from harness.model.exchange import Exchange, Response
from harness.model.operation import Operation
from harness.model.paths import Path, Wild, format_path
from harness.model.reads import Op, PlaceUse
from harness.record.headers import end_to_end
from harness.schema.observed import Observed, observe
from harness.schema.operations import Operations
from harness.schema.places import walk

_FRAMING = frozenset({"content-length", "content-encoding", "date"})
"""Headers about how an answer travels: whoever sends it says them anew."""
_TAKEN_WHOLE = frozenset({Op.SERIALISED, Op.COPIED, Op.ENUMERATED, Op.EXPORTED})
_BESIDE = -1


class Rank(IntEnum):
    """What is looked at first."""

    READ = 0
    PERHAPS = 1
    """It was taken along with what holds it, or nothing is known of what the plugin reads."""
    UNREAD = 2


@dataclass(frozen=True)
class Candidate:
    """`depth` is that of a place in the body, 0 for the whole of it; headers and the status have another one.

    Of places of one depth none is inside another. `is_read` says that the place itself was seen to be read.
    """

    operation: Operation
    place: str
    depth: int
    rank: Rank = Rank.PERHAPS
    is_read: bool = False


def candidates(
    exchanges: Iterable[Exchange], operations: Operations, uses: Mapping[Operation, Sequence[PlaceUse]] | None = None
) -> tuple[Candidate, ...]:
    """Every place of the answers in `exchanges`, calls of the plugin on OLD; `uses` is what it was seen to touch, if known.

    Calls of a host API are left out: no answer of theirs passes a proxy.
    """
    calls = [each for each in exchanges if each.request.url.startswith(("http://", "https://"))]
    beside: dict[Operation, dict[str, None]] = {}
    for each in calls:
        if each.response is not None:
            beside.setdefault(operations.of(each.request), {}).update(dict.fromkeys(_beside(each.response)))
    found = []
    for observed in observe(calls, operations):
        known = None if uses is None else uses.get(observed.operation)
        ranking = _Ranking(known)
        paths = sorted(_paths(observed), key=lambda path: (len(path), format_path(path)))
        found += [ranking.inside(observed.operation, path) for path in paths]
        found += [ranking.beside(observed.operation, place) for place in beside.get(observed.operation, ())]
    return tuple(found)


def contains(container: Path, path: Path) -> bool:
    """Whether `path` is at `container` or inside; a wildcard stands for any step."""
    return len(container) <= len(path) and all(
        a == b or isinstance(a, Wild) or isinstance(b, Wild) for a, b in zip(container, path, strict=False)
    )


class _Ranking:
    """What the uses of one operation say of its places."""

    def __init__(self, uses: Sequence[PlaceUse] | None) -> None:
        self._known = uses is not None
        self._beside = {each.place: each.ops for each in uses or () if in_body(each.place) is None}
        self._inside = [(path, each.ops) for each in uses or () if (path := in_body(each.place)) is not None]

    def inside(self, operation: Operation, path: Path) -> Candidate:
        here = [ops for used, ops in self._inside if contains(used, path) and contains(path, used)]
        is_read = any(Op.READ in ops for ops in here)
        return Candidate(operation, format_path(path), len(path), self._rank(path), is_read)

    def beside(self, operation: Operation, place: str) -> Candidate:
        ops = self._beside.get(place, {})
        rank = Rank.READ if Op.READ in ops else Rank.PERHAPS if ops or not self._known else Rank.UNREAD
        return Candidate(operation, place, _BESIDE, rank, Op.READ in ops)

    def _rank(self, path: Path) -> Rank:
        if not self._known:
            return Rank.PERHAPS
        below = [ops for used, ops in self._inside if contains(path, used)]
        if any(Op.READ in ops for ops in below):
            return Rank.READ
        return Rank.PERHAPS if below or self._may_be_taken(path) else Rank.UNREAD

    def _may_be_taken(self, path: Path) -> bool:
        """Whether something that holds it was taken as a whole, or read with nothing inside being looked into."""
        around = [(used, ops) for used, ops in self._inside if contains(used, path)]
        return any(_TAKEN_WHOLE & ops.keys() or not self._looked_into(used) for used, ops in around)

    def _looked_into(self, used: Path) -> bool:
        return any(len(other) > len(used) and contains(used, other) for other, _ in self._inside)


def _beside(response: Response) -> Iterator[str]:
    yield STATUS
    for name, _ in end_to_end(response.headers):
        if name.lower() not in _FRAMING:
            yield HEADER + name.lower()


def _paths(observed: Observed) -> set[Path]:
    """The places of all bodies that are one JSON text."""
    every = [bodies for by_type in observed.responses.values() for bodies in by_type.values()]
    whole = [each for each in every if not each.forms and each.unread < each.count]
    return {path for each in whole for path, _ in walk(each.summary)}
