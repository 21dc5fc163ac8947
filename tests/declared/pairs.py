"""Pairs of declarations that differ in one thing: rows.yaml, and how a row becomes two documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from harness.declared.members import Deprecations
from harness.declared.responses import compare_responses
from harness.model.change import Change
from tests.declared.apis import api

ROWS = Path(__file__).parent / "rows.yaml"
ANNOUNCED = Deprecations({"stable": 180}, date(2026, 3, 2))
ANIMALS = {
    "Cat": {"type": "object", "properties": {"purrs": {"type": "boolean"}}},
    "Dog": {"type": "object", "properties": {"barks": {"type": "boolean"}, "tail": {"type": "number"}}},
    "Fish": {"type": "object", "properties": {"swims": {"type": "boolean"}}, "required": ["swims"]},
}


@dataclass(frozen=True)
class Row:
    """`old` and `new` are all answers of an operation; `at` is where the change is."""

    id: str
    old: Any
    new: Any
    at: str | None = None
    deprecations: Deprecations | None = None


def rows() -> Iterator[Row]:
    """Every row of rows.yaml: those of a schema once for a body, and once for a member of it."""
    table = YAML(typ="safe", pure=True).load(ROWS)
    for part, (old, new) in table["schema"].items():
        yield Row(f"response-body-{part}", body(old), body(new), "$")
        yield Row(f"response-property-{part}", member(old), member(new), "$.price")
    for part, (old, new) in table["property"].items():
        yield Row(f"response-property-{part}", member(old), member(new), "$.price")
    for part, (old, new) in table["announced"].items():
        yield Row(f"response-property-{part}", member(old), member(new), "$.price", ANNOUNCED)
    for part, (old, new) in table["header"].items():
        yield Row(f"response-header-{part}", headed(old), headed(new), "header x-total")
    for section, made in (("body", body), ("text", text), ("responses", lambda responses: responses)):
        for id_, (old, new) in table[section].items():
            yield Row(id_, made(old), made(new))


def body(schema: Any, media_type: str = "application/json") -> Any:
    """An answer with that body."""
    return {"200": {"content": {media_type: {"schema": schema}}}}


def text(schema: Any) -> Any:
    """An answer with that body, as text."""
    return body(schema, "text/plain")


def member(schema: Any) -> Any:
    """An answer with a member of that schema."""
    return body({"type": "object", "properties": {"price": schema}})


def headed(schema: Any) -> Any:
    """An answer with a header of that schema."""
    return {"200": {"headers": {"X-Total": {"schema": schema}}}}


def compared(old: Any, new: Any, deprecations: Deprecations | None = None, **more: Any) -> list[Change]:
    """How an operation with these answers differs from one with those."""
    more = {"components": {"schemas": ANIMALS}, **more}
    sides = [api({"/pets": {"get": {"responses": responses}}}, **more) for responses in (old, new)]
    return compare_responses(*sides, deprecations)


def bodies(old: Any, new: Any, **more: Any) -> list[tuple[str, str]]:
    """(id, place) of each difference between two schemas of a body."""
    return [(change.kind, change.path) for change in compared(body(old), body(new), **more)]
