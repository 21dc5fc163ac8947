"""The same change seen at several places is one finding: a finding a change, and not a finding a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.model.change import Change, Level, Place, Support, Undone

_LEVELS = list(Level)
_WORST = [Undone.LOST, Undone.PARTLY, Undone.NOT_NEEDED, Undone.UNDONE]


def folded(changes: Iterable[Change]) -> list[Change]:
    """A finding for each fingerprint, in the order of the first; its level is that of the worst place, and so is its reason.

    `places` are all of them, the worst first. The supports of what was studied apart are added up.
    """
    alike: dict[str, list[Change]] = {}
    for number, change in enumerate(changes):
        alike.setdefault(change.fingerprint or str(number), []).append(change)
    return sorted((_one(each) for each in alike.values()), key=lambda change: _LEVELS.index(change.level))


def _one(changes: Sequence[Change]) -> Change:
    ordered = sorted(changes, key=lambda change: (_LEVELS.index(change.level), _WORST.index(change.undone)))
    places = tuple(dict.fromkeys(Place(change.operation, change.path) for change in ordered))
    undone = {change.undone for change in changes}
    supports = list(
        {id(change.support): change.support for change in changes}.values()
    )  # rows of one study share theirs
    return replace(
        ordered[0],
        places=places,
        undone=undone.pop() if len(undone) == 1 else Undone.PARTLY,
        support=Support(
            sum(each.pairs for each in supports),
            sum(each.agreeing for each in supports),
            max(each.distinct for each in supports),
        ),
    )
