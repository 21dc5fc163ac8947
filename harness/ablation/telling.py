"""What ablation found, in words: a line for each place that the plugin needs, and one for all that it can miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.ablation.edits import How
from harness.ablation.needs import Finding, Needs, Place, Together, need_of
from harness.model.reads import Need

_WITH = {How.REMOVED: "without it", How.NULL: "where it is null", How.RETYPED: "where it is of another type"}
_TOLD = 12

Hows = Mapping[How, Finding]


@dataclass(frozen=True)
class Row:
    """`place` is a place, or says how many; `text` what happens without."""

    need: Need
    place: str
    text: str


def rows(places: Mapping[str, Hows]) -> Iterator[Row]:
    """Those of one operation: first what is needed, with what happens without it; then the rest, together."""
    reasons: dict[str, list[str]] = {}
    missed = []
    for place, hows in places.items():
        match need_of(hows):
            case Need.NEEDED:
                yield Row(Need.NEEDED, place, "; ".join(_outcomes(hows)))
            case Need.TOLERATED:
                missed.append(place)
            case Need.UNOBSERVED:
                reasons.setdefault(_why(hows), []).append(place)
    if missed:
        yield Row(Need.TOLERATED, _counted(len(missed)), _listed(missed))
    for reason, open_ in reasons.items():
        yield Row(Need.UNOBSERVED, _counted(len(open_)), f"{reason}: {_listed(open_)}")


def together(group: Together) -> str:
    """The places of which not all can be missed."""
    operations = dict.fromkeys(each.operation for each in group.places)
    named = [each.place if len(operations) == 1 else _whole(each) for each in group.places]
    where = f"{next(iter(operations))}: " if len(operations) == 1 else ""
    return f"{where}each of {' and '.join(named)} can be missed, but not {_both(len(named))}: {group.difference}"


def summary(needs: Needs) -> str:
    """`41 runs in 0:52: 7 places needed, 30 tolerated, 2 unobserved`."""
    minutes, seconds = divmod(round(needs.seconds), 60)
    counts = {need: needs.count(need) for need in Need}
    said = f"{_counted(counts[Need.NEEDED])} needed, {counts[Need.TOLERATED]} tolerated, {counts[Need.UNOBSERVED]} unobserved"
    return f"{needs.runs} runs in {minutes}:{seconds:02d}: {said}"


def _outcomes(hows: Hows) -> Iterator[str]:
    """`without it, and where it is null: TypeError …`; what the plugin bears is said where it bears some."""
    by_text: dict[str, list[str]] = {}
    for how, finding in hows.items():
        text = {Need.NEEDED: finding.difference, Need.TOLERATED: "the same outcome"}.get(finding.need)
        if text is not None:
            by_text.setdefault(text, []).append(_WITH[how])
    for text, ways in by_text.items():
        yield f"{', and '.join(ways)}: {text}"


def _why(hows: Hows) -> str:
    return next(finding.difference for finding in hows.values() if finding.need is Need.UNOBSERVED)


def _counted(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"


def _listed(places: list[str]) -> str:
    more = len(places) - _TOLD
    return ", ".join(places[:_TOLD]) + (f", and {more} more" if more > 0 else "")


def _whole(place: Place) -> str:
    return f"{place.place} of {place.operation}"


def _both(number: int) -> str:
    return "both" if number == 2 else f"all {number}"
