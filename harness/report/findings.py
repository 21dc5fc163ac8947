"""How every writer orders, folds and illustrates changes, so that the terminal and the page tell one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from harness.model.change import Change, Level, Place, Undone
from harness.model.reads import NOT_READ
from harness.report.explain_value import Explanation, explained
from harness.report.text import count, line, sample, samples_apart

_LEVELS = list(Level)
_WORST_UNDONE = [Undone.LOST, Undone.PARTLY, Undone.NOT_NEEDED, Undone.UNDONE]


def worst_first(changes: Iterable[Change]) -> list[Change]:
    """Breaks, then risks, then the rest; within a level what nothing restores first, else in the order given."""
    return sorted(changes, key=lambda change: (_LEVELS.index(change.level), _WORST_UNDONE.index(change.undone)))


def split(changes: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """(breaks and risks, infos), each worst first."""
    ordered = worst_first(changes)
    first = [change for change in ordered if change.level is not Level.INFO]
    return first, ordered[len(first) :]


def stands(change: Change) -> bool:
    """Whether this is a break that the shim does not wholly undo."""
    return change.level is Level.BREAK and change.undone is not Undone.UNDONE


def apart(infos: Iterable[Change]) -> list[list[Change]]:
    """What the plugin does not read, and the rest: those groups that hold something."""
    groups: tuple[list[Change], list[Change]] = ([], [])
    for change in infos:
        groups[not is_unread(change)].append(change)
    return [group for group in groups if group]


def is_unread(change: Change) -> bool:
    """Whether it stands where the plugin was seen not to look."""
    return change.reason.startswith(NOT_READ)


def tally(changes: Iterable[Change]) -> str:
    """`12 × field removed, 1 × field added`, the most frequent first; and why, where all share one reason."""
    listed = list(changes)
    titles = ", ".join(f"{number} × {line(title)}" for title, number in Counter(c.title for c in listed).most_common())
    reasons = {change.reason for change in listed}
    if listed and all(map(is_unread, listed)):
        return f"{titles}: {'none of them' if len(listed) > 1 else 'not'} read by the plugin"
    return f"{titles}: {line(reasons.pop())}" if len(reasons) == 1 and all(reasons) else titles


def level_counts(changes: Sequence[Change]) -> str:
    """`2 breaks, 1 risk, 13 infos`, without the levels that do not occur; `no changes` where there are none."""
    numbers = Counter(change.level for change in changes)
    return ", ".join(count(numbers[level], level.value) for level in Level if numbers[level]) or "no changes"


def place(change: Change) -> str:
    """The path, and how many more places share the change."""
    more = len(others(change))
    return line(change.path) + (f" and {count(more, 'more place')}" if more else "")


def others(change: Change) -> list[Place]:
    """The places that share the change, each once, without the one that it is told of."""
    return [each for each in dict.fromkeys(change.places) if each != Place(change.operation, change.path)]


def remedy(change: Change) -> str:
    """What the shim does about it, in a few words; empty where there is nothing to say."""
    said = [] if change.undone is Undone.NOT_NEEDED else [change.undone.value]
    return ", ".join([*said, line(change.how)] if change.how else said)


def why(change: Change) -> str:
    """Why the level is what it is, with the evidence; what was declared and never seen has none."""
    reason = line(change.reason)
    return f"{reason} ({change.support})" if change.support.pairs else reason


def samples(change: Change, limit: int = 120) -> tuple[str, str]:
    """(old, new) as JSON of about `limit` characters, both empty where there are none.

    A change keeps None for absent as for null: a kind that says added or removed tells which it was, elsewhere both are
    named.
    """
    if change.old is None and change.new is None and not change.support.pairs:
        return "", ""
    if change.old is not None and change.new is not None:
        return samples_apart(change.old, change.new, limit)
    words = change.kind.split("-")
    return _sample(change.old, "added" in words, limit), _sample(change.new, "removed" in words, limit)


def differences(change: Change, most: int = 8) -> Explanation:
    """Where the two samples differ, at most `most` places: empty but for two objects, or two lists, that hold something."""
    if not change.old or not change.new:
        return explained(None, None)
    said = [change.path, *(fact for fact in change.facts.values() if isinstance(fact, str))]
    return explained(change.old, change.new, most, about={each.rpartition(".")[2] for each in said})


def explanation(change: Change, limit: int = 200, most: int = 8) -> list[tuple[str, str]]:
    """(label, text) for everything that is told about a change beyond its title and place, as plain text of one line each.

    Labels repeat for each of at most `most` places in which the samples differ.
    """
    places = differences(change, most)
    old, new = samples(change, limit // 2 if places else limit)
    rows = [
        ("what", line(change.message)),
        ("old", old),
        ("new", new),
        *(("differs", place) for place in places),
        ("why", why(change)),
        ("ask", line(change.question)),
        ("shim", remedy(change)),
        ("id", line(change.fingerprint)),
    ]
    return [(label, text) for label, text in rows if text]


def head(change: Change) -> str:
    """What changed and where, in one line: `field removed: GET /articles $.total and 2 more places`."""
    return f"{line(change.title)}: {line(change.operation)} {place(change)}"


def told(change: Change, most: int = 5) -> list[str]:
    """The explanation below the head, a line each, for formats that know no more than lines."""
    return [text if label == "what" else f"{label}: {text}" for label, text in explanation(change, 120, most)]


def _sample(value: object, absent: bool, limit: int) -> str:
    if value is None:
        return "absent" if absent else "null or absent"
    return sample(value, limit)
