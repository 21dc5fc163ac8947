"""What a shim file says, with the line of everything that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from harness.lens.condition import Condition
from harness.lens.step import StepError, read_step
from harness.model.errors import BadFile
from harness.model.json_text import Json
from harness.model.template import PathTemplate
from harness.shims.document import SCHEMA, Entry, Learned, Lost, Shim

T = TypeVar("T")

_ROUTE = re.compile(r"(?P<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?P<path>/[^\x00-\x1f\x7f?#]*)")
_VARIABLE = re.compile(r"\{[^{}/]+\}")
_TOP = ("schema", "system", "pairs", "operations", "everywhere", "otherwise")
_ENTRY = ("match", "discriminator", "when", "forward", "response", "lost", "ambiguous", "otherwise")


def shim_of(written: Any, where: str) -> Shim:
    """The shim that a loaded file holds; `where` names the file. Raises BadFile."""
    reader = _Reader(where)
    reader.refuse_aliases(written)
    return reader.shim(written)


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where

    def refuse_aliases(self, written: Any) -> None:
        """A few lines of them can say more than any memory holds."""
        seen: set[int] = set()
        waiting = [written]
        while waiting:
            value = waiting.pop()
            if not isinstance(value, (CommentedMap, CommentedSeq)):
                continue
            if id(value) in seen:
                raise self._bad("anchors and aliases (& and *) are not read here: write it out", value, None)
            seen.add(id(value))
            waiting += value.values() if isinstance(value, CommentedMap) else value

    def shim(self, written: Any) -> Shim:
        top = self._mapping(written, "a shim file", _TOP, None)
        if top.get("schema") != SCHEMA:
            raise self._bad(f"schema is {top.get('schema')!r}, not {SCHEMA!r}", top, "schema")
        system = self._mapping(top.get("system", CommentedMap()), "system", ("name", "old", "new"), top, "system")
        return Shim(
            system=self._text(system, "name"),
            old=self._text(system, "old"),
            new=self._text(system, "new"),
            entries=self._each(top, "operations", self._entry),
            everywhere=self._each(top, "everywhere", self._step),
            otherwise=self._each(top, "otherwise", self._step),
            pairs=self._count(top, "pairs"),
        )

    def _entry(self, written: Any, parent: Any, at: int) -> Entry:
        entry = self._mapping(written, "an operation", _ENTRY, parent, at)
        method, template = self._route(entry, "match")
        forward = " ".join(self._route(entry, "forward")) if "forward" in entry else ""
        unknown = set(PathTemplate(forward).variables) - set(PathTemplate(template).variables)
        if unknown:
            raise self._bad(f"forward uses {{{min(unknown)}}}, which match does not have", entry, "forward")
        return Entry(
            method=method,
            template=template,
            discriminator=self._text(entry, "discriminator"),
            when=self._condition(entry),
            forward=forward,
            response=self._each(entry, "response", self._step),
            lost=self._each(entry, "lost", self._lost),
            ambiguous=self._each(entry, "ambiguous", self._line),
            otherwise=self._flag(entry, "otherwise"),
        )

    def _route(self, entry: CommentedMap, key: str) -> tuple[str, str]:
        route = _ROUTE.fullmatch(self._text(entry, key))
        if route is None or set("{}") & set(_VARIABLE.sub("", route["path"])):
            raise self._bad(f"{key} is written as `GET /articles/{{id}}`", entry, key)
        return route["method"], route["path"]

    def _condition(self, entry: CommentedMap) -> Condition:
        try:
            return Condition.read(_plain(entry.get("when", CommentedMap())))
        except ValueError as error:
            raise self._bad(f"when: {error}", entry, "when") from error

    def _step(self, written: Any, parent: Any, at: int) -> Learned:
        try:
            return Learned(read_step(_plain(written)))
        except ValueError as error:
            raise self._bad(str(error), parent, at) from error

    def _lost(self, written: Any, parent: Any, at: int) -> Lost:
        lost = self._mapping(written, "a lost place", ("path", "reason"), parent, at)
        return Lost(self._text(lost, "path") or "$", self._text(lost, "reason"))

    def _line(self, written: Any, parent: Any, at: int) -> str:
        if not isinstance(written, str):
            raise self._bad(f"{written!r} is no text", parent, at)
        return str(written)

    def _text(self, holder: CommentedMap, key: str) -> str:
        value = holder.get(key, "")
        if not isinstance(value, str):  # YAML reads 1.10 as 1.1, so no number is taken for a version
            raise self._bad(f"{key} is a text: write it in quotes, not {value!r}", holder, key)
        return str(value)

    def _count(self, holder: CommentedMap, key: str) -> int:
        value = holder.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._bad(f"{key} is a count, not {value!r}", holder, key)
        return int(value)

    def _flag(self, holder: CommentedMap, key: str) -> bool:
        value = holder.get(key, False)
        if not isinstance(value, bool):
            raise self._bad(f"{key} is true or false, not {value!r}", holder, key)
        return value

    def _each(self, holder: CommentedMap, key: str, read: Callable[[Any, Any, int], T]) -> tuple[T, ...]:
        rows = holder.get(key, CommentedSeq())
        if not isinstance(rows, CommentedSeq):
            raise self._bad(f"{key} is a list", holder, key)
        return tuple(read(row, rows, at) for at, row in enumerate(rows))

    def _mapping(self, written: Any, what: str, known: Sequence[str], parent: Any, at: Any = None) -> CommentedMap:
        if not isinstance(written, CommentedMap):
            raise self._bad(f"{what} is a mapping with {', '.join(known)}", parent, at)
        for key in written:
            if key not in known:
                raise self._bad(f"unknown key {key!r} in {what}; known: {', '.join(known)}", written, key)
        return written

    def _bad(self, what: str, holder: Any, key: Any) -> BadFile:
        line = 0
        if isinstance(holder, (CommentedMap, CommentedSeq)):
            places = holder.lc.data or {}
            line = places[key][0] if key in places else holder.lc.line or 0
        return BadFile(what, where=f"{self.where}:{line + 1}")


def _plain(value: Any) -> Json:
    """The JSON value that is written. Raises StepError where YAML says more than JSON can: dates, sets, tags, bytes."""
    match value:
        case CommentedMap():
            return {_key(key): _plain(item) for key, item in value.items()}
        case CommentedSeq():
            return [_plain(item) for item in value]
        case None | bool():
            return value
        case int():
            return int(value)
        case float():
            return float(value)
        case str():
            return str(value)
    raise StepError(f"{value!r} is not JSON")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise StepError(f"the key {key!r} is not in quotes")
    return str(key)
