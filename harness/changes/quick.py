"""Where the answers of one pair differ, found in one descent: quick enough to look at every pair of a stream.

It sees what `residue` sees in a single pair, place by place and without a name. Equal parts are compared by calls that run
in C, so the time goes where the difference is.
"""

from __future__ import annotations

from harness.changes.agreement import in_order, pair_elements, same
from harness.changes.difference import Differs
from harness.lens.answer import ABSENT
from harness.lens.condition import json_type
from harness.model.json_text import Json, serialize
from harness.model.paths import EACH, Path

Spot = tuple[Path, Differs, Json, Json]
"""(template, what differs, OLD's value, NEW's). A member's, with ABSENT on the other side, for what is gone or came."""

_DEPTH = 40
_VALUE, _GONE, _CAME = Differs.VALUE, Differs.GONE, Differs.CAME


def spots(old: Json, new: Json) -> list[Spot]:
    """Every place where two bodies differ, in document order; none where they are the same (`agreement.same`).

    Elements of a list pair as `agreement.pair_elements` pairs them. What stands 40 levels deep is one place.
    """
    found: list[Spot] = []
    _compare(old, new, (), found)
    return found


def _compare(old: Json, new: Json, at: Path, found: list[Spot]) -> None:
    kind = type(old)
    if kind is not type(new):
        _compare_others(old, new, at, found)
    elif kind is not dict and kind is not list:
        if old != new:
            found.append((at, Differs.VALUE, old, new))
    elif old == new and serialize(old) == serialize(new):
        return  # `==` takes true for 1; texts that are equal as well leave no doubt, and cost less than a walk
    elif len(at) > _DEPTH:
        if not same(old, new):
            found.append((at, Differs.VALUE, old, new))
    elif kind is dict:
        _compare_members(old, new, at, found)
    else:
        _compare_elements(old, new, at, found)


def _compare_others(old: Json, new: Json, at: Path, found: list[Spot]) -> None:
    """Values of two types, which say the same where both are numbers."""
    if json_type(old) != json_type(new):
        found.append((at, Differs.FORM, old, new))
    elif not same(old, new):
        found.append((at, Differs.VALUE, old, new))


def _compare_members(old: dict[str, Json], new: dict[str, Json], at: Path, found: list[Spot]) -> None:
    shared = len(old)
    for key, item in old.items():
        other = new.get(key, ABSENT)
        if other is ABSENT:
            shared -= 1
            found.append(((*at, key), _GONE, item, ABSENT))
        elif item is not other:
            kind = type(item)
            if kind is not type(other) or kind is dict or kind is list:
                _compare(item, other, (*at, key), found)
            elif item != other:  # most members by far: a call each would take twice the time
                found.append(((*at, key), _VALUE, item, other))
    if shared < len(new):
        found.extend([((*at, key), _CAME, ABSENT, item) for key, item in new.items() if key not in old])


def _compare_elements(old: list[Json], new: list[Json], at: Path, found: list[Spot]) -> None:
    single = (
        len(old) == len(new) == 1
    )  # whether its id is shared or not, it has one partner: half of a walk's lists are such
    pairs, gone, came = ([(0, 0)], [], []) if single else pair_elements(old, new)
    if not in_order(pairs):
        found.append((at, Differs.ORDER, old, new))
    inside = (*at, EACH)
    if gone or came:
        found.append((inside, Differs.ELEMENTS, old, new))
    for left, right in pairs:
        _compare(old[left], new[right], inside, found)
