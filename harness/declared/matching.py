"""Which operation of OLD's declaration, and which answer of it, is which of NEW's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.declared.api import Api, DeclaredOperation, DeclaredResponse

_VARIABLE = re.compile(r"\{[^{}/]*\}")

DEFAULT = "default"

Responses = Mapping[str, DeclaredResponse]
Answer = tuple[str, DeclaredResponse | None, DeclaredResponse | None]
"""The status as the side that has it declares it; None on the side that declares no such answer."""


def matched_operations(old: Api, new: Api) -> Iterator[tuple[DeclaredOperation, DeclaredOperation]]:
    """The operations that both declare, in OLD's order: the same method and template, whatever its variables are called.

    What stands in the servers' path on one side may stand in the template on the other.
    """
    as_written = {_key(each, ""): each for each in new.operations.values()}
    with_base = {_key(each, base): each for each in new.operations.values() for base in each.bases}
    for operation in old.operations.values():
        keys = [_key(operation, base) for base in operation.bases]
        found = as_written.get(_key(operation, "")) or next((with_base[key] for key in keys if key in with_base), None)
        if found is not None:
            yield operation, found


def _key(operation: DeclaredOperation, base: str) -> tuple[str, str]:
    template = _VARIABLE.sub("{}", base + operation.operation.template)
    return operation.operation.method, template.rstrip("/") or "/"


def answers(old: Responses, new: Responses) -> Iterator[Answer]:
    """Every declared answer. `200` and `2XX` are the same where one side has only the one and the other only the other.

    `default` stands for a status only where the other side has no `default`: then it took the place of that status.
    """
    told: set[str] = set()
    for status, before in old.items():
        key = _counterpart(status, new, old)
        if key is not None:
            told.add(key)
        if key is not None or status != DEFAULT:
            yield status, before, None if key is None else new[key]
    for status, after in new.items():
        if status not in told and status != DEFAULT:
            key = _counterpart(status, old, new)
            yield status, None if key is None else old[key], after


def _counterpart(status: str, there: Responses, here: Responses) -> str | None:
    """The key under which the other side declares a status, or the statuses of a range."""
    if status in there:
        return status
    if status == DEFAULT:
        return None
    by_range = f"{status[0]}XX"
    if by_range in there:
        return by_range
    if status == by_range:
        return next((key for key in there if key[0] == status[0] and key not in here), None)
    return DEFAULT if DEFAULT in there and DEFAULT not in here else None
