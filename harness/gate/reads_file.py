"""`--reads FILE`: what the plugin reads, written down by somebody who knows it, a list of places an operation; or a contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from harness.changes.study import ERRORS
from harness.contract.reading import read_contract
from harness.gate.contract_reads import contract_reads
from harness.gate.reads import Read, Reads, parse_operation
from harness.written import Mistake, Written, document, refused

SCHEMA = "backfit/reads/v1"
_KEYS = ("schema", "operations")
_OPENAPI = re.compile(rb"""(?m)^\s*\{?\s*["']?openapi["']?\s*:""")
_HEAD = 4096


def read_reads(file: Path) -> Reads:
    """What a reads file or a contract says about the plugin. Raises BadFile with what is wrong in it, and its line."""
    if _is_openapi(file):
        return contract_reads(read_contract(file))
    operations = document(file, SCHEMA, _KEYS).get("operations", Written(1, None))
    if not isinstance(operations.value, dict):
        hint = 'write "GET /articles/{id}": [$.title] under operations:'
        raise refused(file, [Mistake(operations.line, "'operations' is no mapping of operations to places", hint)])
    found = {name: list(_places(name, written)) for name, written in operations.value.items()}
    mistakes = [each for listed in found.values() for each in listed if isinstance(each, Mistake)]
    if mistakes:
        raise refused(file, mistakes)
    return Reads(str(file), {name: _only_reads(listed) for name, listed in found.items()})


def reads_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a reads file."""
    place = {
        "type": "string",
        "pattern": r"^(\$.*|header \S+|status)$",
        "description": "a JSONPath in the body such as $.tags[*].name, `header x-total-count`, or `status`",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backfit reads",
        "description": "What a plugin reads of each operation's answers; what is not named here counts as not read.",
        "type": "object",
        "required": list(_KEYS),
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "operations": {
                "description": "By method and path (`GET /articles/{id}`, for GraphQL and JSON-RPC with the operation's"
                " name behind), and `errors` for answers that are errors; an empty list says that nothing is read.",
                "type": "object",
                "propertyNames": {"pattern": r"^([A-Z]+ /\S*( .+)?|errors)$"},
                "additionalProperties": {"type": "array", "items": place},
            },
        },
    }


def _is_openapi(file: Path) -> bool:
    """By how it begins; a file that cannot be read says so where it is read."""
    with suppress(OSError), file.open("rb") as stream:
        return _OPENAPI.search(stream.read(_HEAD)) is not None
    return False


def _places(operation: str, written: Written) -> Iterator[Read | Mistake]:
    if parse_operation(operation) is None and operation != ERRORS:
        hint = "write it as the findings do: GET /articles/{id}, or errors"
        yield Mistake(written.line, f"'{operation}' is no operation", hint)
    if not isinstance(written.value, list):
        yield Mistake(written.line, f"'{operation}' has no list of places", "write [$.title], or [] for none")
        return
    for each in written.value:
        try:
            yield Read.parse(each.value if isinstance(each.value, str) else "")
        except ValueError as error:
            yield Mistake(each.line, f"under '{operation}': {error}")


def _only_reads(listed: Iterable[Read | Mistake]) -> tuple[Read, ...]:
    return tuple(each for each in listed if isinstance(each, Read))
