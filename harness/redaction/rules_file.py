"""`redact.yaml`: what is a secret in this workspace, and what is none after all; read with the line of every mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.model.errors import BackfitError
from harness.model.paths import format_path, parse_path
from harness.redaction.rules import By, Rule, Rules
from harness.written import Mistake, Written, document, refused, unknown_keys

FILE_NAME = "redact.yaml"
SCHEMA = "backfit/redact/v1"
_SECTIONS = {"add": False, "keep": True}
_KEYS = ("schema", *_SECTIONS, "off")
_TOLD = {
    By.NAME: "Names of members, parameters, form fields and cookies, in any letter case, - and _ alike; * stands for anything.",
    By.HEADER: "Names of headers, in any letter case; * stands for anything.",
    By.PATTERN: "Regular expressions: `add` finds them in every text, `keep` wants them to fit a whole value.",
}
_PLACES = (
    "JSONPaths in the bodies of an operation's requests and answers, by method and path: GET /users/{id}: [$.street]"
)
_OPERATION = re.compile(r"[A-Z]+ /\S*")


def read_rules(file: Path) -> Rules:
    """The rules of a file. Raises BadFile with all that is wrong in it, each with its line."""
    members = document(file, SCHEMA, _KEYS)
    read: list[Rule | Mistake] = [*_off(members)]
    for section, keep in _SECTIONS.items():
        if section in members:
            read += _section(members[section], section, keep)
    mistakes = [each for each in read if isinstance(each, Mistake)]
    if mistakes:
        raise refused(file, mistakes)
    off = "off" in members and members["off"].value == "true"
    return Rules(tuple(each for each in read if isinstance(each, Rule)), off, str(file))


def rules_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of redact.yaml."""
    texts = {"type": "array", "items": {"type": "string", "minLength": 1}}
    properties: dict[str, Any] = {by.value: texts | {"description": told} for by, told in _TOLD.items()}
    properties[By.PLACE.value] = {
        "type": "object",
        "description": _PLACES,
        "propertyNames": {"pattern": f"^{_OPERATION.pattern}$"},
        "additionalProperties": {"type": "array", "items": {"type": "string", "pattern": r"^\$"}},
    }
    section = {"type": "object", "additionalProperties": False, "properties": properties}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backfit redaction rules",
        "description": "What is a secret in this workspace beside what is one everywhere, and what is none after all.",
        "type": "object",
        "required": ["schema"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "add": section | {"description": "What is a secret here."},
            "keep": section
            | {"description": "What looks like a secret and is none: it stays as it is, and goes before `add`."},
            "off": {
                "type": "boolean",
                "description": "Redact nothing at all: for systems that hold no secrets of anybody.",
            },
        },
    }


def _off(members: dict[str, Written]) -> Iterator[Mistake]:
    off = members.get("off")
    if off is not None and off.value not in ("true", "false"):
        yield Mistake(off.line, "'off' is true or false", "write off: true, or nothing")


def _section(written: Written, section: str, keep: bool) -> Iterator[Rule | Mistake]:
    if not isinstance(written.value, dict):
        yield Mistake(written.line, f"'{section}' is no mapping", f"write under it: {', '.join(By)}")
        return
    yield from unknown_keys(written.value, tuple(By))
    for by in (by for by in By if by in written.value):
        each = written.value[by]
        yield from _places(each, keep) if by is By.PLACE else _listed(each, by, keep)


def _listed(written: Written, by: By, keep: bool, operation: str = "") -> Iterator[Rule | Mistake]:
    """`operation` is that of places."""
    if not isinstance(written.value, list):
        yield Mistake(written.line, f"'{operation or by}' is no list", f"write {operation or by}: [ … ]")
        return
    for item in written.value:
        if not isinstance(item.value, str) or not item.value:
            yield Mistake(item.line, "this is no text", "write a text, in quotes where it holds [ ] { } or a colon")
        else:
            yield _rule(by, item.value, keep, operation, item.line)


def _places(written: Written, keep: bool) -> Iterator[Rule | Mistake]:
    if not isinstance(written.value, dict):
        yield Mistake(
            written.line, "'places' is no mapping of operations to paths", 'write "GET /users/{id}": [$.street]'
        )
        return
    for operation, paths in written.value.items():
        if _OPERATION.fullmatch(operation):
            yield from _listed(paths, By.PLACE, keep, operation)
        else:
            yield Mistake(
                paths.line, f"'{operation}' is no operation", "write its method and its path: GET /users/{id}"
            )


def _rule(by: By, text: str, keep: bool, operation: str, line: int) -> Rule | Mistake:
    try:
        if by is By.PATTERN:
            _check(re.compile(text))
        path = parse_path(text) if by is By.PLACE else ()
    except (re.error, ValueError, BackfitError) as error:
        return Mistake(line, f"{text!r} cannot be read: {error}")
    return Rule(by, format_path(path) if by is By.PLACE else text, keep, operation, path, line)


def _check(pattern: re.Pattern[str]) -> None:
    if pattern.match(""):
        raise ValueError("it fits the empty text, and so everywhere")
