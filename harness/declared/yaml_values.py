"""YAML as values, bounded in size, depth and what its aliases expand to, by the rules of YAML 1.2, which are JSON's.

`no` and `12:30` are texts here, as whoever writes OpenAPI expects.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from harness.model.errors import BadFile
from harness.model.json_text import Json

YAML_LIMIT = 100_000_000
"""Bytes. It takes about a tenth of a second a megabyte, where PyYAML has its parser in C."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Events are taken from PyYAML: 27 times as fast as ruamel.yaml's, which has to be asked for lines alone."""

DEPTH_LIMIT = 200
"""Levels of lists and objects; what people and generators write has less than forty."""

EXPANSION_LIMIT = 2_000_000
"""Values, each counted as often as an alias repeats it."""

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"null": None, "Null": None, "NULL": None, "~": None, "": None} | {
    word: value for text, value in (("true", True), ("false", False)) for word in (text, text.title(), text.upper())
}
_MERGE = object()


def from_yaml(content: bytes, file: Path) -> Json:
    """The value of a YAML text in UTF-8; `file` names it in errors. Raises BadFile, with the line."""
    if len(content) > YAML_LIMIT:
        hint = "split the document"
        raise BadFile(f"YAML of more than {YAML_LIMIT // 1_000_000} MB", where=str(file), hint=hint)
    try:
        return _Builder(file).build(yaml.parse(content.decode("utf-8-sig"), Loader=_LOADER))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(f"not UTF-8: {error.reason}", where=f"{file}:{line}") from error
    except MarkedYAMLError as error:
        end = content.rstrip(b"\n").count(b"\n") + 1
        line = min(error.problem_mark.line + 1, end) if error.problem_mark else 1
        raise BadFile(f"not YAML: {error.problem or error.context}", where=f"{file}:{line}") from error
    except YAMLError as error:
        raise BadFile(f"not YAML: {error}", where=str(file)) from error
    except RecursionError as error:
        raise BadFile(f"nested deeper than {DEPTH_LIMIT} levels", where=str(file)) from error


class _Builder:
    """Values from a parser's events. An alias is the same Python object again: it costs no memory, but counts."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._anchors: dict[str, tuple[Json, int]] = {}
        self._count = 0
        self._depth = 0

    def build(self, events: Iterator[Event]) -> Json:
        started = False
        value: Json = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if started:
                    raise self._bad("a second document begins here", event)
                started = True
                value = self._value(next(events), events)
        return value

    def _value(self, event: Event, events: Iterator[Event]) -> Json:
        if isinstance(event, AliasEvent):
            value, size = self._anchors.get(str(event.anchor), (None, -1))
            if size < 0:
                raise self._bad(f"the alias *{event.anchor} stands for nothing that is complete here", event)
            self._add(size, event)
            return value
        before = self._count
        self._add(1, event)
        assert isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent))
        value = _scalar(event) if isinstance(event, ScalarEvent) else self._container(event, events)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._count - before)
        return value

    def _container(self, event: Event, events: Iterator[Event]) -> Json:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._bad(f"nested deeper than {DEPTH_LIMIT} levels", event)
        value = self._list(events) if isinstance(event, SequenceStartEvent) else self._mapping(event, events)
        self._depth -= 1
        return value

    def _list(self, events: Iterator[Event]) -> list[Json]:
        found = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self._value(event, events))
        return found

    def _mapping(self, start: Event, events: Iterator[Event]) -> dict[str, Json]:
        assert isinstance(start, MappingStartEvent)
        found: dict[str, Json] = {}
        merged: list[Json] = []
        while not isinstance(event := next(events), MappingEndEvent):
            name = self._name(event, events)
            value = self._value(next(events), events)
            if name is _MERGE:
                merged += value if isinstance(value, list) else [value]
            elif name in found:
                raise self._bad(f"{name!r} stands here twice", event)
            else:
                found[str(name)] = value
        for each in merged:
            if not isinstance(each, dict):
                raise self._bad("<< merges mappings", start)
            found = {**each, **found}
        return found

    def _name(self, event: Event, events: Iterator[Event]) -> Hashable:
        """A number as a name (`200:`) is that text, as it is in JSON."""
        if isinstance(event, ScalarEvent) and not event.anchor:
            plain = event.style is None or event.style == ""
            return _MERGE if plain and event.value == "<<" else str(event.value)
        name = self._value(event, events)
        if not isinstance(name, str):
            raise self._bad("a name is a text", event)
        return name

    def _add(self, size: int, event: Event) -> None:
        self._count += size
        if self._count > EXPANSION_LIMIT:
            raise self._bad(f"more than {EXPANSION_LIMIT:,} values, its aliases expanded", event)

    def _bad(self, what: str, event: Event) -> BadFile:
        line = event.start_mark.line + 1 if event.start_mark else 1
        return BadFile(what, where=f"{self._file}:{line}")


def _scalar(event: ScalarEvent) -> Json:
    """By YAML 1.2's core schema; a tag other than `!!str` changes nothing, and what is quoted is a text."""
    text = str(event.value)
    if event.style or str(event.tag or "").endswith(":str"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else _number(text)
    return _number(text) if _FLOAT.fullmatch(text) else text


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:  # a fraction, or more digits than Python reads
        return float(text)
