"""Where each value behind a shim may come from: NEW's answer, the call, the shim's own parameters, or what its steps document
to make of these. Anything else is invented.

The steps themselves are not asked: a step that makes up a value would say that it is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from harness.lens.answer import ABSENT, Answer
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.rebuild import rebuilt
from harness.lens.step import BodyStep, Step
from harness.lens.steps.head import Head
from harness.lens.steps.recase import Recase, words
from harness.model.json_text import Json, parse, serialize
from harness.model.paths import parse_path

_CARRYING = frozenset({
    "convert", "copy", "default", "drop", "drop-header", "entries", "flatten", "head", "header-to-member",
    "hoist", "key-by", "listify", "member-to-header", "merge", "move", "names", "pick", "plunge", "recase",
    "rename", "rename-header", "replace", "scatter", "set-header", "sort", "status", "table", "unwrap",
    "values", "without", "wrap",
})  # fmt: skip
"""Steps that put values elsewhere, take them from their parameters, or convert them `using` a conversion."""

_ASSEMBLING = frozenset({
    "absolute", "affix", "affix-names", "combine", "divide", "join", "relative", "split",
})  # fmt: skip
"""Steps that cut texts and put the parts together again, or together with their parameters."""

_ROUNDS = 2
"""A value that was converted may be converted again."""
_PARTS = 2
"""A step cuts a text at one place or two."""
_LONGEST = 2_000
"""Characters: a longer text is not taken apart to see what it was made of."""


class Provenance:
    """All that a value may come from, for one answer and the steps that it goes through."""

    def __init__(self, steps: Sequence[Step], answer: Answer, chosen: Sequence[Json] = ()) -> None:
        """`chosen` are values that a person put into the shim for what is lost."""
        self._assembled = any(step.name in _ASSEMBLING for step in steps)
        self._recased = any(isinstance(step, Recase) for step in steps)
        known = chain(
            _of_answer(answer), *map(_parts, chosen), *map(_constants, steps), *(_made(step, answer) for step in steps)
        )
        self._scalars = {_mark(value): value for value in known}
        for step in _ROUNDS * tuple(steps):
            made = [made for value in self._scalars.values() for made in _converted(step, value)]
            self._scalars |= {_mark(value): value for value in made}
        self._texts = {value for value in self._scalars.values() if isinstance(value, str) and value}
        self._lines = self._texts | {text.decode() for text in self._scalars}
        self._words = {"".join(words(text)).lower() for text in self._texts} if self._recased else set()

    def invented(self, answer: Answer) -> Iterator[tuple[str, Json]]:
        """What in an answer comes from nowhere: (`status`, `header NAME`, `a name` or `a value`, what it is)."""
        if _mark(answer.status) not in self._scalars:
            yield "status", answer.status
        for header, text in answer.headers:
            if not (self._has_text(header) and (text in self._lines or self._has_text(text))):
                yield f"header {header}", text
        for name, value in _leaves(answer.body):
            if name is None and value is not ABSENT and not self._has(value):
                yield "a value", value
            elif name is not None and not (self._has_text(name) or "".join(words(name)).lower() in self._words):
                yield "a name", name

    def _has(self, value: Json) -> bool:
        if isinstance(value, (dict, list)):
            return True  # an empty one: of others, what is inside is looked at
        return _mark(value) in self._scalars or (isinstance(value, str) and self._has_text(value))

    def _has_text(self, text: str) -> bool:
        return not text or text in self._texts or (self._assembled and self._is_assembled(text))

    def _is_assembled(self, text: str) -> bool:
        """Whether known texts and a few parts of known texts, one behind the other, are this one."""
        if len(text) > _LONGEST:
            return True
        parts = {0: 0}  # how many parts, at least, it takes up to a place
        for start in range(len(text)):
            used = parts.get(start, _PARTS + 1)
            reached = [(start + len(known), used) for known in self._texts if text.startswith(known, start)]
            reached += [(start + length, used + 1) for length in range(1, self._longest_part(text[start:]) + 1)]
            for end, count in reached if used <= _PARTS else ():
                parts[end] = min(count, parts.get(end, count))
        return parts.get(len(text), _PARTS + 1) <= _PARTS

    def _longest_part(self, text: str) -> int:
        """How much of the text's beginning is part of a known text."""
        longest = 0
        for known in self._texts:
            while longest < len(text) and text[: longest + 1] in known:
                longest += 1
        return longest


def _mark(value: Json) -> bytes:
    """The value as text, as it is written once it has been read: 5.50 comes back as 5.5."""
    text = serialize(value)
    return serialize(parse(text)) if isinstance(value, float) else text


def _of_answer(answer: Answer) -> Iterator[Json]:
    """Values and names, the call, the headers, the status, and how many there are of anything."""
    call = answer.call
    yield from (answer.status, call.method, call.path, call.origin)
    yield from chain(call.variables.values(), call.query.values(), call.headers.values())
    yield from chain.from_iterable(chain(answer.headers, *(each.headers for each in answer.called.values())))
    for body in (answer.body, call.body, *(each.body for each in answer.called.values())):
        yield from _parts(body)
        yield from (len(each) for each in _containers(body) if isinstance(each, list))


def _constants(step: Step) -> Iterator[Json]:
    """What the shim's file says in a step: values, names, and the names in paths."""
    for value in _parts(step.parameters()):
        yield value
        if isinstance(value, str) and value[:1] == "$":
            with suppress(ValueError):
                yield from (name for name in parse_path(value) if isinstance(name, str))
    if isinstance(step, Head) and step.empty:
        yield None  # in place of an empty list's


def _parts(value: Json) -> Iterator[Json]:
    """Names and leaves; of a text that is JSON, what it holds as well."""
    for name, leaf in _leaves(value):
        if name is not None:
            yield name
        elif not isinstance(leaf, (dict, list)) and leaf is not ABSENT:
            yield leaf


def _leaves(value: Json) -> Iterator[tuple[str | None, Json]]:
    """(name, ABSENT) for each member, (None, value) for each scalar and each empty container."""
    for each in _containers(value):
        if isinstance(each, dict) and each:
            yield from ((name, ABSENT) for name in each)
        elif not isinstance(each, list) or not each:
            yield None, each


def _containers(value: Json) -> Iterator[Json]:
    """The value and all that is inside, to any depth."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, (dict, list)):
            waiting += each.values() if isinstance(each, dict) else each


def _converted(step: Step, value: Json) -> Iterator[Json]:
    conversion = CONVERSIONS.get(getattr(step, "using", ""))
    made = UNFIT if conversion is None else conversion.forward(value)
    if made is not UNFIT:
        yield made


def _made(step: Step, answer: Answer) -> Iterator[Json]:
    """What a step of another sort makes of the answer, and of each value by itself: it is what its author says that it is."""
    if step.name in _CARRYING | _ASSEMBLING:
        return
    edited = replace(answer, headers=[*answer.headers], body=rebuilt(answer.body))
    step.compile()(edited)
    yield from _of_answer(edited)
    if isinstance(step, BodyStep):
        edit = step.edit()
        for each in _containers(answer.body):
            yield from _parts(edit(each, edited))
