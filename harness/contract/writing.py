"""A contract as the document that goes to its file: OpenAPI with what the plugin reads and needs beside each operation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harness.contract.contract import NEEDS, READS
from harness.contract.uses import Needs
from harness.model.operation import Operation
from harness.model.reads import Need, PlaceUse
from harness.schema.observed import Observed
from harness.schema.openapi import Node, openapi


def written(
    observed: Iterable[Observed],
    title: str,
    uses: Mapping[Operation, Sequence[PlaceUse]] | None = None,
    needs: Needs | None = None,
) -> Node:
    """The document of what was observed of a plugin called `title`.

    `uses` are its reads (an operation that it has not was not watched; None where nothing was), `needs` what ablation found.
    """
    listed = list(observed)
    beside = {each.operation: dict(_beside(each.operation, uses or {}, needs or {})) for each in listed}
    return openapi(listed, title, beside=beside)


def contract_text(document: Node) -> bytes:
    """The text of the file."""
    return json.dumps(document, indent=2, allow_nan=False).encode() + b"\n"


def _beside(
    operation: Operation, uses: Mapping[Operation, Sequence[PlaceUse]], needs: Needs
) -> Iterator[tuple[str, list[Node]]]:
    if operation in uses:
        read = sorted((each for each in uses[operation] if each.ops), key=lambda each: each.place)
        yield READS, [_read(each) for each in read]
    if found := needs.get(str(operation)):
        yield NEEDS, [_need(place, by_edit) for place, by_edit in sorted(found.items())]


def _read(use: PlaceUse) -> Node:
    where: Node = {"where": list(use.where)} if use.where else {}
    return {"place": use.place, "ops": {op.value: count for op, count in use.ops.items()}} | where


def _need(place: str, by_edit: Mapping[str, Need]) -> Node:
    return {"place": place} | {edit: need.value for edit, need in by_edit.items()}
