"""Whether the types of a value, their format, and null became more, fewer, or others."""

from __future__ import annotations

from collections.abc import Iterator

from harness.declared.found import Found
from harness.declared.view import View
from harness.model.json_text import Json

_TEXT = frozenset(["string"])
_NARROWER = {
    ("date-time", "date"), ("date-time", "time"), ("int64", "int32"), ("bigint", "int64"), ("bigint", "int32"),
    ("double", "float"),
}  # fmt: skip
"""Formats whose values are all values of the other's, in the sense in which parsers read them."""


def types(old: View, new: View, *, loose: bool) -> Iterator[Found]:
    """At most one finding. `loose`: values travel as text (a header, a form), so that a text may be read as anything."""
    if old.types == new.types:
        yield from _format(old, new)
    elif old.types is not None and new.types is not None and (old.listed or new.listed) and _share(old, new):
        added = sorted(_wide(new.types) - _wide(old.types))
        action = "widened" if added else "narrowed"
        yield _found(f"list-of-types-{action}", old, new)
    elif new.types is None or (old.types is not None and old.types <= _wide(new.types)):
        loosely = loose and old.types == _TEXT
        yield _found("type-compatible" if loosely else "type-generalized", old, new)
    elif old.types is None or new.types <= _wide(old.types):
        yield _found("type-specialized", old, new)
    else:
        yield _found("type-compatible" if loose and old.types == _TEXT else "type-changed", old, new)


def are_others(old: View, new: View) -> bool:
    """Whether no value can be of a type on both sides: then nothing else is worth comparing."""
    return old.types is not None and new.types is not None and not _share(old, new)


def nullable(old: View, new: View) -> Iterator[Found]:
    """Null became possible, or impossible, for a value that is otherwise of some type."""
    if old.types is None or new.types is None or old.nullable is None or new.nullable is None:
        return
    if old.nullable != new.nullable:
        action = "became-nullable" if new.nullable else "became-not-nullable"
        message = "may be null now" if new.nullable else "is never null any more"
        yield Found(f"response-{{}}-{action}", message, _declared(old), _declared(new))


def _share(old: View, new: View) -> bool:
    return bool(_wide(old.types or frozenset()) & _wide(new.types or frozenset()))


def _format(old: View, new: View) -> Iterator[Found]:
    before, after = old.words.get("format"), new.words.get("format")
    if before != after:
        narrower = before is None or (before, after) in _NARROWER
        yield _found("type-specialized" if narrower else "type-changed", old, new)


def _wide(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _found(action: str, old: View, new: View) -> Found:
    before, after = _declared(old), _declared(new)
    return Found(
        f"response-{{}}-{action}",
        f"{_words(old)} became {_words(new)}",
        before,
        after,
        told=[before, after],
    )


def _declared(view: View) -> Json:
    if view.types is None:
        return {}
    names = sorted(view.types | ({"null"} if view.nullable else set()))
    said: dict[str, Json] = {"type": names[0] if len(names) == 1 else list(names)}
    return said | ({"format": view.words["format"]} if "format" in view.words else {})


def _words(view: View) -> str:
    names = "any type" if view.types is None else " or ".join(sorted(view.types)) or "no type"
    return f"{names} ({view.words['format']})" if "format" in view.words else names
