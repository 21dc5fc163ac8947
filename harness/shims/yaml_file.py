"""Shim files: YAML that a person reads and edits, with the evidence behind each step as a comment; errors name the line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from harness.atomic import write_atomically
from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import StepError, read_step, write_step
from harness.model.errors import BadFile
from harness.model.json_text import Json, serialize
from harness.shims.document import SCHEMA, Entry, Learned, Lost, Shim

T = TypeVar("T")

_BARE = re.compile(r"[A-Za-z_$/][A-Za-z0-9_$/.()-]*")
_ROUTE = re.compile(r"[A-Z]+ /[A-Za-z0-9_./{}~%-]*")
_RESERVED = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"])
_TOP = ("schema", "system", "pairs", "operations", "everywhere", "otherwise")
_ENTRY = ("match", "discriminator", "when", "forward", "response", "lost", "ambiguous", "otherwise")


def write_shim(path: Path, shim: Shim) -> None:
    """Write it, whole or not at all."""
    write_atomically(path, [shim_text(shim).encode()])


def shim_text(shim: Shim) -> str:
    """The file's text."""
    return "\n".join(_lines(shim)) + "\n"


def read_shim(path: Path) -> Shim:
    """Raises BadFile naming the line: no YAML, an unknown key, a step that is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=str(path)) from error
    return parse_shim(text, str(path))


def parse_shim(text: str, where: str = "(shim)") -> Shim:
    """The shim that a file's text says; `where` names it in errors."""
    try:
        written = YAML(typ="rt").load(StringIO(text))
    except MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BadFile(f"not YAML: {error.problem}", where=f"{where}{line}") from error
    return _Reader(where).shim(written)


def _lines(shim: Shim) -> Iterator[str]:
    yield f"schema: {SCHEMA}"
    yield f"system: {_flow({'name': shim.system, 'old': shim.old, 'new': shim.new})}"
    yield f"pairs: {shim.pairs}"
    yield "operations:" if shim.entries else "operations: []"
    for entry in shim.entries:
        yield f"  - match: {_route(f'{entry.method} {entry.template}')}"
        if entry.discriminator:
            yield f"    discriminator: {_scalar(entry.discriminator)}"
        if entry.when != ALWAYS:
            yield f"    when: {_flow(entry.when.parameters())}"
        if entry.forward:
            yield f"    forward: {_route(entry.forward)}"
        yield from _steps("    response:", "      ", entry.response)
        if entry.otherwise:
            yield "    otherwise: true  # few answers were seen: the steps under `otherwise` are tried as well"
        yield from _rows(
            "    lost:", "      ", [_flow({"path": lost.path, "reason": lost.reason}) for lost in entry.lost]
        )
        yield from _rows("    ambiguous:", "      ", [_scalar(text) for text in entry.ambiguous])
    yield from _steps("everywhere:", "  ", shim.everywhere)
    yield from _steps("otherwise:", "  ", shim.otherwise)


def _steps(title: str, indent: str, steps: Sequence[Learned]) -> Iterator[str]:
    rows = []
    for learned in steps:
        [(name, parameters)] = write_step(learned.step).items()
        comment = f"  # {_one_line(learned.evidence)}" if learned.evidence else ""
        rows.append(f"{name}: {_flow(parameters)}{comment}")
    return _rows(title, indent, rows)


def _rows(title: str, indent: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield title
        yield from (f"{indent}- {row}" for row in rows)


def _flow(value: Json) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Json) -> str:
    """Bare where YAML 1.1 and 1.2 both read it back as the same text, in a flow as well; else as JSON, which is YAML."""
    if isinstance(value, str):
        bare = all(_BARE.fullmatch(word) for word in value.split(" "))
        return value if bare and value.lower() not in _RESERVED else _quoted(value)
    return serialize(value).decode()


