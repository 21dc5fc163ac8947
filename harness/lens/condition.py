"""When a step applies: what the data showed to tell the cases apart (a query parameter, a status, a form of the body)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from harness.lens.answer import Answer
from harness.lens.form import (
    TYPES,
    Form,
    Is,
    ValueTest,
    form_at,
    implies,
    is_value,
    json_type,
    read_form,
    read_place,
    write_form,
)
from harness.model.paths import Path, format_path

__all__ = ["ALWAYS", "TYPES", "Condition", "Form", "Is", "body_is", "is_value", "json_type"]

Test = Callable[[Answer], bool]
T = TypeVar("T")
Named = tuple[tuple[str, str | bool], ...]
Forms = tuple[tuple[str, Form], ...]

_STATUS = re.compile(r"[1-9](?:[0-9][0-9]|xx)")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_KEYS = {"status": "status", "content-type": "content_type", "query": "query", "path": "path", "body": "body"}
"""The parts as they are called in a shim file, and here."""


@dataclass(frozen=True)
class Condition:
    """All of its parts must hold. Each is hashable, so that a condition can be a key.

    `status`: a number or a class such as "4xx"; `content_type`: a media type in lower case, without parameters; both of the
    answer at that moment. `query` and `path`: name -> value, True for any value, False for absent (of the call as the plugin
    made it). `body`: JSONPath -> the form of the value there at that moment. Where the path names many places (`[*]`, `.*`),
    each of the values there has the form. `$…` starts at the body; `@…` at the element of the innermost `[*]` or `.*` in a
    step's `at`, for each element on its own, and at the body where there is none.
    """

    status: str = ""
    query: Named = ()
    path: Named = ()
    body: Forms = ()
    content_type: str = ""

    def and_(self, other: Condition) -> Condition:
        """Both, each part as narrow as the narrower; of two that cannot hold together, what `other` says."""
        return Condition(
            _narrower_status(self.status, other.status),
            _both(self.query, other.query, _is_narrower),
            _both(self.path, other.path, _is_narrower),
            _both(self.body, other.body, implies),
            other.content_type or self.content_type,
        )

    def test(self) -> Test:
        """The condition as a function; what it asks of an element it asks of the body."""
        tests: list[Test] = [_status_test(self.status)] if self.status else []
        tests += [_content_type_test(self.content_type)] if self.content_type else []
        tests += [_query_test(name, wanted) for name, wanted in self.query]
        tests += [_path_test(name, wanted) for name, wanted in self.path]
        tests += [_on_body(form_at(path, form)) for path, form in self.body]
        if len(tests) == 1:
            return tests[0]
        return lambda answer: all(test(answer) for test in tests)

    def near(self) -> ValueTest | None:
        """What it asks of an element (`@…`), as a function of the element; None where it asks nothing of it."""
        tests = [form_at(path, form) for path, form in self.body if path.startswith("@")]
        return (lambda value: all(test(value) for test in tests)) if tests else None

    def far(self) -> Condition:
        """The rest: what is decided once for an answer."""
        return replace(self, body=tuple(pair for pair in self.body if not pair[0].startswith("@")))

    def of_call(self) -> Condition:
        """What it asks of the call alone."""
        return Condition(query=self.query, path=self.path)

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
        if self.content_type:
            written["content-type"] = self.content_type
        written |= {key: dict(pairs) for key in ("query", "path") if (pairs := getattr(self, key))}
        if self.body:
            written["body"] = {path: write_form(form) for path, form in self.body}
        return written

    @classmethod
    def read(cls, written: object) -> Condition:
        """From a shim file. Raises ValueError naming what is wrong."""
        known = ", ".join(_KEYS)
        if not isinstance(written, Mapping):
            raise ValueError(f"a condition is a mapping with {known}, not {written!r}")
        if unknown := set(written) - set(_KEYS):
            raise ValueError(f"unknown key {min(map(str, unknown))!r} in a condition; known: {known}")
        return cls(**{_KEYS[key]: _READERS[key](value) for key, value in written.items()})


ALWAYS = Condition()


def body_is(path: Path, form: Form) -> Condition:
    """The condition that the body has a value of that form (or `missing`) at `path`."""
    return Condition(body=((format_path(path), form),))


def _status_test(status: str) -> Test:
    if status.isdigit():
        number = int(status)
        return lambda answer: answer.status == number
    hundreds = int(status[0])
    return lambda answer: answer.status // 100 == hundreds


def _content_type_test(wanted: str) -> Test:
    return lambda answer: (answer.header("content-type") or "").partition(";")[0].strip(" \t").lower() == wanted


def _query_test(name: str, wanted: str | bool) -> Test:
    return lambda answer: _is_wanted(answer.call.query.get(name), wanted)


def _path_test(name: str, wanted: str | bool) -> Test:
    return lambda answer: _is_wanted(answer.call.variables.get(name), wanted)


def _is_wanted(found: str | None, wanted: str | bool) -> bool:
    return (found is not None) is wanted if isinstance(wanted, bool) else found == wanted


def _on_body(test: ValueTest) -> Test:
    return lambda answer: test(answer.body)


def _narrower_status(left: str, right: str) -> str:
    return left if not right or right == f"{left[:1]}xx" else right


def _is_narrower(left: str | bool, right: str | bool) -> bool:
    """Of what is asked of a parameter: a value is narrower than any value."""
    return right is True and isinstance(left, str)


def _both(
    left: tuple[tuple[str, Any], ...], right: tuple[tuple[str, Any], ...], is_narrower: Callable[[Any, Any], bool]
) -> tuple[tuple[str, Any], ...]:
    both = dict(left)
    for name, wanted in right:
        if name not in both or not is_narrower(both[name], wanted):
            both[name] = wanted
    return tuple(sorted(both.items(), key=_name))


def _name(pair: tuple[str, Any]) -> str:
    return pair[0]


def _read_status(written: object) -> str:
    status = str(written)
    if isinstance(written, (bool, float)) or not _STATUS.fullmatch(status):
        raise ValueError(f"a status is a number such as 404 or a class such as 4xx, not {status!r}")
    return status


def _read_content_type(written: object) -> str:
    if not isinstance(written, str) or not _MEDIA_TYPE.fullmatch(written):
        raise ValueError(f"a content type is a text such as application/json, in lower case, not {written!r}")
    return written


def _read_named(written: object) -> Named:
    return _read_pairs(written, str, _read_wanted)


def _read_forms(written: object) -> Forms:
    return _read_pairs(written, read_place, read_form)


def _read_pairs(
    written: object, name_of: Callable[[str], str], read: Callable[[object], T]
) -> tuple[tuple[str, T], ...]:
    if not isinstance(written, Mapping):
        raise ValueError(f"a condition on the query, the path or the body is a mapping, not {written!r}")
    return tuple(sorted(((name_of(str(name)), read(value)) for name, value in written.items()), key=_name))


def _read_wanted(value: object) -> str | bool:
    if isinstance(value, (str, bool)):
        return value
    raise ValueError(f"{value!r} is neither a text in quotes nor true (any value) nor false (absent)")


_READERS: Mapping[str, Callable[[object], Any]] = {
    "status": _read_status,
    "content-type": _read_content_type,
    "query": _read_named,
    "path": _read_named,
    "body": _read_forms,
}
