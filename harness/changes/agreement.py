"""How far NEW's value already says what OLD's said: the measure by which a step is judged.

Leaves that stand at the same place count most; leaves that stand elsewhere count a little, so that a step on the way to
agreement (an envelope opened, before its list is keyed) is seen to lead somewhere.
"""

from __future__ import annotations

import string
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.model.json_text import Json

ELSEWHERE = 0.3
_SAME_TYPE = 0.2
_SAME_TEXT = 0.5
_NEAR = 0.5
_ALIKE = 0.35
_REORDERED = 0.8

_IDS = frozenset({"id", "_id", "uuid", "guid", "pk"})
"""A member of such a name tells elements apart even where few of them are on both sides."""

_TELLING = 8
_CLASSES = str.maketrans(
    string.digits + string.ascii_uppercase + string.ascii_lowercase, "0" * 10 + "A" * 26 + "a" * 26
)

Leaf = tuple[str, Json]
_KINDS = {str: "other", bool: "bool", int: "number", float: "number", type(None): "other", dict: "dict", list: "list"}
_CONTAINERS = (dict, list)


def agreement(old: Json, new: Json) -> float:
    """1.0 when equal, 0.0 when nothing of OLD's value is in NEW's. What NEW says more does not count."""
    if same(old, new):
        return 1.0
    lost: Counter[Leaf] = Counter()
    extra: Counter[Leaf] = Counter()
    matched = _matched(old, new, lost, extra)
    elsewhere = sum((lost & extra).values())
    score = matched + ELSEWHERE * elsewhere
    return min(score / leaf_count(old), 0.999)


def distance(old: Json, new: Json) -> tuple[float, int]:
    """How far NEW's value is from OLD's: what it lacks, and then what it has too much."""
    return 1.0 - agreement(old, new), leaf_count(new)


def same(old: Json, new: Json) -> bool:
    """Equal as JSON: true is not 1, but 1 is 1.0; the order of members does not matter."""
    kind = type(old)
    if kind is not type(new):
        numbers = isinstance(old, (int, float)) and isinstance(new, (int, float)) and bool not in (kind, type(new))
        return numbers and bool(old == new)
    if kind is dict:
        return len(old) == len(new) and all(key in new and same(item, new[key]) for key, item in old.items())
    if kind is list:
        return len(old) == len(new) and all(map(same, old, new))
    return bool(old == new)


def deformed(old: Json, before: Json, after: Json) -> bool:
    """Whether an edit gives a value another form where it had OLD's: a list, an object, or neither."""
    return _form(old) is _form(before) is not _form(after)


def _form(value: Json) -> type | None:
    return type(value) if isinstance(value, _CONTAINERS) else None


def near(one: float, other: float, share: float) -> bool:
    """Whether two numbers differ by at most that share of the first; an integer that no float can hold is near itself alone."""
    try:
        return abs(one - other) <= share * abs(one)
    except OverflowError:
        return one == other


def leaves(value: Json) -> Iterator[Leaf]:
    """Every scalar and every empty container, with its type's name, so that true and 1 stay apart."""
    stack = [value]
    while stack:
        value = stack.pop()
        kind = type(value)
        if kind is dict and value:
            stack.extend(value.values())
        elif kind is list and value:
            stack.extend(value)
        else:
            yield _KINDS.get(kind) or leaf(value)[0], None if kind in _CONTAINERS else value


def leaf(value: Json) -> Leaf:
    """A hashable stand-in for a scalar or an empty container."""
    if isinstance(value, (dict, list)):
        return type(value).__name__, None
    return ("bool" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else "other"), value


def leaf_count(value: Json) -> int:
    """The number of leaves, at least 1."""
    if isinstance(value, dict) and value:
        return sum(map(leaf_count, value.values()))
    if isinstance(value, list) and value:
        return sum(map(leaf_count, value))
    return 1


def _matched(old: Json, new: Json, lost: Counter[Leaf], extra: Counter[Leaf]) -> float:
    if isinstance(old, dict) and isinstance(new, dict) and (old or new):
        score = 0.0
        for key, item in old.items():
            if key in new:
                score += _matched(item, new[key], lost, extra)
            else:
                lost.update(leaves(item))
        for key, item in new.items():
            if key not in old:
                extra.update(leaves(item))
        return score
    if isinstance(old, list) and isinstance(new, list) and (old or new):
        pairs, only_old, only_new = pair_elements(old, new)
        for position in only_old:
            lost.update(leaves(old[position]))
        for position in only_new:
            extra.update(leaves(new[position]))
        score = sum(_matched(old[left], new[right], lost, extra) for left, right in pairs)
        return score if in_order(pairs) else score * _REORDERED
    if isinstance(old, (dict, list)) or isinstance(new, (dict, list)):
        if type(old) is type(new):
            return 1.0  # both empty
        lost.update(leaves(old))
        extra.update(leaves(new))
        return 0.0
    return scalar_agreement(old, new)


