"""`needs.json`: what ablation found, for the contract and for people; what is as usual is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from harness.ablation.needs import Needs
from harness.atomic import write_atomically
from harness.model.errors import BadFile

SCHEMA = "backfit/needs/v1"
_NEEDS = TypeAdapter(Needs)
_HINT = "make it again with `backfit ablate ENVIRONMENT`"


def write_needs(path: Path, needs: Needs) -> None:
    """Write `needs`, valid against `needs_schema()`, whole or not at all. Raises BackfitError where it cannot be written."""
    write_atomically(
        path, [json.dumps(as_json(needs), indent=1, ensure_ascii=False).encode("utf-8", "backslashreplace"), b"\n"]
    )


def as_json(needs: Needs) -> dict[str, Any]:
    """The file's value; operations in order."""
    written = _NEEDS.dump_python(needs, exclude_defaults=True)
    return {"schema": SCHEMA, **written, "operations": dict(sorted(written.get("operations", {}).items()))}


def read_needs(path: Path) -> Needs:
    """What `write_needs` wrote to `path`. Raises BadFile where it is none."""
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    except json.JSONDecodeError as error:
        raise BadFile(f"not JSON: {error.msg}", where=f"{path}:{error.lineno}", hint=_HINT) from error
    except (ValueError, RecursionError) as error:
        raise BadFile(f"not JSON: {error}", where=str(path), hint=_HINT) from error
    if not isinstance(value, dict) or value.pop("schema", None) != SCHEMA:
        raise BadFile(f'this is no file of needs: it does not say "schema": "{SCHEMA}"', where=str(path), hint=_HINT)
    if unknown := value.keys() - _KEYS:
        raise BadFile(f"unknown key {min(unknown)!r}; known: {', '.join(sorted(_KEYS))}", where=str(path), hint=_HINT)
    try:
        return _NEEDS.validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise BadFile(f"{at}: {first['msg']}", where=str(path), hint=_HINT) from error


def needs_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file of needs."""
    schema = _NEEDS.json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Backfit needs",
        "description": "What a plugin needs of the answers that it gets, by operation and place: what its outcome was on the old"
        " version where a place was removed, made null, or of another type.",
        "properties": {"schema": {"const": SCHEMA}, **schema["properties"]},
        "required": ["schema", "operations"],
        "additionalProperties": False,
    }


_KEYS = frozenset(_NEEDS.json_schema()["properties"])
