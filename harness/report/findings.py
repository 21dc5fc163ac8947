"""How every writer orders, folds and illustrates changes, so that the terminal and the page tell one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from harness.model.change import Change, Level, Undone
from harness.report.text import count, line, sample

_LEVELS = list(Level)
_WORST_UNDONE = [Undone.LOST, Undone.PARTLY, Undone.NOT_NEEDED, Undone.UNDONE]


def worst_first(changes: Iterable[Change]) -> list[Change]:
    """Breaks, then risks, then the rest; within a level what nothing restores first, else in the order given."""
    return sorted(changes, key=lambda change: (_LEVELS.index(change.level), _WORST_UNDONE.index(change.undone)))


def split(changes: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """(breaks and risks, infos), each worst first."""
    ordered = worst_first(changes)
    told = [change for change in ordered if change.level is not Level.INFO]
    return told, ordered[len(told) :]


def stands(change: Change) -> bool:
    """Whether this is a break that the shim does not wholly undo."""
    return change.level is Level.BREAK and change.undone is not Undone.UNDONE


def tally(changes: Iterable[Change]) -> str:
    """`12 × field removed, 1 × field added`, the most frequent first; and why, where all share one reason."""
    listed = list(changes)
    titles = ", ".join(f"{number} × {line(title)}" for title, number in Counter(c.title for c in listed).most_common())
    reasons = {change.reason for change in listed}
    return f"{titles}: {line(reasons.pop())}" if len(reasons) == 1 and all(reasons) else titles


def level_counts(changes: Sequence[Change]) -> str:
    """`2 breaks, 1 risk, 13 infos`, without the levels that do not occur; `no changes` where there are none."""
    numbers = Counter(change.level for change in changes)
    return ", ".join(count(numbers[level], level.value) for level in Level if numbers[level]) or "no changes"


def place(change: Change) -> str:
    """The path, and how many more places share the change."""
    more = len(set(change.places) - {change.path})
    return line(change.path) + (f" and {count(more, 'more place')}" if more else "")


def remedy(change: Change) -> str:
    """What the shim does about it, in a few words; empty where there is nothing to say."""
    said = [] if change.undone is Undone.NOT_NEEDED else [change.undone.value]
    return ", ".join([*said, line(change.how)] if change.how else said)


def samples(change: Change, limit: int = 120) -> tuple[str, str]:
    """(old, new) as JSON of about `limit` characters. A change keeps None for absent as for null: a kind that says
    added or removed tells which it was, elsewhere both are named."""
    words = change.kind.split("-")
    return _sample(change.old, "added" in words, limit), _sample(change.new, "removed" in words, limit)


def _sample(value: object, absent: bool, limit: int) -> str:
    if value is None:
        return "absent" if absent else "null or absent"
    return sample(value, limit)
