"""environment.yaml read into an Environment, with every mistake named by its line, all of them in one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from harness.environments.spec import Environment
from harness.model.errors import BadFile
from harness.model.json_text import shallow
from harness.written import suggestion

FILE_NAME = "environment.yaml"


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing that is wrong in the file; `line` counts from 1."""

    line: int
    what: str
    hint: str | None = None


def load_environment(path: Path) -> Environment:
    """The environment of `path`, which is its folder or its file. Raises BadFile with all that is wrong in it."""
    file = path / FILE_NAME if path.is_dir() else path
    data = _read_yaml(file)
    if not isinstance(data, Mapping):
        raise _bad(
            file, [Mistake(1, "this is not a mapping of keys to values", "begin with: schema: backfit/environment/v1")]
        )
    try:
        environment = Environment.model_validate(data, context={"folder": file.parent})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        raise _bad(file, sorted({_mistake(detail, data) for detail in details})) from error
    environment._path = file
    return environment


def environment_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of environment.yaml; every key is described."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **Environment.model_json_schema(by_alias=True, mode="validation")}


def _read_yaml(file: Path) -> Any:
    try:
        with shallow():
            return YAML(typ="rt").load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        hint = "name an environment's folder or its file; `backfit init` makes one"
        raise BadFile("there is no such environment file", where=str(file), hint=hint) from error
    except UnicodeDecodeError as error:
        raise BadFile(f"this is not UTF-8 text: {error.reason} at byte {error.start}", where=str(file)) from error
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file)) from error
    except YAMLError as error:
        raise _bad(file, [_syntax_mistake(error)]) from error
    except RecursionError as error:
        raise BadFile("nested too deeply", where=str(file)) from error


def _syntax_mistake(error: YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, MarkedYAMLError) or mark is None:
        return Mistake(1, f"not YAML: {str(error).splitlines()[0]}")
    parts = [str(part).splitlines()[0] for part in (error.context, error.problem) if part]
    lines = mark.buffer.rstrip("\0").splitlines() if mark.buffer else []
    text = lines[mark.line].strip() if mark.line < len(lines) else ""
    return Mistake(mark.line + 1, f"not YAML: {', '.join(parts)}", f"the line: {text}" if text else None)


def _bad(file: Path, mistakes: Sequence[Mistake]) -> BadFile:
    first, *rest = mistakes
    more = [str(BadFile(each.what, where=f"{file}:{each.line}", hint=each.hint)) for each in rest]
    what = first.what if first.hint else "\n".join([first.what, *more])
    hint = "\n".join([first.hint, *more]) if first.hint else None
    return BadFile(what, where=f"{file}:{first.line}", hint=hint)


def _mistake(detail: ErrorDetails, data: Any) -> Mistake:
    keys, line = _locate(detail["loc"], data)
    place = ".".join(map(str, keys))
    match detail["type"]:
        case "extra_forbidden":
            parent = ".".join(map(str, keys[:-1]))
            under = f" under '{parent}'" if parent else ""
            return Mistake(line, f"unknown key '{keys[-1]}'{under}", suggestion(str(keys[-1]), _known(keys[:-1])))
        case "missing":
            return Mistake(line, f"'{'.'.join([*map(str, keys), str(detail['loc'][-1])])}' is missing")
        case "backfit":
            return Mistake(
                line, f"'{place}': {detail['ctx']['what']}" if place else detail["ctx"]["what"], detail["ctx"]["hint"]
            )
        case _:
            message = detail["msg"][0].lower() + detail["msg"][1:]
            return Mistake(line, f"'{place}': {message}, not {detail['input']!r}")


def _locate(location: tuple[int | str, ...], data: Any) -> tuple[list[int | str], int]:
    """The keys of `location` that the file has (unions add others), and the line of the last one."""
    keys: list[int | str] = []
    line, here = 1, data
    for key in location:
        present = isinstance(here, Mapping) and key in here
        if not present and not (isinstance(here, list) and isinstance(key, int) and key < len(here)):
            continue
        line = _line_of(here, key) or line
        keys.append(key)
        here = here[key]
    return keys, line


def _line_of(container: Any, key: int | str) -> int | None:
    """The line of `key` in `container`, counted from 1; None for one that a YAML merge (<<) brought in."""
    places = container.lc.data if isinstance(container, CommentedBase) else None
    return places[key][0] + 1 if places and key in places else None


def _known(keys: Sequence[int | str]) -> list[str]:
    """The keys that may stand at `keys`."""
    schema = Environment.model_json_schema(by_alias=True)
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
