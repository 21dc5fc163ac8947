"""`oneOf`, `anyOf` and `allOf`: what was added and removed, and which parts are to be compared with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.declared.api import Schema
from harness.declared.branches import Side, branch_name, matched, most_alike
from harness.declared.found import Found
from harness.declared.view import NOTES, Union, View
from harness.declared.views import Views

PARTS = {"oneOf": "one-of", "anyOf": "any-of"}

Pairs = list[tuple[Schema, Schema]]


def only_one_is_union(old: View, new: View) -> bool:
    """Whether a schema became a union, or the reverse: what it says now stands in the branches."""
    return bool(old.unions) != bool(new.unions)


def unions(old: Schema, new: Schema, before: Views, after: Views) -> tuple[list[Found], Pairs]:
    """The branches that only one side has, a finding a union, and the pairs of those that both have."""
    found: list[Found] = []
    pairs: Pairs = []
    for left, right in _same_unions(before.of(old).unions, after.of(new).unions):
        if left is None:
            assert right is not None
            _became(found, pairs, (old, before), (new, after), right)
        elif right is None:
            _was(found, pairs, (old, before), (new, after), left)
        else:
            sides = Side(before.branches(old, left), left[1], before), Side(after.branches(new, right), right[1], after)
            match = matched(*sides)
            pairs += [(sides[0].schemas[one], sides[1].schemas[other]) for one, other in match.pairs]
            found += _changed("removed", left, [left[1][at] for at in match.removed])
            found += _changed("added", right, [right[1][at] for at in match.added])
    return found, pairs


def all_of(old: View, new: View, before: Views, after: Views, *, differs: bool) -> Iterator[Found]:
    """Parts that only one side has, where that makes a difference (`differs`), and those that only annotate."""
    match = matched(Side(old.all_of, old.all_of, before), Side(new.all_of, new.all_of, after))
    surplus = len(match.added) - len(match.removed)
    for action, positions, parts, views, more in (
        ("added", match.added, new.all_of, after, surplus),
        ("removed", match.removed, old.all_of, before, -surplus),
    ):
        only = [parts[at] for at in positions]
        notes = [part for part in only if _annotates(part, views)]
        rest = [part for part in only if part not in notes]
        if notes:
            yield _all_of(f"{action}-annotation-only", action, notes)
        if rest and more > 0 and differs:
            yield _all_of(action, action, rest)


def _same_unions(old: Sequence[Union], new: Sequence[Union]) -> Iterator[tuple[Union | None, Union | None]]:
    """Each union with the one of the other side that has most names in common with it, whatever their order."""
    left = list(new)
    for union in old:
        names = set(_names(union[1]))
        best = max(left, key=lambda other: len(names.intersection(_names(other[1]))), default=None)
        if best is not None:
            left.remove(best)
        yield union, best
    yield from ((None, union) for union in left)


def _became(
    found: list[Found], pairs: Pairs, old: tuple[Schema, Views], new: tuple[Schema, Views], union: Union
) -> None:
    """What OLD was is the branch that is most like it; the others are new."""
    branches = new[1].branches(new[0], union)
    own = most_alike(*old, branches, new[1])
    others = [union[1][at] for at in range(len(branches)) if at != own]
    names = ", ".join(map(branch_name, union[1]))
    id_ = "response-{}-wrapped-in-one-of" if union[0] == "oneOf" else "response-{}-any-of-added"
    found.append(Found(id_, f"can be one of {names} now", None, _names(union[1]), told=_names(others)))
    pairs.append((old[0], branches[own]))


def _was(found: list[Found], pairs: Pairs, old: tuple[Schema, Views], new: tuple[Schema, Views], union: Union) -> None:
    branches = old[1].branches(old[0], union)
    own = most_alike(*new, branches, old[1])
    others = [union[1][at] for at in range(len(branches)) if at != own]
    found += _changed("removed", union, others)
    pairs.append((branches[own], new[0]))


def _changed(action: str, union: Union, branches: Sequence[Schema]) -> list[Found]:
    if not branches:
        return []
    names = _names(branches)
    message = f"{', '.join(names)} {'can come now' if action == 'added' else 'cannot come any more'}"
    before, after = (None, names) if action == "added" else (names, None)
    return [Found(f"response-{{}}-{PARTS[union[0]]}-{action}", message, before, after, told=sorted(names))]


def _all_of(name: str, action: str, parts: Sequence[Schema]) -> Found:
    names = _names(parts)
    before, after = (None, names) if action == "added" else (names, None)
    return Found(
        f"response-{{}}-all-of-{name}", f"allOf: {', '.join(names)} was {action}", before, after, told=sorted(names)
    )


def _annotates(part: Schema, views: Views) -> bool:
    """Whether a part says something, and accepts and refuses nothing."""
    resolved = views.resolve(part)
    return isinstance(resolved, dict) and bool(resolved) and resolved.keys() <= NOTES


def _names(schemas: Sequence[Schema]) -> list[str]:
    return [branch_name(schema) for schema in schemas]
