"""Ids for what makes a request invalid.

They are oasdiff's where oasdiff has the check (github.com/oasdiff/oasdiff, checker/rules.go); the others are built like them:
`request-` + what is narrowed (a parameter, one of its properties, the body, one of its properties) + how.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from harness.model.json_text import Json

SCOPES = {
    "parameter": "a parameter",
    "parameter-property": "a property of a parameter",
    "body": "the body",
    "property": "a property of the body",
}

UPPER = {
    "maximum": "max",
    "exclusiveMaximum": "exclusive-max",
    "maxLength": "max-length",
    "maxItems": "max-items",
    "maxProperties": "max-properties",
    "maxContains": "max-contains",
}
LOWER = {
    "minimum": "min",
    "exclusiveMinimum": "exclusive-min",
    "minLength": "min-length",
    "minItems": "min-items",
    "minProperties": "min-properties",
    "minContains": "min-contains",
}
BOUNDS = {**UPPER, **LOWER}

OTHERS = (
    "multipleOf", "uniqueItems", "contains", "not", "if", "dependentRequired", "dependentSchemas", "propertyNames",
    "additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems", "items", "format", "$ref",
)  # fmt: skip
_CAPITAL = re.compile(r"(?=[A-Z])")


def narrowing(scope: str, keyword: str, before: Sequence[Json], after: Json, value: Json) -> str:
    """The id of a narrowing in `scope` of SCOPES. `before` is all that OLD said by that keyword, `after` what NEW says.

    `value` is one that NEW refuses.
    """
    if keyword == "type":
        return f"request-{scope}-{_type_narrowing(before, after, value)}"
    if keyword == "enum" or (keyword == "const" and scope.startswith("parameter")):
        if before:
            return f"request-{scope}-enum-value-removed"
        return f"request-{scope}-became-enum"
    if keyword in BOUNDS:
        how = "set" if not before else "decreased" if keyword in UPPER else "increased"
        return f"request-{scope}-{BOUNDS[keyword]}-{how}"
    if keyword in ("anyOf", "oneOf"):
        return f"request-{scope}-{kebab(keyword)}-removed"
    if keyword not in ("pattern", "const", *OTHERS):
        return f"request-{scope}-refused"  # a schema `false`, or a keyword of another vocabulary
    return f"request-{scope}-{kebab(keyword)}-{'changed' if before else 'added'}"


def required_property(scope: str, where: str, *, new: bool) -> str:
    """The id for a property that requests have to have. `where` is what the parameter is in; `new`: OLD did not know it."""
    if scope in ("body", "property"):
        return "new-required-request-property" if new else "request-property-became-required"
    place = "header" if where == "header" else "parameter"
    return f"new-required-request-{place}-property" if new else f"request-{place}-property-became-required"


def removed_property(scope: str) -> str:
    """The id for a property that NEW does not know."""
    return "request-property-removed" if scope in ("body", "property") else "request-parameter-property-removed"


def is_upper(keyword: str) -> bool:
    """Whether a bound is one from above."""
    return keyword in UPPER


def _type_narrowing(before: Sequence[Json], after: Json, value: Json) -> str:
    old, new = _types(before), _types([after])
    if value is None and "null" not in new and (not old or "null" in old):
        return "became-not-nullable"
    rest = old - {"null"}
    return "list-of-types-narrowed" if len(rest) > 1 and new - {"null"} < rest else "type-changed"


def _types(said: Iterable[Json]) -> set[str]:
    return {name for each in said for name in ([each] if isinstance(each, str) else each)}


def kebab(keyword: str) -> str:
    """A keyword in the way of ids: `maxLength` is max-length."""
    return _CAPITAL.sub("-", keyword.lstrip("$")).lower()
