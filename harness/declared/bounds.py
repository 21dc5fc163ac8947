"""Limits of numbers, lengths and counts: a limit that NEW sets wider lets through what OLD's could not be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from harness.declared.found import Found
from harness.declared.view import View

_COUNTS = (
    # keyword, id, what holds where nothing is said, whether an unset limit has an id of its own
    ("maxLength", "max-length", math.inf, True),
    ("minLength", "min-length", 0, False),
    ("minItems", "min-items", 0, True),
)
_CONTAINS = (("maxContains", "max-contains", math.inf), ("minContains", "min-contains", 1))


def bounds(old: View, new: View) -> Iterator[Found]:
    """The limits that became wider, and, of `contains`, those that became narrower too."""
    yield from _range("maximum", "exclusiveMaximum", "max", 1, old, new)
    yield from _range("minimum", "exclusiveMinimum", "min", -1, old, new)
    for keyword, name, unset, has_unset in _COUNTS:
        before, after = old.words.get(keyword, unset), new.words.get(keyword, unset)
        if keyword in old.words and (after > before if keyword.startswith("max") else after < before):
            gone = has_unset and keyword not in new.words
            action = "unset" if gone else ("increased" if after > before else "decreased")
            yield _found(name, action, keyword, old.words, new.words)
    if "contains" in old.parts and "contains" in new.parts:
        for keyword, name, implied in _CONTAINS:
            before, after = old.words.get(keyword, implied), new.words.get(keyword, implied)
            if before != after:
                yield _found(name, "increased" if after > before else "decreased", keyword, old.words, new.words)


def _range(inclusive: str, exclusive: str, name: str, sign: int, old: View, new: View) -> Iterator[Found]:
    """`sign` is 1 for an upper and -1 for a lower limit."""
    before = _limit(old, inclusive, exclusive, sign)
    after = _limit(new, inclusive, exclusive, sign)
    if before is None or (after is not None and after <= before):
        return
    said = new.words if after is not None else old.words
    keyword = exclusive if _limit_keyword(said, inclusive, exclusive, sign) == exclusive else inclusive
    action = "increased" if sign == 1 else "decreased"
    part = f"exclusive-{name}" if keyword == exclusive else name
    yield _found(part, action, keyword, old.words, new.words, (inclusive, exclusive))


def _limit(view: View, inclusive: str, exclusive: str, sign: int) -> tuple[float, int] | None:
    """The narrowest limit, greater for a wider one; a whole number below 10 is one of 9 at most."""
    keyword = _limit_keyword(view.words, inclusive, exclusive, sign)
    if keyword is None:
        return None
    value = view.words[keyword] * sign
    if view.types == frozenset(["integer"]):
        return (math.floor(value) if keyword == inclusive else math.ceil(value) - 1), 1
    return value, 1 if keyword == inclusive else 0


def _limit_keyword(words: Mapping[str, Any], inclusive: str, exclusive: str, sign: int) -> str | None:
    if inclusive in words and exclusive in words:
        return exclusive if words[exclusive] * sign <= words[inclusive] * sign else inclusive
    return next((keyword for keyword in (inclusive, exclusive) if keyword in words), None)


def _found(
    part: str,
    action: str,
    keyword: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    keywords: tuple[str, ...] = (),
) -> Found:
    before = {key: old[key] for key in keywords or (keyword,) if key in old}
    after = {key: new[key] for key in keywords or (keyword,) if key in new}
    return Found(
        f"response-{{}}-{part}-{action}",
        f"{keyword} was {_told(before)} and is {_told(after)}",
        before or None,
        after or None,
        told=[list(before.items()), list(after.items())],
    )


def _told(limits: Mapping[str, Any]) -> str:
    return " and ".join(str(value) for value in limits.values()) or "not set"
