"""environment.yaml read into an Environment: what it extends is put under it, and the lock beside it is read as well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.environments.extends import FILE_NAME, KEY, Layer, layers, merged, place, way
from harness.environments.lock.file import lock_file, read_lock
from harness.environments.open_questions import HINT, open_questions
from harness.environments.spec import Environment
from harness.environments.spec.lock import Lock
from harness.environments.validation import validated
from harness.environments.yaml_file import Mistake, refused
from harness.model.errors import BadFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def load_environment(path: Path) -> Environment:
    """The environment of `path`, which is its folder or its file. Raises BadFile with all that is wrong in it."""
    file = path / FILE_NAME if path.is_dir() else path
    chain = layers(file)
    try:
        data = merged(chain)
    except RecursionError as error:
        raise BadFile("nested too deeply", where=str(file)) from error
    if opened := _open(chain, data):
        raise refused(opened)
    ways = {way(chain[0], layer) for layer in chain[1:]}
    environment = validated(Environment, chain, data, {"folder": file.parent, "bases": ways})
    environment._path = file
    own, *bases = (layer.folder for layer in chain)
    environment._folders = tuple(dict.fromkeys((own, *(each.resolve() for each in bases if not each.samefile(own)))))
    environment._command_folder = place(chain, ["scenario"])[0].folder.resolve()
    environment._lock = read_lock(lock_file(file))
    return environment


def environment_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of environment.yaml; every key is described. One that extends another needs to say
    nothing that the other says, and may say null."""
    schema = Environment.model_json_schema(by_alias=True, mode="validation")
    parts = schema.pop("$defs")
    loose = {f"{name}Over": _loose(part) for name, part in parts.items()}
    over = {**_loose(schema), "required": ["schema", KEY]}
    described = {key: {"description": each["description"]} for key, each in schema["properties"].items()}
    whole = {key: value for key, value in schema.items() if key not in ("description", "title")}
    return {
        "$schema": _DIALECT,
        "title": schema["title"],
        "description": schema["description"],
        "type": "object",
        "properties": described,
        "if": {"required": [KEY]},
        "then": over,
        "else": whole,
        "$defs": {**parts, **loose},
    }


def lock_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of environment.lock."""
    return {"$schema": _DIALECT, **Lock.model_json_schema(by_alias=True, mode="validation")}


def _open(chain: Sequence[Layer], data: dict[str, Any]) -> list[Mistake]:
    """The questions that no file of the chain answers."""
    still = {each.place for each in open_questions(data)}
    asked = [(layer, each) for layer in chain for each in open_questions(layer.data) if each.place in still]
    return [Mistake(layer.file, each.line, f"the question '{each.id}' is open", HINT) for layer, each in asked]


def _loose(schema: Any) -> Any:
    """The schema of an overlay's part: nothing is required, and null may stand anywhere."""
    if isinstance(schema, list):
        return [_loose(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _loose(each) for key, each in schema.items() if key != "required"}
    if "$ref" in kept:
        kept["$ref"] += "Over"
    if "properties" in kept:
        kept["properties"] = {key: _or_null(each) for key, each in kept["properties"].items()}
    return kept


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "description": schema.get("description", "")}
