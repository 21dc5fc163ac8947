"""A schema in the words of JSON Schema 2020-12, whatever it was written in: OpenAPI 3.0, or an earlier draft.

Two spellings of one schema come out the same, so that a document which was only converted does not differ from itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.declared.api import Schema

Refer = Callable[[str, str], str]
"""From what a `$ref` says, and the pointer to where it stands, to the name under which its schema is found."""

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

_ONE = ("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then")
_ONES = (*_ONE, "unevaluatedItems", "unevaluatedProperties")
_MANY = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")
_COUNTS = tuple(f"{bound}{of}" for bound in ("max", "min") for of in ("Contains", "Items", "Length", "Properties"))
_NUMBERS = ("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf", *_COUNTS)
_TEXTS = ("contentEncoding", "contentMediaType", "format", "pattern", "title", "description")
_LISTS = ("enum", "required")
_OBJECTS = ("dependentRequired", "discriminator")
_MAY_BE_NULL = ("const", "default", "example")
_ELSEWHERE = ("$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$schema", "definitions", "id")
_REFERENCES = ("$ref", "$dynamicRef")
_BYTES = {"byte": ("contentEncoding", "base64"), "binary": ("contentMediaType", "application/octet-stream")}


class SchemaError(ValueError):
    """`what` is wrong with the schema; `at` is the JSON pointer to it."""

    def __init__(self, what: str, at: str) -> None:
        super().__init__(what)
        self.what = what
        self.at = at


def normal(schema: Any, at: str, refer: Refer, *, siblings: bool = True) -> Schema:
    """The schema at pointer `at`, anew. `siblings`: whether what stands beside a `$ref` holds too (not in OpenAPI 3.0).

    Raises SchemaError where it is no schema.
    """
    if isinstance(schema, bool):
        return schema
    if not isinstance(schema, dict):
        raise SchemaError(f"a schema is an object, or true or false, not {_shown(schema)}", at)
    said = {key: value for key, value in schema.items() if value is not None or key in _MAY_BE_NULL}
    reference = next((said[key] for key in _REFERENCES if key in said), None)
    if reference is not None and not isinstance(reference, str):
        raise SchemaError(f"$ref is a text, not {_shown(reference)}", at)
    if reference is not None and not siblings:
        return {"$ref": refer(reference, at)}
    nullable = said.pop("nullable", False) is True
    own = {key: value for key, value in said.items() if key not in _ELSEWHERE + _REFERENCES}
    found = {key: _inner(key, value, f"{at}/{escaped(key)}", refer, siblings) for key, value in _today(own, at).items()}
    if reference is not None:
        target = {"$ref": refer(reference, at)}
        if not found and not nullable:
            return target
        found["allOf"] = [target, *found.get("allOf", [])]
    return _or_null(found) if nullable else found


def escaped(token: str) -> str:
    """A name as it stands in a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")


def _inner(key: str, value: Any, at: str, refer: Refer, siblings: bool) -> Any:
    if key in _ONES:
        return normal(value, at, refer, siblings=siblings)
    if key in _MANY:
        items = enumerate(_checked(key, value, list, at))
        return [normal(each, f"{at}/{index}", refer, siblings=siblings) for index, each in items]
    if key in _NAMED:
        members = _checked(key, value, dict, at).items()
        return {name: normal(each, f"{at}/{escaped(name)}", refer, siblings=siblings) for name, each in members}
    for keys, kind in ((_LISTS, list), (_OBJECTS, dict), (_TEXTS, str), (_NUMBERS, (int, float))):
        if key in keys:
            _checked(key, value, kind, at)
    if key == "required":
        return [_checked("a name", name, str, f"{at}/{index}") for index, name in enumerate(value)]
    if key == "dependentRequired":
        return {
            name: _checked("what it requires", needs, list, f"{at}/{escaped(name)}") for name, needs in value.items()
        }
    return value


def _today(own: dict[str, Any], at: str) -> dict[str, Any]:
    """What earlier versions said otherwise."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if own.get(exclusive) is False:  # OpenAPI 3.0 and draft 4, as the next
            del own[exclusive]
        if own.get(exclusive) is True:
            del own[exclusive]
            own |= {exclusive: own.pop(bound)} if bound in own else {}
    if isinstance(own.get("items"), list):  # before 2020-12
        own["prefixItems"] = own.pop("items")
        if "additionalItems" in own:
            own["items"] = own.pop("additionalItems")
    for name, needs in _checked("dependencies", own.pop("dependencies", {}), dict, at).items():
        keyword = "dependentRequired" if isinstance(needs, list) else "dependentSchemas"
        own[keyword] = {**own.get(keyword, {}), name: needs}
    if "example" in own:
        own["examples"] = [own.pop("example")]
    if own.get("format") in _BYTES and own.get("type", "string") == "string":
        keyword, value = _BYTES[own.pop("format")]
        own.setdefault(keyword, value)
    if "type" in own:
        own["type"] = _types(own["type"], at)
    return own


def _types(said: Any, at: str) -> str | list[str]:
    names = [said] if isinstance(said, str) else said
    if not isinstance(names, list) or not names or any(name not in TYPES for name in names):
        raise SchemaError(f"type is {_shown(said)}: known are {', '.join(TYPES)}", f"{at}/type")
    found = sorted(set(names))
    return found[0] if len(found) == 1 else found


def _or_null(schema: dict[str, Any]) -> Schema:
    """The schema, and null: `nullable` is meant so, whatever stands beside it."""
    if any(key in schema for key in ("allOf", "anyOf", "oneOf")):
        return {"anyOf": [schema, {"type": "null"}]}
    if "type" in schema:
        names = schema["type"]
        schema["type"] = sorted({*([names] if isinstance(names, str) else names), "null"})
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    if None not in schema.get("enum", [None]):
        schema["enum"] = [*schema["enum"], None]
    return schema


def _checked(key: str, value: Any, kind: type | tuple[type, ...], at: str) -> Any:
    if not isinstance(value, kind) or (kind == (int, float) and isinstance(value, bool)):
        word = "a list" if kind is list else "an object" if kind is dict else "a text" if kind is str else "a number"
        raise SchemaError(f"{key} is {word}, not {_shown(value)}", at)
    return value


def _shown(value: Any) -> str:
    """What stands there, in a few words."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return f"{value!r:.60}"
