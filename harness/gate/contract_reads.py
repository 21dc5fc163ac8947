"""What a contract says of a plugin's reads and needs, in the words of a verdict: how much hangs on each place, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harness.contract.contract import Called, Contract
from harness.contract.places import in_body
from harness.contract.uses import is_needed
from harness.gate.reads import Read, Reads, Weight
from harness.model.paths import Path
from harness.model.reads import Need, Op, PlaceUse

_TAKEN = {
    Op.SERIALISED: "is written out with what holds it",
    Op.COPIED: "is taken along in a copy",
    Op.ENUMERATED: "is met in a loop over what holds it",
    Op.EXPORTED: "is handed on where nobody can look",
}
_WHOLE = (Op.SERIALISED, Op.EXPORTED)
"""Ways to take a place along with everything in it, whatever else is read of it."""
_SAME = "without it the plugin's outcome is the same (ablation)"


def contract_reads(contract: Contract) -> Reads:
    """The reads of a contract. Of an operation that nobody watched, everything counts as read that ablation did not clear."""
    unwatched = frozenset(str(name) for name, called in contract.operations.items() if not called.watched)
    operations = {str(name): tuple(_reads(called)) for name, called in contract.operations.items()}
    return Reads(contract.source, operations, watched=True, unknown=unwatched)


def _reads(called: Called) -> Iterator[Read]:
    paths = {use.place: in_body(use.place) for use in called.places}
    spared = [paths[use.place] or use.place for use in called.places if _is_spared(use)]
    looked_into = {path[:end] for path in paths.values() if path for end in range(len(path))}
    for use in called.places:
        path = paths[use.place]
        without = _SAME if _is_within(path if path is not None else use.place, spared) else ""
        yield from _read(use, path, without, path in looked_into)


def _read(use: PlaceUse, path: Path | None, without: str, looked_into: bool) -> Iterator[Read]:
    """`without` says that the plugin does not miss the place, or what holds it; "" where that is not known."""
    taken = next((op for op in _TAKEN if op in use.ops), None)
    asked = "" if without else f"does the plugin use {use.place} there?"
    inside = None
    if taken is not None and (not looked_into or any(op in use.ops for op in _WHOLE)):
        said = f"{use.place}, which holds it, {_TAKEN[taken]}{_at(use)}"
        inside = _also(said, without), "" if without else f"does the plugin look at it in {use.place}?"
    if is_needed(use) or Op.READ in use.ops:
        yield Read(use.place, path, Weight.READ, _read_in_words(use), inside=inside)
    elif taken is not None:
        yield Read(use.place, path, Weight.TAKEN, _also(f"{_taken(use, taken)}{_at(use)}", without), asked, inside)
    elif use.ops:
        verb = "asks whether it is there" if Op.TESTED in use.ops else "looks for it"
        yield Read(use.place, path, Weight.OPTIONAL, _also(f"the plugin {verb}, and does without{_at(use)}", without))
    elif without:
        yield Read(use.place, path, Weight.SPARED, without)


def _read_in_words(use: PlaceUse) -> str:
    if Op.READ not in use.ops:
        return f"the plugin needs {use.place}: without it, or with another value, its outcome changes (ablation)"
    needed = ", and its outcome changes without it (ablation)" if is_needed(use) else ""
    return f"the plugin reads {use.place}{_at(use)}{needed}"


def _taken(use: PlaceUse, op: Op) -> str:
    return f"{use.place} {_TAKEN[op]}"


def _at(use: PlaceUse) -> str:
    """`` (chart.js:12)``: the file's own name, and the line."""
    if not use.where:
        return ""
    file, _, numbers = use.where[0].rpartition("/")[2].partition(":")
    return f" ({':'.join([file, *numbers.split(':')[:1]]) if numbers else file})"


def _also(said: str, more: str) -> str:
    return f"{said}; {more}" if more else said


def _is_spared(use: PlaceUse) -> bool:
    return (use.need or {}).get("removed") is Need.TOLERATED and not is_needed(use)


def _is_within(place: Path | str, spared: Iterable[Path | str]) -> bool:
    """Whether a place, or what holds it, can go."""
    whole: Sequence[object] = place
    return any(
        place == each or (isinstance(place, tuple) and isinstance(each, tuple) and whole[: len(each)] == each)
        for each in spared
    )
