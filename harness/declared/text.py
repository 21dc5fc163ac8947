"""A JSON or YAML file as values, bounded in size and depth, and the line of what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import orjson
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode

from harness.declared.yaml_values import DEPTH_LIMIT, from_yaml
from harness.model.errors import BadFile
from harness.model.json_text import Json, parse

JSON_LIMIT = 100_000_000
_LOCATED = 2_000_000


def read_values(file: Path) -> Json:
    """The value that a JSON or YAML file holds, told apart by content. Raises BadFile, with the line."""
    try:
        if file.stat().st_size > JSON_LIMIT:
            raise BadFile(f"more than {JSON_LIMIT // 1_000_000} MB", where=str(file), hint="split the document")
        content = file.read_bytes()
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror or error}", where=str(file)) from error
    read = _from_json if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else from_yaml
    value = read(content, file)
    if _deeper_than(value, DEPTH_LIMIT):
        raise BadFile(f"nested deeper than {DEPTH_LIMIT} levels", where=str(file))
    return value


def line_at(file: Path, pointer: str) -> int | None:
    """The line, from 1, of what a JSON pointer names in a file that was read; None where the file is too long to look."""
    content = file.read_bytes()
    if len(content) > _LOCATED:
        return None
    try:
        node = YAML(typ="safe", pure=True).compose(content.decode("utf-8-sig"))
    except YAMLError:  # JSON that is not YAML
        return None
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        inside = node.value if isinstance(node.value, list) else []
        if isinstance(node, MappingNode):
            node = next((value for key, value in inside if key.value == name), None)
        else:
            node = inside[int(name)] if name.isdecimal() and int(name) < len(inside) else None
        if node is None:
            return None
    return int(node.start_mark.line) + 1


def _from_json(content: bytes, file: Path) -> Json:
    """YAML's flow style begins like JSON: in a file that is called YAML, what is not JSON is read as that."""
    try:
        return parse(content)
    except ValueError as error:
        if file.suffix in (".yaml", ".yml"):
            return from_yaml(content, file)
        raise BadFile(f"not JSON: {error}", where=f"{file}:{_json_line(content)}") from error


def _json_line(content: bytes) -> int:
    try:
        orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return error.lineno
    return 1


def _deeper_than(value: Json, limit: int) -> bool:
    """Level by level, each container once."""
    level = [value]
    seen: set[int] = set()
    for _ in range(limit):
        level = [each for each in level if isinstance(each, (dict, list)) and id(each) not in seen]
        seen |= {id(each) for each in level}
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return any(isinstance(each, (dict, list)) for each in level)
