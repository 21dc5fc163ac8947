"""Objects and lists that were put into a member of an object, or taken out of one; members that went up or down together."""

from __future__ import annotations

from collections.abc import Iterator

from harness.declared.likeness import Side, alike
from harness.declared.reshaping import (
    CLOSE,
    FITS,
    FROM_LIST,
    HOISTED,
    LIST_WRAPPED,
    OBJECT_WRAPPED,
    PLUNGED,
    TO_LIST,
    UNWRAPPED,
    Structure,
    Transition,
)  # fmt: skip
from harness.model.json_text import Json
from harness.model.paths import EACH, Path


def enveloped(found: Structure, here: Path, there: Path, one: Side, other: Side) -> Transition | None:
    """The whole of a place put into a member of an object, or taken out of one."""
    if set(one.members) & set(other.members):
        return None
    if (one.is_object or one.is_list) and other.is_object:
        key = _member_like(found, other, one, here, outside=False)
        if key is not None:
            return _wrapped(one, here, there, key)
    if one.is_object and (other.is_object or other.is_list):
        key = _member_like(found, one, other, here, outside=True)
        if key is not None:
            return _unwrapped(one, other, here, there, key)
    return _list_or_value(here, there, one, other)


def _wrapped(one: Side, here: Path, there: Path, key: str) -> Transition:
    kind = LIST_WRAPPED if one.is_list else OBJECT_WRAPPED
    gone = (here, *((*here, name) for name in one.members))
    to = (*there, key)
    message = f"what stood here now stands in the member {key!r} of an object"
    return Transition(kind, here, to, message, {"key": key}, gone, (to,), ((here, to),))


def _unwrapped(one: Side, other: Side, here: Path, there: Path, key: str) -> Transition:
    come = tuple((*there, name) for name in other.members)
    at = (*here, key)
    message = f"what stood in the member {key!r} now stands bare"
    beside = [name for name in one.members if name != key]
    if other.is_list and beside:  # there is no object any more from which they could be missing
        message += f"; {', '.join(map(repr, beside))} beside it {'is' if len(beside) == 1 else 'are'} gone"
    return Transition(UNWRAPPED, here, there, message, {"key": key}, (here, at), come, ((at, there),))


def _list_or_value(here: Path, there: Path, one: Side, other: Side) -> Transition | None:
    if not one.types or not other.types or one.is_list == other.is_list or "array" in one.types & other.types:
        return None
    if other.is_list and other.at(EACH).types and alike(one, other.at(EACH)) >= FITS:
        message = "one value became a list of such values"
        return Transition(TO_LIST, here, there, message, {}, (here,), (there,), ((here, (*there, EACH)),))
    if one.is_list and one.at(EACH).types and alike(one.at(EACH), other) >= FITS:
        message = "a list became one of its values"
        return Transition(FROM_LIST, here, there, message, {}, (here,), (there,), (((*here, EACH), there),))
    return None


def _member_like(found: Structure, envelope: Side, content: Side, here: Path, *, outside: bool) -> str | None:
    """The member of an envelope that is the content, when there is just one that can be."""

    def fit(name: str) -> float:
        inner = envelope.at(name)
        if inner.is_list != content.is_list or inner.is_object != content.is_object:
            return 0.0
        return alike(inner, content) if outside else alike(content, inner)

    ranked = sorted(((fit(name), name) for name in envelope.members), key=lambda row: (-row[0], row[1]))
    best = [name for score, name in ranked if score >= max(_least(content), ranked[0][0] - CLOSE)]
    if len(best) > 1:
        found.rivals[here] = [f"the member {name!r}" for name in best]
    return best[0] if len(best) == 1 else None


def _least(content: Side) -> float:
    """A list of which nothing is said is known by being the only one."""
    return 0.5 if content.is_list and not content.at(EACH).stated else FITS


def regrouped(
    one: Side, other: Side, gone: list[str], come: list[str], here: Path, there: Path
) -> Iterator[Transition]:
    """Members that went together into, or came together out of, an inner object."""
    taken: set[str] = set()
    for key in come:
        inside = [name for name in gone if name not in taken and _same_member(one, other.at(key), name)]
        if len(inside) > 1 and other.at(key).is_object:
            taken |= {*inside}
            pairs = tuple(((*here, name), (*there, key, name)) for name in inside)
            message = f"{', '.join(map(repr, inside))} now stand inside {key!r}"
            facts: dict[str, Json] = {"key": key, "names": inside}
            yield Transition(
                PLUNGED, here, (*there, key), message, facts, tuple(a for a, _ in pairs), ((*there, key),), pairs
            )
    for key in gone:
        inside = [name for name in come if name not in taken and _same_member(other, one.at(key), name)]
        if len(inside) > 1 and len(inside) == len(one.at(key).members):
            taken |= {*inside}
            pairs = tuple(((*here, key, name), (*there, name)) for name in inside)
            message = f"the members of {key!r} now stand beside it"
            facts = {"key": key, "names": inside}
            yield Transition(
                HOISTED, (*here, key), there, message, facts, ((*here, key),), tuple(b for _, b in pairs), pairs
            )


def _same_member(outer: Side, inner: Side, name: str) -> bool:
    return name in inner.members and alike(outer.at(name), inner.at(name)) >= FITS
