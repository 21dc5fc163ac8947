"""Contracts of these tests: written to a file, and read back."""

from __future__ import annotations

import json
from pathlib import Path

from harness.contract.contract import Contract
from harness.contract.reading import read_contract
from harness.model.json_text import Json

Places = dict[str, dict[str, Json]]


def contract(
    folder: Path, operations: dict[str, Json], name: str = "c.openapi.json", title: str = "widget"
) -> Contract:
    """`operations` are OpenAPI's, by `GET /a`; those that say nothing of their answers have an empty one."""
    paths: dict[str, dict[str, Json]] = {}
    for called, said in operations.items():
        method, _, path = called.partition(" ")
        answered = {"responses": {"200": {"description": "OK"}}, "x-backfit-support": {"samples": 1}}
        paths.setdefault(path, {})[method.lower()] = answered | said
    file = folder / name
    document = {"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": paths}
    file.write_text(json.dumps(document, indent=2))
    return read_contract(file)


def reads(*places: str, **ops: str) -> Json:
    """`x-backfit-reads` of places that are read, and of those given by op: `copied="$.a $.b"`."""
    named = [(place, "read") for place in places] + [(each, op) for op, text in ops.items() for each in text.split()]
    return {"x-backfit-reads": [{"place": place, "ops": {op: 1}} for place, op in named]}


def needs(**places: str) -> Json:
    """`x-backfit-needs`: `removed="$.a=needed $.b=tolerated"`, by what was done."""
    found: Places = {}
    for edit, text in places.items():
        for each in text.split():
            place, _, need = each.partition("=")
            found.setdefault(place, {"place": place})[edit] = need
    return {"x-backfit-needs": list(found.values())}


def answering(schema: Json) -> Json:
    """An answer of a schema."""
    return {"responses": {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}}}}
