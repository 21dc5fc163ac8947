"""What a plugin reads and needs, in the words that every report uses for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.model.paths import Path, Wild, format_path, parse_path
from harness.model.reads import Need, Op, OperationUse, PlaceUse
from harness.report.text import count, line

_NAMED = 6
_UNWATCHED = "nobody watched what is read: every place counts as read"
_NOTHING = "nothing of its answers is read"


@dataclass(frozen=True)
class Row:
    """One place, ready to be shown: how it is used, whether it is missed, and the places in the plugin's code."""

    place: str
    ops: tuple[str, ...]
    need: Need | None
    said: str
    where: tuple[str, ...]


def told(use: OperationUse) -> tuple[list[Row], str]:
    """(a row for each place of which there is something to tell, what must be said of the others; "" for nothing)."""
    found = list(zip(use.places, rows(use), strict=True))
    shown = [row for place, row in found if place.ops or _worst(place) is Need.NEEDED]
    idle = len(found) - len(shown)
    return (
        shown,
        f"{count(idle, 'place')} that nobody saw read, and that ablation did not find to be needed" if idle else "",
    )


def rows(use: OperationUse) -> list[Row]:
    """A row for each place, in the order of their names."""
    return [
        Row(
            line(each.place),
            tuple(f"{op.value} × {each.ops[op]:,}" for op in Op if op in each.ops),
            _worst(each),
            need(each),
            tuple(map(line, each.where)),
        )
        for each in use.places
    ]


def split(use: OperationUse) -> tuple[list[Row], list[Row]]:
    """(what is read or needed, the rest)."""
    found = list(zip(use.places, rows(use), strict=True))
    return [row for place, row in found if _relied(place)], [row for place, row in found if not _relied(place)]


def called(use: OperationUse) -> str:
    """`12 calls`, and what must be said of its reads as a whole; that no call was recorded where none was."""
    calls = count(use.calls, "call") if use.calls else "no recorded call"
    return f"{calls}, {remark}" if (remark := remark_of(use)) else calls


def remark_of(use: OperationUse) -> str:
    """What a list of places does not say; "" where it says all."""
    if not use.watched:
        return _UNWATCHED
    return "" if use.places else _NOTHING


def need(use: PlaceUse) -> str:
    """`needed`, `needed (null, retyped)` where the plugin does without it but not with something else, `tolerated`, …"""
    found = use.need or {}
    worst = _worst(use)
    if worst is None:
        return ""
    edits = [edit for edit, each in found.items() if each is worst]
    whole = len(edits) == len(found) or found.get("removed") is Need.NEEDED
    word = "not tried" if worst is Need.UNOBSERVED else worst.value
    return word if whole else f"{word} ({', '.join(edits)})"


def read_places(use: OperationUse) -> list[str]:
    """The members that are read or needed, a list for its elements, without those that are only on the way to others."""
    relied = list(dict.fromkeys(_by_name(each.place) for each in use.places if _relied(each)))
    return [place for place in relied if not _is_on_the_way(place, relied)]


def in_one_line(use: OperationUse) -> str:
    """`$.columns, $.rows and 3 more places`, or why there is nothing to name."""
    if not use.watched:
        return _UNWATCHED
    found = read_places(use)
    if not found:
        return "nothing is read by name" if use.places else _NOTHING
    more = f" and {count(len(found) - _NAMED, 'more place')}" if len(found) > _NAMED else ""
    return ", ".join(map(line, found[:_NAMED])) + more


def summary(uses: Sequence[OperationUse]) -> str:
    """`2 operations, 14 places, 5 needed`."""
    places = [place for use in uses for place in use.places]
    needed = sum(_worst(place) is Need.NEEDED for place in places)
    said = [count(len(uses), "operation"), count(len(places), "place")]
    return ", ".join([*said, f"{needed:,} needed"] if any(place.need for place in places) else said)


def _relied(use: PlaceUse) -> bool:
    return Op.READ in use.ops or _worst(use) is Need.NEEDED


def _worst(use: PlaceUse) -> Need | None:
    found: Mapping[str, Need] = use.need or {}
    return next((each for each in Need if each in found.values()), None)


def _by_name(place: str) -> str:
    """`$.rows` for `$.rows[*][*]`."""
    path = _path(place)
    if path is None:
        return place
    while path and isinstance(path[-1], Wild):
        path = path[:-1]
    return format_path(path)


def _is_on_the_way(place: str, places: Sequence[str]) -> bool:
    path = _path(place)
    return path is not None and any(
        len(inner) > len(path) and inner[: len(path)] == path for each in places if (inner := _path(each)) is not None
    )


def _path(place: str) -> Path | None:
    """None for what is in no body, and for what is no place, in a report that somebody made."""
    try:
        return parse_path(place)
    except ValueError:
        return None
