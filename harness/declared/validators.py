"""Values checked against declared schemas, by jsonschema. Patterns that only JavaScript knows are left out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from harness.declared.api import Api
from harness.model.json_text import Json

_MAPS = ("properties", "patternProperties", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMAS = (
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedItems",
    "unevaluatedProperties",
)  # fmt: skip
_NOTHING: Any = {"not": {}}
"""What `false` is too, and which jsonschema tells at the right place."""


@dataclass(frozen=True, eq=False)
class Validators:
    """The validators of an Api's schemas, each made once."""

    api: Api
    _made: dict[int, Validator] = field(default_factory=dict, repr=False)

    def of(self, schema: Any) -> Validator:
        """The validator of one of the Api's own schemas, which stays where it is as long as the Api."""
        known = self._made.get(id(schema))
        if known is None:
            known = self._made[id(schema)] = _VALIDATOR(self._checkable(schema), registry=self._registry)
        return known

    def accepts(self, schema: Any, value: Json) -> bool:
        """Whether `value` is valid under the schema."""
        return bool(self.of(schema).is_valid(value))

    @cached_property
    def _uris(self) -> Mapping[str, str]:
        return {text: f"urn:backfit:{number}" for number, text in enumerate(self.api.references)}

    @cached_property
    def _registry(self) -> Registry[Any]:
        found = self.api.references.items()
        return Registry().with_resources(
            (self._uris[text], DRAFT202012.create_resource(self._checkable(schema))) for text, schema in found
        )

    def _checkable(self, schema: Any) -> Any:
        if isinstance(schema, bool):
            return schema
        if "$ref" in schema:
            return {"$ref": self._uris[schema["$ref"]]}
        return {key: self._keyword(key, said) for key, said in schema.items() if key != "pattern" or _is_pattern(said)}

    def _keyword(self, key: str, said: Any) -> Any:
        if key in _SCHEMAS:
            return self._checkable(said)
        if key in _LISTS:
            return [self._checkable(part) for part in said]
        if key in _MAPS:
            kept = (name for name in said if key != "patternProperties" or _is_pattern(name))
            return {name: self._checkable(said[name]) if said[name] is not False else _NOTHING for name in kept}
        return said


def _multiple_of(_: Validator, factor: Json, value: Json, __: Any) -> Iterator[ValidationError]:
    """Exactly: 19.99 is a multiple of 0.01, whatever their binary fractions are."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and math.isfinite(value) and factor and _exact(value) % _exact(factor):
        yield ValidationError(f"not a multiple of {factor!r}")


def _exact(number: float) -> Fraction:
    return Fraction(number) if isinstance(number, int) else Fraction(repr(float(number)))


def _is_pattern(said: str) -> bool:
    try:
        re.compile(said)
    except re.error:
        return False
    return True


_VALIDATOR: type[Validator] = extend(Draft202012Validator, {"multipleOf": _multiple_of})  # type: ignore[no-untyped-call]
