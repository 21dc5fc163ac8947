"""When a step applies: what the data showed to tell the cases apart (a query parameter, a status, a form of the body)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import get, parse_place
from harness.model.json_text import Json
from harness.model.paths import Path, format_path

Test = Callable[[Answer], bool]
Named = tuple[tuple[str, str | bool], ...]

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "null": type(None),
    "boolean": bool,
    "number": (int, float),
    "string": str,
    "array": list,
    "object": dict,
}
TYPES = tuple(_TYPES)
"""JSON's own words for the types of its values."""

_NAMES = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}

_STATUS = re.compile(r"[1-9](?:[0-9][0-9]|xx)")


def json_type(value: Json) -> str:
    """One of TYPES; `missing` for ABSENT."""
    if value is ABSENT:
        return "missing"
    return _NAMES.get(type(value)) or next(name for name, types in _TYPES.items() if isinstance(value, types))


@dataclass(frozen=True)
class Condition:
    """All of its parts must hold. Each is a tuple of pairs, so that a condition can be a key.

    `status`: a number or a class such as "4xx" (of NEW's answer). `query` and `path`: name -> value, True for any value,
    False for absent (of the call as the plugin made it). `body`: JSONPath -> a type's name in the body at that moment.
    """

    status: str = ""
    query: Named = ()
    path: Named = ()
    body: tuple[tuple[str, str], ...] = ()

    def and_(self, other: Condition) -> Condition:
        """Both, each part as narrow as the narrower; of two that cannot hold together, what `other` says."""
        return Condition(
            _narrower_status(self.status, other.status),
            _both(self.query, other.query),
            _both(self.path, other.path),
            _both(self.body, other.body),
        )

    def test(self) -> Test:
        """The condition as a function."""
        tests: list[Test] = [_status_test(self.status)] if self.status else []
        tests += [_query_test(name, wanted) for name, wanted in self.query]
        tests += [_path_test(name, wanted) for name, wanted in self.path]
        tests += [_body_test(path, kind) for path, kind in self.body]
        if len(tests) == 1:
            return tests[0]
        return lambda answer: all(test(answer) for test in tests)

    def guard(self, apply: Callable[[Answer], None]) -> Callable[[Answer], None]:
        """`apply`, only where the condition holds."""
        if self == ALWAYS:
            return apply
        test = self.test()

        def guarded(answer: Answer) -> None:
            if test(answer):
                apply(answer)

        return guarded

    def parameters(self) -> dict[str, Any]:
        """As it stands in a shim file."""
        written: dict[str, Any] = {}
        if self.status:
            written["status"] = int(self.status) if self.status.isdigit() else self.status
        for key in ("query", "path", "body"):
            if pairs := getattr(self, key):
                written[key] = dict(pairs)
        return written

    @classmethod
    def read(cls, written: object) -> Condition:
        """From a shim file. Raises ValueError naming what is wrong."""
        if not isinstance(written, Mapping):
            raise ValueError(f"a condition is a mapping with status, query, path or body, not {written!r}")
        unknown = set(written) - {"status", "query", "path", "body"}
        if unknown:
            raise ValueError(f"unknown key {min(map(str, unknown))!r} in a condition; known: status, query, path, body")
        return cls(
            _read_status(written["status"]) if "status" in written else "",
            _read_pairs(written, "query", _read_wanted),
            _read_pairs(written, "path", _read_wanted),
            _read_pairs(written, "body", _read_type, lambda text: format_path(parse_place(text))),
        )


ALWAYS = Condition()


def body_is(path: Path, kind: str) -> Condition:
    """The condition that the body has a value of that JSON type (or `missing`) at `path`."""
    return Condition(body=((format_path(path), kind),))


def _status_test(status: str) -> Test:
    if status.isdigit():
        number = int(status)
        return lambda answer: answer.status == number
    hundreds = int(status[0])
    return lambda answer: answer.status // 100 == hundreds


def _query_test(name: str, wanted: str | bool) -> Test:
    return lambda answer: _is_wanted(answer.call.query.get(name), wanted)


def _path_test(name: str, wanted: str | bool) -> Test:
    return lambda answer: _is_wanted(answer.call.variables.get(name), wanted)


def _is_wanted(found: str | None, wanted: str | bool) -> bool:
    return (found is not None) is wanted if isinstance(wanted, bool) else found == wanted


def _body_test(path: str, kind: str) -> Test:
    steps = parse_place(path)
    return lambda answer: json_type(get(answer.body, steps)) == kind


def _narrower_status(left: str, right: str) -> str:
    return left if not right or right == f"{left[:1]}xx" else right


def _both(left: tuple[tuple[str, Any], ...], right: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    both = dict(left)
    for name, wanted in right:
        if not (wanted is True and isinstance(both.get(name), str)):  # a value is narrower than any value
            both[name] = wanted
    return tuple(sorted(both.items()))


def _read_status(written: object) -> str:
    status = str(written)
    if isinstance(written, (bool, float)) or not _STATUS.fullmatch(status):
        raise ValueError(f"a status is a number such as 404 or a class such as 4xx, not {status!r}")
    return status


def _read_pairs(
    written: Mapping[str, Any], key: str, read: Callable[[object], Any], name_of: Callable[[str], str] = str
) -> tuple[tuple[str, Any], ...]:
    pairs = written.get(key, {})
    if not isinstance(pairs, Mapping):
        raise ValueError(f"{key!r} is a mapping, not {pairs!r}")
    return tuple(sorted((name_of(str(name)), read(value)) for name, value in pairs.items()))


def _read_wanted(value: object) -> str | bool:
    if isinstance(value, (str, bool)):
        return value
    raise ValueError(f"{value!r} is neither a text in quotes nor true (any value) nor false (absent)")


def _read_type(value: object) -> str:
    if value == "missing" or value in TYPES:
        return str(value)
    raise ValueError(f"{value!r} is not a JSON type; known: missing, {', '.join(TYPES)}")
