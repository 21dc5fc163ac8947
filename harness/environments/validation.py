"""What files say, checked against a format's shape: every mistake is named with the file and the line that makes it."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from harness.environments.extends import Layer, has, place
from harness.environments.yaml_file import Mistake, refused
from harness.written import suggestion

_SHORT = reprlib.Repr()  # a few lines of YAML aliases can stand for more than any memory holds
_SHORT.maxstring = _SHORT.maxother = 200

Shape = TypeVar("Shape", bound=BaseModel)


def validated(shape: type[Shape], chain: Sequence[Layer], data: Any, context: Mapping[str, Any]) -> Shape:
    """`data`, which the files of `chain` say together, in its shape. Raises BadFile with all that is wrong in it."""
    try:
        return shape.model_validate(data, context=dict(context))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        found = {_mistake(shape, detail, chain, data) for detail in details}
        files = [each.file for each in chain]
        raise refused(sorted(found, key=lambda each: (files.index(each.file), each))) from error


def _mistake(shape: type[BaseModel], detail: ErrorDetails, chain: Sequence[Layer], data: Any) -> Mistake:
    keys = _present(detail["loc"], data)
    layer, line = place(chain, keys)
    name = ".".join(map(str, keys))
    what, hint = _words(shape, detail, keys, name)
    return Mistake(layer.file, line, what, hint)


def _words(
    shape: type[BaseModel], detail: ErrorDetails, keys: Sequence[int | str], name: str
) -> tuple[str, str | None]:
    match detail["type"]:
        case "extra_forbidden":
            parent = ".".join(map(str, keys[:-1]))
            under = f" under '{parent}'" if parent else ""
            return f"unknown key '{keys[-1]}'{under}", suggestion(str(keys[-1]), _known(shape, keys[:-1]))
        case "missing":
            return f"'{'.'.join([*map(str, keys), str(detail['loc'][-1])])}' is missing", None
        case "backfit":
            what = detail["ctx"]["what"]
            return f"'{name}': {what}" if name else what, detail["ctx"]["hint"]
        case _:
            message = detail["msg"][0].lower() + detail["msg"][1:]
            return f"'{name}': {message}, not {_SHORT.repr(detail['input'])}", None


def _present(location: tuple[int | str, ...], data: Any) -> list[int | str]:
    """The keys of `location` that the data have: unions add others."""
    keys: list[int | str] = []
    here = data
    for key in location:
        if has(here, key):
            keys.append(key)
            here = here[key]
    return keys


def _known(shape: type[BaseModel], keys: Sequence[int | str]) -> list[str]:
    """The keys that may stand at `keys`."""
    schema = shape.model_json_schema(by_alias=True)
    here: dict[str, Any] = schema
    for key in keys:
        inner = here.get("items", {}) if isinstance(key, int) else here.get("properties", {}).get(key, {})
        here = _resolve(inner, schema)
    return list(here.get("properties", {}))


def _resolve(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """`schema` with its reference followed; of several alternatives, the one that is an object."""
    for branch in (schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if "$ref" in branch:
            return cast(dict[str, Any], root["$defs"][branch["$ref"].rsplit("/", 1)[-1]])
    return schema
