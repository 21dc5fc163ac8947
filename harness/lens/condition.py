"""When a step applies: what the data showed to tell the cases apart (a query parameter, a status, a form of the body)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import get
from harness.model.json_text import Json
from harness.model.paths import format_path, parse_path

Test = Callable[[Answer], bool]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "null": (type(None),),
    "boolean": (bool,),
    "number": (int, float),
    "string": (str,),
    "array": (list,),
    "object": (dict,),
}


def json_type(value: Json) -> str:
    """JSON's own word for the value's type; `missing` for ABSENT."""
    if value is ABSENT:
        return "missing"
    if isinstance(value, bool):
        return "boolean"
    return next(name for name, types in _TYPES.items() if isinstance(value, types))


@dataclass(frozen=True)
class Condition:
    """All of its parts must hold. Each is a tuple of pairs, so that a condition can be a key.

    `status`: a number or a class such as "4xx" (of NEW's answer). `query` and `path`: name -> value, True for any value,
    False for absent (of the call as the plugin made it). `body`: JSONPath -> a type's name in the body at that moment.
    """

    status: str = ""
    query: tuple[tuple[str, str | bool], ...] = ()
    path: tuple[tuple[str, str | bool], ...] = ()
    body: tuple[tuple[str, str], ...] = ()

    def and_(self, other: Condition) -> Condition:
        """Both."""
        return Condition(
            other.status or self.status,
            tuple(sorted(dict(self.query + other.query).items())),
            tuple(sorted(dict(self.path + other.path).items())),
            tuple(sorted(dict(self.body + other.body).items())),
        )

    def test(self) -> Test:
        """The condition as a function."""
        tests: list[Test] = []
        if self.status:
            tests.append(_status_test(self.status))
        tests += [_named_test("query", name, wanted) for name, wanted in self.query]
        tests += [_named_test("variables", name, wanted) for name, wanted in self.path]
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
    def read(cls, written: Mapping[str, Any]) -> Condition:
        """From a shim file. Raises ValueError naming what is wrong."""
        unknown = set(written) - {"status", "query", "path", "body"}
        if unknown:
            raise ValueError(f"unknown key {min(unknown)!r} in a condition; known: status, query, path, body")
        status = str(written.get("status", ""))
        if status and not (len(status) == 3 and status[0].isdigit() and (status.isdigit() or status[1:] == "xx")):
            raise ValueError(f"a status is a number such as 404 or a class such as 4xx, not {status!r}")
        for path, kind in written.get("body", {}).items():
            parse_path(path)
            if kind != "missing" and kind not in _TYPES:
                raise ValueError(f"{kind!r} is not a JSON type; known: missing, {', '.join(_TYPES)}")
        return cls(status, *(tuple(sorted(written.get(key, {}).items())) for key in ("query", "path", "body")))


ALWAYS = Condition()


def body_is(path: tuple[Any, ...], kind: str) -> Condition:
    """The condition that the body has a value of that JSON type (or `missing`) at `path`."""
    return Condition(body=((format_path(path), kind),))


def _status_test(status: str) -> Test:
    if status.isdigit():
        number = int(status)
        return lambda answer: answer.status == number
    hundreds = int(status[0])
    return lambda answer: answer.status // 100 == hundreds


def _named_test(where: str, name: str, wanted: str | bool) -> Test:
    def test(answer: Answer) -> bool:
        found = getattr(answer.call, where).get(name)
        return (found is not None) is wanted if isinstance(wanted, bool) else found == wanted

    return test


def _body_test(path: str, kind: str) -> Test:
    steps = parse_path(path)
    return lambda answer: json_type(get(answer.body, steps)) == kind