def _route(text: str) -> str:
    """A method and a template; braces are free outside a flow."""
    return text if _ROUTE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A double-quoted scalar; what JSON leaves bare and YAML counts as a line break is escaped."""
    return json.dumps(
        text, ensure_ascii=any(ord(character) > 126 and not character.isprintable() for character in text)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Reader:
    """Reads with a line number for everything that is wrong."""

    def __init__(self, where: str) -> None:
        self.where = where

    def shim(self, written: Any) -> Shim:
        top = self._mapping(written, "a shim file", _TOP, None)
        if top.get("schema") != SCHEMA:
            raise self._bad(f"schema is {top.get('schema')!r}, not {SCHEMA!r}", top, "schema")
        system = self._mapping(top.get("system", CommentedMap()), "system", ("name", "old", "new"), top, "system")
        return Shim(
            system=str(system.get("name", "")),
            old=str(system.get("old", "")),
            new=str(system.get("new", "")),
            entries=tuple(self._each(top, "operations", self._entry)),
            everywhere=tuple(self._each(top, "everywhere", self._step)),
            otherwise=tuple(self._each(top, "otherwise", self._step)),
            pairs=int(top.get("pairs", 0)),
        )

    def _entry(self, written: Any, parent: Any, at: int) -> Entry:
        entry = self._mapping(written, "an operation", _ENTRY, parent, at)
        method, _, template = str(entry.get("match", "")).partition(" ")
        if not method.isalpha() or not template.startswith("/"):
            raise self._bad("match is written as `GET /articles/{id}`", entry, "match")
        forward = str(entry.get("forward", ""))
        if forward and not re.fullmatch(r"[A-Za-z]+ /\S*", forward):
            raise self._bad("forward is written as `GET /articles/{id}`", entry, "forward")
        unknown = set(re.findall(r"\{([^{}]+)\}", forward)) - set(re.findall(r"\{([^{}]+)\}", template))
        if unknown:
            raise self._bad(f"forward uses {{{min(unknown)}}}, which match does not have", entry, "forward")
        try:
            when = Condition.read(entry.get("when", {}))
        except (ValueError, TypeError, AttributeError) as error:
            raise self._bad(f"when: {error}", entry, "when") from error
        return Entry(
            method=method,
            template=template,
            discriminator=str(entry.get("discriminator", "")),
            when=when,
            forward=forward,
            response=tuple(self._each(entry, "response", self._step)),
            lost=tuple(self._each(entry, "lost", self._lost)),
            ambiguous=tuple(str(text) for text in entry.get("ambiguous", [])),
            otherwise=self._flag(entry, "otherwise"),
        )

    def _flag(self, entry: CommentedMap, key: str) -> bool:
        value = entry.get(key, False)
        if not isinstance(value, bool):
            raise self._bad(f"{key} is true or false, not {value!r}", entry, key)
        return value

    def _lost(self, written: Any, parent: Any, at: int) -> Lost:
        lost = self._mapping(written, "a lost place", ("path", "reason"), parent, at)
        return Lost(str(lost.get("path", "$")), str(lost.get("reason", "")))

    def _step(self, written: Any, parent: Any, at: int) -> Learned:
        try:
            return Learned(read_step(_plain(written)))
        except StepError as error:
            raise self._bad(str(error), parent, at) from error

    def _each(self, holder: CommentedMap, key: str, read: Callable[[Any, Any, int], T]) -> Iterable[T]:
        rows = holder.get(key, CommentedSeq())
        if not isinstance(rows, list):
            raise self._bad(f"{key} is a list", holder, key)
        return [read(row, rows, at) for at, row in enumerate(rows)]

    def _mapping(self, written: Any, what: str, known: Sequence[str], parent: Any, at: Any = None) -> CommentedMap:
        if not isinstance(written, CommentedMap):
            raise self._bad(f"{what} is a mapping with {', '.join(known)}", parent, at)
        for key in written:
            if key not in known:
                raise self._bad(f"unknown key {key!r} in {what}; known: {', '.join(known)}", written, key)
        return written

    def _bad(self, what: str, holder: Any, key: Any) -> BadFile:
        line = ""
        if isinstance(holder, (CommentedMap, CommentedSeq)) and holder.lc is not None:
            data = holder.lc.data or {}
            at = data[key][0] if key in data else holder.lc.line
            line = f":{at + 1}"
        return BadFile(what, where=f"{self.where}{line}")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return bool(value) if value is not None else None
    return float(value) if isinstance(value, float) else int(value) if isinstance(value, int) else str(value)
