"""The texts of a parameter as JSON values: what type a text has is what the declared schema makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from harness.declared.api import Parameter
from harness.declared.serialization import Pairs, Parts, from_pairs, from_text
from harness.declared.statements import Statements, below, members, statements, type_name, types
from harness.declared.validators import Validators
from harness.model.json_text import Json, parse
from harness.model.paths import EACH

_INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,300}\.?[0-9]{0,300}|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,3})?")
_CONTAINERS = ("array", "object")


def values_sent(
    parameter: Parameter, sent: Pairs | str, validators: Validators, *, others: frozenset[str] = frozenset()
) -> list[Json]:
    """What a parameter may mean, the likeliest reading first; empty where it was not sent.

    `sent` are the pairs of a query or a cookie, still encoded, or the text of a header or a path's variable. An exploded object
    takes its members from the query, but for `others`: the names of the other parameters.
    """
    stated = statements(parameter.schema, validators.api.resolve)
    readings = [
        read(parts, stated, validators)
        for kind in _kinds(stated)
        for parts in _parts(parameter, kind, sent, stated, others)
    ]
    return [_document(each) for each in readings] if parameter.media_type else readings


def read(parts: Parts, stated: Statements, validators: Validators) -> Json:
    """The parts with every text as the value that is stated of its place, or as the text where none fits."""
    resolve = validators.api.resolve
    if isinstance(parts, dict):
        return {name: read(part, below(stated, name, resolve), validators) for name, part in parts.items()}
    if isinstance(parts, list):
        return [read(part, below(stated, EACH, resolve), validators) for part in parts]
    if types(stated) == {"array"}:
        return [read(parts, below(stated, EACH, resolve), validators)]
    return _scalar(parts, stated, validators)


def _kinds(stated: Statements) -> list[str]:
    """The kinds of value that the parameter may be; a scalar where nothing is said."""
    said = types(stated)
    found = [kind for kind in _CONTAINERS if kind in said]
    return [*found, "scalar"] if not found or said - set(_CONTAINERS) - {"null"} else found


def _parts(
    parameter: Parameter, kind: str, sent: Pairs | str, stated: Statements, others: frozenset[str]
) -> Iterator[Parts]:
    kind = "scalar" if parameter.media_type else kind
    if isinstance(sent, str):
        return from_text(parameter.name, parameter.style, parameter.explode, kind, sent)
    declared = set(members(stated))
    named = [name for name, _ in sent if name in declared or (not declared and name not in others)]
    return from_pairs(parameter.name, parameter.style, parameter.explode, kind, sent, named)


def _scalar(text: str, stated: Statements, validators: Validators) -> Json:
    allowed = types(stated)
    if not allowed:
        return text
    readings = [each for each in _readings(text) if _is_one_of(each, allowed)] or [text]
    return min(readings, key=lambda each: sum(not validators.accepts(schema, each) for schema in stated))


def _readings(text: str) -> Iterator[Any]:
    if _INTEGER.fullmatch(text):
        yield int(text)
    elif _NUMBER.fullmatch(text):
        yield float(text)
    if text.lower() in ("true", "false"):
        yield text.lower() == "true"
    if text in ("", "null"):
        yield None
    yield text


def _is_one_of(value: Json, allowed: frozenset[str]) -> bool:
    name = type_name(value)
    return name in allowed or (name in ("integer", "number") and "number" in allowed)


def _document(text: Json) -> Json:
    """The value of a parameter that is a document; the text itself where it is not JSON."""
    try:
        return parse(text.encode())
    except (ValueError, AttributeError):
        return text