def scalar_agreement(old: Json, new: Json) -> float:
    """1 when equal; less for the same text in another type, for numbers within a tenth, for values of one type."""
    if same(old, new):
        return 1.0
    if old is None or new is None:
        return 0.05
    if isinstance(old, bool) or isinstance(new, bool):
        return _SAME_TYPE if type(old) is type(new) else 0.1
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        return _NEAR if old != 0 and near(old, new, 0.1) else _SAME_TYPE
    if str(old) == str(new):
        return _SAME_TEXT
    if isinstance(old, str) and isinstance(new, str):
        return _ALIKE if len(old) >= _TELLING and pattern(old) == pattern(new) else _SAME_TYPE
    return 0.1


def pattern(text: str) -> str:
    """What kinds of characters stand where: two dates, two UUIDs or two versions look alike."""
    return text.translate(_CLASSES)


def in_order(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether paired elements stand in the same order on both sides."""
    return all(before[1] < after[1] for before, after in pairwise(pairs))


def pair_elements(old: Sequence[Json], new: Sequence[Json]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Positions of elements that are one and the same: by identity key where one exists, else by order.

    The result is pairs (position in OLD, position in NEW) and the positions that have no partner on each side.
    """
    key = identity_key(old, new)
    if key is None and _permuted(old, new):
        return _occurrences(old, new), [], []
    if key is None:
        shared = min(len(old), len(new))
        return [(at, at) for at in range(shared)], list(range(shared, len(old))), list(range(shared, len(new)))
    there = {_identity(item, key): at for at, item in enumerate(new)}
    pairs = [(at, there[name]) for at, item in enumerate(old) if (name := _identity(item, key)) in there]
    left, right = {at for at, _ in pairs}, {at for _, at in pairs}
    return pairs, [at for at in range(len(old)) if at not in left], [at for at in range(len(new)) if at not in right]


def _permuted(old: Sequence[Json], new: Sequence[Json]) -> bool:
    """Whether both hold the same scalars, in another order."""
    if not old or isinstance(old[0], (dict, list)) or (old == new and same(old, new)):
        return False
    if len(old) != len(new) or any(isinstance(item, (dict, list)) for side in (old, new) for item in side):
        return False
    return Counter(map(leaf, old)) == Counter(map(leaf, new)) and not same(old, new)


def _occurrences(old: Sequence[Json], new: Sequence[Json]) -> list[tuple[int, int]]:
    """The n-th occurrence of a value on one side goes with its n-th occurrence on the other."""
    places: dict[Leaf, list[int]] = defaultdict(list)
    for at in range(len(new) - 1, -1, -1):
        places[leaf(new[at])].append(at)
    return [(at, places[leaf(item)].pop()) for at, item in enumerate(old)]


def identity_key(old: Sequence[Json], new: Sequence[Json]) -> tuple[str, ...] | None:
    """A member that every element on both sides has, unique on each side, with most values shared; None if there is none.

    The member may stand one object deep: `("package", "name")`.
    """
    if not old or not new or not all(isinstance(item, dict) for side in (old, new) for item in side):
        return None
    shallow = [(key,) for key in old[0]]
    deep = [(key, inner) for key, item in old[0].items() if isinstance(item, dict) for inner in item]
    return _shared_most(old, new, shallow) or _shared_most(old, new, deep)


def _shared_most(old: Sequence[Json], new: Sequence[Json], keys: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    best = 0.0
    found: tuple[str, ...] | None = None
    for key in keys:
        ours = _identities(old, key)
        theirs = None if ours is None else _identities(new, key)
        if ours is None or theirs is None:
            continue
        shared = len(ours & theirs) / min(len(ours), len(theirs))
        if shared == 1.0:
            return key  # nothing that follows can be better
        if shared > max(best, 0.0 if key[-1].lower() in _IDS else 0.5):
            best, found = shared, key
    return found


def _identities(items: Sequence[Json], key: tuple[str, ...]) -> set[str] | None:
    column = items
    for name in key:
        column = [item.get(name) if isinstance(item, dict) else None for item in column]
    if not {type(value) for value in column} <= {str, int}:
        return None  # null, booleans, fractions and containers tell nothing apart
    names = set(map(str, column))
    return names if len(names) == len(items) else None


def _identity(item: Json, key: tuple[str, ...]) -> str | None:
    """What tells the element apart, as text, so that 7 and "7" are one; None where it is no text and no integer."""
    for name in key:
        item = item.get(name) if isinstance(item, dict) else None
    return None if item is None or isinstance(item, (bool, float, dict, list)) else str(item)
