"""Keywords that a schema has, has not any more, or has with another value: most of the ids come from these tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from harness.declared.found import Found
from harness.declared.values import short, value_key
from harness.declared.view import View
from harness.model.json_text import Json

SUBSCHEMAS = {
    "contains": "contains",
    "contentSchema": "content-schema",
    "if": "if",
    "then": "then",
    "else": "else",
    "propertyNames": "property-names",
    "unevaluatedItems": "unevaluated-items",
    "unevaluatedProperties": "unevaluated-properties",
}
NAMED_SUBSCHEMAS = {"patternProperties": "pattern-property", "dependentSchemas": "dependent-schema"}
VALUES = {"const": "const", "default": "default-value", "pattern": "pattern"}
CONTENT = {"contentEncoding": "content-encoding", "contentMediaType": "content-media-type"}
STABILITY = ("draft", "alpha", "beta", "stable")


def keywords(old: View, new: View) -> Iterator[Found]:
    """Everything that is said by keywords, but for types, bounds, members and compositions."""
    yield from _subschemas(old, new)
    for keyword, part in NAMED_SUBSCHEMAS.items():
        yield from _entries(part, keyword, old.named[keyword], new.named[keyword], changes=False)
    yield from _entries("dependent-required", "dependentRequired", _needs(old), _needs(new))
    for keyword, part in VALUES.items():
        yield from _value(keyword, part, old, new)
    for keyword, part in CONTENT.items():
        before, after = old.words.get(keyword), new.words.get(keyword)
        if before != after:
            yield Found(
                f"response-{{}}-{part}-changed", _from_to(keyword, before, after), before, after, told=[before, after]
            )
    yield from enum_values(old, new)
    yield from _discriminator(old.words.get("discriminator"), new.words.get("discriminator"))
    yield from _stability(old, new)


def enum_values(old: View, new: View, added: str = "response-{}-enum-value-added") -> Iterator[Found]:
    """Values that a listed value may have now, under the id `added`, and those that it has no more."""
    if old.values is None or "const" in old.words or "const" in new.words:
        return
    if new.values is None:
        message = f"any value is possible, and not only {_list(old.values)}"
        yield Found(added, message, list(old.values), None)
        return
    before, after = ({value_key(value): value for value in view.values or ()} for view in (old, new))
    more = [value for key, value in after.items() if key not in before]
    less = [value for key, value in before.items() if key not in after]
    if more:
        message = f"{_list(more)} can come now"
        yield Found(added, message, list(old.values), list(new.values), told=_sorted(more))
    if less:
        message = f"{_list(less)} cannot come any more"
        yield Found("response-{}-enum-value-removed", message, list(old.values), list(new.values), told=_sorted(less))


def _subschemas(old: View, new: View) -> Iterator[Found]:
    """`then` and `else` mean nothing without `if`, and come and go with it."""
    conditional = ("if" in old.parts) == ("if" in new.parts)
    for keyword, part in SUBSCHEMAS.items():
        before, after = old.parts.get(keyword), new.parts.get(keyword)
        if (before is None) != (after is None) and (conditional or keyword not in ("then", "else")):
            action, message = ("added", "is said now") if before is None else ("removed", "is said no more")
            yield Found(f"response-{{}}-{part}-{action}", f"{keyword} {message}", before, after)


def _entries(
    part: str, keyword: str, old: Mapping[str, Any], new: Mapping[str, Any], *, changes: bool = True
) -> Iterator[Found]:
    """What a keyword says under one name each."""
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(name), new.get(name)
        action = "added" if before is None else "removed" if after is None else "changed"
        if before is None or after is None or (changes and before != after):
            yield Found(
                f"response-{{}}-{part}-{action}", f"{keyword} of {short(name)} was {action}", before, after, told=name
            )


def _needs(view: View) -> dict[str, list[Json]]:
    needs = view.words.get("dependentRequired", {})
    return {name: sorted(set(names), key=str) for name, names in needs.items() if names}


def _value(keyword: str, part: str, old: View, new: View) -> Iterator[Found]:
    had, has = keyword in old.words, keyword in new.words
    before, after = old.words.get(keyword), new.words.get(keyword)
    if keyword == "const" and _same_values(old, new):  # an enum of one value
        return
    if had and has and value_key(before) != value_key(after):
        yield Found(
            f"response-{{}}-{part}-changed", _from_to(keyword, before, after), before, after, told=[before, after]
        )
    elif had != has:
        action, value = ("added", after) if has else ("removed", before)
        yield Found(
            f"response-{{}}-{part}-{action}", f"{keyword} {short(value)} was {action}", before, after, told=value
        )


def _same_values(old: View, new: View) -> bool:
    if old.values is None or new.values is None:
        return False
    return {value_key(value) for value in old.values} == {value_key(value) for value in new.values}


def _discriminator(old: Json, new: Json) -> Iterator[Found]:
    if old is None or new is None:
        if old is not new:
            action = "added" if old is None else "removed"
            yield Found(f"response-{{}}-discriminator-{action}", f"the discriminator was {action}", old, new)
        return
    before, after = old.get("propertyName"), new.get("propertyName")
    if before != after:
        message = _from_to("the discriminator's property", before, after)
        yield Found("response-{}-discriminator-property-name-changed", message, before, after, told=[before, after])
    left, right = _mapping(old), _mapping(new)
    for action, names in (
        ("added", [name for name in right if name not in left]),
        ("deleted", [name for name in left if name not in right]),
        ("changed", [name for name in left if name in right and left[name] != right[name]]),
    ):
        if names:
            message = f"the discriminator's mapping of {_list(names)} was {action}"
            yield Found(
                f"response-{{}}-discriminator-mapping-{action}",
                message,
                left or None,
                right or None,
                told=_sorted(names),
            )


def _mapping(discriminator: Mapping[str, Any]) -> dict[str, str]:
    """The schemas' names, since `Dog` and `#/components/schemas/Dog` are the same."""
    mapping = discriminator.get("mapping") or {}
    return {str(name): str(target).rsplit("/", 1)[-1] for name, target in mapping.items()}


def _stability(old: View, new: View) -> Iterator[Found]:
    """What says nothing of its stability is stable."""
    before, after = (view.words.get("x-stability-level", "stable") for view in (old, new))
    if before != after and before in STABILITY and after in STABILITY:
        action = "increased" if STABILITY.index(after) > STABILITY.index(before) else "decreased"
        message = _from_to("the stability", before, after)
        yield Found(f"response-{{}}-stability-{action}", message, before, after, told=[before, after])


def _from_to(what: str, before: Json, after: Json) -> str:
    said = ["not said" if value is None else short(value) for value in (before, after)]
    return f"{what} was {said[0]} and is {said[1]}"


def _list(values: Iterable[Json]) -> str:
    texts = [short(value, 30) for value in values]
    return ", ".join(texts[:8]) + (f" and {len(texts) - 8} more" if len(texts) > 8 else "")


def _sorted(values: Iterable[Json]) -> list[Json]:
    return sorted(values, key=value_key)
