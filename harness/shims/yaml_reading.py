"""What a shim file says, with the line of everything that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from harness.lens.answer import ABSENT
from harness.lens.condition import Condition
from harness.lens.parameters import READERS
from harness.lens.step import BodyStep, StepError, read_step
from harness.model.errors import BadFile
from harness.model.json_text import Json
from harness.model.template import PathTemplate
from harness.shims.choices import standing_in
from harness.shims.document import HAND, NEVER, SCHEMA, Ambiguous, Entry, Learned, Lost, Moved, SecondCall, Shim

T = TypeVar("T")

_ROUTE = re.compile(r"(?P<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?P<path>/[^\x00-\x1f\x7f?#]*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_TARGET = re.compile(r"/(?!/)[^\x00-\x20\x7f#\\]*")
_VARIABLE = re.compile(r"\{[^{}/]+\}")
_TOP = ("schema", "system", "pairs", "operations", "moved", "requests", "everywhere", "otherwise", "learned")
_ENTRY = (
    *("match", "discriminator", "when", "forward", "rewrite", "request", "calls", "response"),
    *("lost", "ambiguous", "otherwise"),
)
_LOST = ("path", "reason", "required", "then")
_CALL = ("name", "get", "chosen", "keep")
_PREFIX = re.compile(r"/[^\x00-\x20\x7f?#{}\\]*")
_MARK = re.compile(r"[a-p]{8}")
_LONGEST_KEPT = 86_400


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
            requests=self._each(top, "requests", self._request_step),
            moved=self._each(top, "moved", self._moved),
            learned=self._each(top, "learned", self._mark),
        )

    def _entry(self, written: Any, parent: Any, at: int) -> Entry:
        entry = self._mapping(written, "an operation", _ENTRY, parent, at)
        method, template = self._route(entry, "match")
        forward = " ".join(self._route(entry, "forward")) if "forward" in entry else ""
        unknown = set(PathTemplate(forward).variables) - set(PathTemplate(template).variables)
        if unknown and not entry.get("request") and entry.get("rewrite") != NEVER:  # steps may fill $.path
            raise self._bad(f"forward uses {{{min(unknown)}}}, which match does not have", entry, "forward")
        return Entry(
            method=method,
            template=template,
            discriminator=self._text(entry, "discriminator"),
            when=self._condition(entry, "when"),
            forward=forward,
            rewrite=None if entry.get("rewrite") == NEVER else self._condition(entry, "rewrite"),
            request=self._each(entry, "request", self._request_step),
            calls=self._each(entry, "calls", self._second_call),
            response=self._each(entry, "response", self._step),
            lost=self._each(entry, "lost", self._lost),
            ambiguous=self._each(entry, "ambiguous", self._ambiguous),
            otherwise=self._flag(entry, "otherwise"),
        )

    def _route(self, entry: CommentedMap, key: str) -> tuple[str, str]:
        route = _ROUTE.fullmatch(self._text(entry, key))
        if route is None or set("{}") & set(_VARIABLE.sub("", route["path"])):
            raise self._bad(f"{key} is written as `GET /articles/{{id}}`", entry, key)
        return route["method"], route["path"]

    def _condition(self, entry: CommentedMap, key: str) -> Condition:
        try:
            return Condition.read(_plain(entry.get(key, CommentedMap())))
        except ValueError as error:
            raise self._bad(f"{key}: {error}", entry, key) from error

    def _step(self, written: Any, parent: Any, at: int) -> Learned:
        step = dict(written) if isinstance(written, CommentedMap) else written
        by = step.pop("by", "") if isinstance(step, dict) else ""
        if by not in ("", HAND):
            raise self._bad(f"by is {HAND!r}, or not there, not {by!r}", written, "by")
        try:
            return Learned(read_step(_plain(CommentedMap(step) if isinstance(step, dict) else step)), by=by)
        except ValueError as error:
            raise self._bad(str(error), parent, at) from error

    def _request_step(self, written: Any, parent: Any, at: int) -> Learned:
        learned = self._step(written, parent, at)
        if not isinstance(learned.step, BodyStep):
            raise self._bad(f"{learned.step.name!r} edits answers: a request has path, query, header, body", parent, at)
        return learned

    def _second_call(self, written: Any, parent: Any, at: int) -> SecondCall:
        call = self._mapping(written, "a second call", _CALL, parent, at)
        name, get = self._text(call, "name"), self._text(call, "get")
        if not _NAME.fullmatch(name):
            raise self._bad(f"a second call has a name of letters and digits, not {name!r}", call, "name")
        if not _TARGET.fullmatch(get):
            raise self._bad(f"get is a path of the same system such as /items?size=0, not {get!r}", call, "get")
        keep = call.get("keep", SecondCall.keep)
        if isinstance(keep, bool) or not isinstance(keep, (int, float)) or not 0 <= keep <= _LONGEST_KEPT:
            raise self._bad(f"keep is a number of seconds, up to a day, not {keep!r}", call, "keep")
        return SecondCall(name, get, self._flag(call, "chosen"), float(keep))

    def _moved(self, written: Any, parent: Any, at: int) -> Moved:
        moved = self._mapping(written, "a prefix that moved", ("from", "to"), parent, at)
        for key in ("from", "to"):
            if not _PREFIX.fullmatch(self._text(moved, key)):
                raise self._bad(f"{key} is the beginning of a path such as /api/3, not {moved.get(key)!r}", moved, key)
        return Moved(self._text(moved, "from"), self._text(moved, "to"))

    def _mark(self, written: Any, parent: Any, at: int) -> str:
        if not isinstance(written, str) or not _MARK.fullmatch(written):
            raise self._bad("learned lists what Backfit wrote, by marks of 8 letters: leave it as it is", parent, at)
        return str(written)

    def _lost(self, written: Any, parent: Any, at: int) -> Lost:
        lost = self._mapping(written, "a lost place", _LOST, parent, at)
        try:
            then = READERS["Json"](_plain(lost["then"])) if "then" in lost else ABSENT
        except ValueError as error:
            raise self._bad(str(error), lost, "then") from error
        place = Lost(self._text(lost, "path") or "$", self._text(lost, "reason"), self._flag(lost, "required"), then)
        if then is not ABSENT and standing_in(place) is None:
            what = (
                f"then goes with a member of the body such as $.items[*].price: nothing can stand in for {place.path}"
            )
            raise self._bad(what, lost, "then")
        return place

    def _ambiguous(self, written: Any, parent: Any, at: int) -> Ambiguous:
        each = self._mapping(written, "an ambiguous place", ("path", "reason", "choices"), parent, at)
        choices = self._each(each, "choices", self._step)
        return Ambiguous(self._text(each, "path") or "$", self._text(each, "reason"), choices)

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
