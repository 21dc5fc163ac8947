"""A contract's file, whether Backfit wrote it or a person did: JSON, or the same as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from harness.contract.contract import METHOD, NEEDS, READS, Called, Contract
from harness.contract.places import normal_place
from harness.contract.uses import merged
from harness.declared.api import Api
from harness.declared.documents import Documents, Node
from harness.declared.openapi import METHODS, read_openapi
from harness.model.errors import BadFile
from harness.model.operation import Operation
from harness.model.reads import Need, Op, PlaceUse
from harness.schema.view import SUPPORT
from harness.written import suggestion

EDITS = ("removed", "null", "retyped")
"""What ablation does to a place."""

_READ_KEYS = ("place", "ops", "where")
_HINT = "`backfit infer` and `backfit check --save` write one; OpenAPI has openapi: 3.1.0 at its top"

Word = TypeVar("Word", bound=StrEnum)


def read_contract(path: Path) -> Contract:
    """The contract that a file holds. Any OpenAPI 3.0 or 3.1 document is one, of a plugin whose reads are unknown.

    Raises BadFile, with the line of what is wrong.
    """
    documents = Documents(path)
    root = documents.root
    if not isinstance(root.value, dict) or "openapi" not in root.value:
        raise BadFile("this is no contract: it is not OpenAPI", where=str(path), hint=_HINT)
    api = read_openapi(documents, str(path))
    info = root.get("info")
    title = info.mapping().said("title", "") if info else ""
    return Contract(str(path), title or path.name, dict(_operations(root, api)), api, root)


def _operations(root: Node, api: Api) -> Iterator[tuple[Operation, Called]]:
    for template, item in root.members("paths"):
        if template.startswith("/"):
            for key in item.mapping().value:
                method = key.removeprefix(METHOD)
                if key in METHODS or method != key:
                    node = item.child(key).mapping()
                    yield _named(method.upper(), template, api), _called(node)


def _named(method: str, written: str, api: Api) -> Operation:
    """What stands in the path of the first server is part of every call."""
    declared = api.operations.get(Operation(method, written))
    template, _, fragment = written.partition("#")
    return Operation(method, (declared or api).bases[0] + template, unquote(fragment))


def _called(node: Node) -> Called:
    support = node.get(SUPPORT)
    calls = support.mapping().said("samples", 0) if support else 0
    reads, needs = dict(_entries(node, READS)), dict(_entries(node, NEEDS))
    seen = [_read(place, each) for place, each in reads.items()]
    places = merged(seen, {place: _need(each) for place, each in needs.items()})
    return Called(calls, places, node.value.get(READS) is not None, node)


def _entries(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    """Each entry of a list, by its place."""
    seen: set[str] = set()
    for each in node.elements(key):
        said = each.mapping().said("place", "")
        try:
            place = normal_place(said)
        except ValueError as error:
            raise each.bad(str(error)) from error
        if place in seen:
            raise each.bad(f"{place} stands in {key} twice", "put both into one")
        seen.add(place)
        yield place, each


def _read(place: str, node: Node) -> PlaceUse:
    """Somebody who names a place and says no more reads it."""
    _known(node, _READ_KEYS)
    told = node.get("ops")
    counts = {_word(Op, op, told): _count(told.child(op)) for op in told.mapping().value} if told else {Op.READ: 1}
    ops = {op: counts[op] for op in Op if op in counts}
    return PlaceUse(place, ops, tuple(each.of(str) for each in node.elements("where")))


def _need(node: Node) -> dict[str, Need]:
    _known(node, ("place", *EDITS))
    return {edit: _word(Need, node.said(edit, ""), node) for edit in EDITS if edit in node.value}


def _word(kind: type[Word], said: str, node: Node) -> Word:
    try:
        return kind(said)
    except ValueError as error:
        known = [each.value for each in kind]
        raise node.bad(f"{said!r} is none of {', '.join(known)}", suggestion(said, known)) from error


def _count(node: Node) -> int:
    value: Any = node.value
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise node.bad(f"{value!r:.60} does not say how often", "write a whole number from 1 on")
    return value


def _known(node: Node, keys: tuple[str, ...]) -> None:
    for key in node.value:
        if key not in keys and not key.startswith("x-"):
            raise node.bad(f"unknown key {key!r}", suggestion(key, keys))
