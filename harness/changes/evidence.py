"""Paired exchanges sorted by operation, with their bodies read: what the study of an upgrade starts from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from harness.changes.drawn import drawn_apart, looks_drawn
from harness.changes.pairing import Paired
from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.request import call_of as called
from harness.model.body import MISSING, Body, Form
from harness.model.body import read_body as body_reading
from harness.model.exchange import Request, Response, header
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.schema.segments import Segment, cut, is_id


@dataclass(frozen=True)
class Case:
    """One pair of an operation. `call` is the request as OLD got it; bodies are JSON values or ABSENT.

    The forms say how each body is written; where they differ OLD's value is not asked for. A body that is not in the
    recording is EMPTY on both sides. `remarks` are what must be said of the two bodies. `forward` says where NEW serves the
    operation, "" where it did not move.
    """

    number: int
    pair: Paired
    call: Call
    old_body: Json
    new_body: Json
    operation: Operation
    forward: str
    old_form: Form = Form.JSON
    new_form: Form = Form.JSON
    remarks: tuple[str, ...] = ()

    @property
    def endless(self) -> bool:
        """Whether the answer may go on for ever, item by item: nothing edits it as a whole."""
        return self.old_form in (Form.LINES, Form.EVENTS)

    @property
    def old(self) -> Response:
        """OLD's answer, which exists."""
        assert self.pair.old.response is not None
        return self.pair.old.response

    @property
    def new(self) -> Response:
        """NEW's answer, which exists."""
        assert self.pair.new.response is not None
        return self.pair.new.response

    def answer(self) -> Answer:
        """NEW's answer as a step sees it, free to be edited."""
        return Answer(self.new.status, list(self.new.headers), read_body(self.new), self.call, received=self.new_body)


@dataclass
class OperationCases:
    """All pairs of an operation whose path NEW serves under one form. `forward` is that form ("" when it did not move)."""

    operation: Operation
    forward: str
    cases: list[Case] = field(default_factory=list)


_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

OperationOf = Callable[[Request], Operation]


def read_body(response: Response) -> Json:
    """The body's value, in whatever form it is written; ABSENT when it holds none."""
    body = body_of(response)
    return body.value if body.is_read else ABSENT


def body_of(response: Response) -> Body:
    """The body, read as its Content-Type names it."""
    return body_reading(response.body, header(response.headers, "content-type") or "")


def call_of(request: Request, template: PathTemplate) -> Call:
    """The call with the template's variables read from its path (raw where it does not fit)."""
    return called(request, template.match(request.path) or {}, unquote(request.path))


def gather(pairs: Iterable[Paired], operation_of: OperationOf) -> list[OperationCases]:
    """The pairs that have an answer on both sides, by operation and by where NEW serves it."""
    found: dict[tuple[Operation, str], OperationCases] = {}
    templates: dict[str, PathTemplate] = {}
    for number, paired in enumerate(pairs):
        if paired.old.response is None or paired.new.response is None:
            continue
        operation = operation_of(paired.old.request)
        template = _template(operation.template, templates)
        forward = moved_template(template, paired.old.request, paired.new.request)
        group = found.setdefault((operation, forward), OperationCases(operation, forward))
        group.cases.append(_case(number, paired, call_of(paired.old.request, template), operation, forward))
    return [_literally(group) for group in found.values()]


def _literally(group: OperationCases) -> OperationCases:
    """Variables that come from the query with words for those that had one value in all calls: one value proves nothing."""
    method, _, text = group.forward.partition(" ")
    template, known = PathTemplate(text), PathTemplate(group.operation.template).variables
    values = [template.match(case.pair.new.request.path) or {} for case in group.cases]
    constant = {
        name: {each[name] for each in values if name in each} for name in template.variables if name not in known
    }
    filled = {name: f"{{{name}}}" for name in template.variables}
    filled |= {name: quote(*words) for name, words in constant.items() if len(words) == 1}
    forward = f"{method} {template.fill(filled)}" if group.forward else ""
    if forward == group.forward:
        return group
    return OperationCases(group.operation, forward, [replace(case, forward=forward) for case in group.cases])


def _template(text: str, known: dict[str, PathTemplate]) -> PathTemplate:
    """Made once for all calls of an operation."""
    if text not in known:
        known[text] = PathTemplate(text)
    return known[text]


def _case(number: int, paired: Paired, call: Call, operation: Operation, forward: str) -> Case:
    old, new = (
        Body(Form.EMPTY) if each.response is None else body_of(each.response) for each in (paired.old, paired.new)
    )
    notes = tuple(str(note) for each in (paired.old, paired.new) if (note := each.meta.get("note")))
    if MISSING in notes:
        old = new = Body(Form.EMPTY)
    unlike = new.is_read and old.form is not new.form
    old_body = old.value if old.is_read and not unlike else ABSENT
    new_body = new.value if new.is_read else ABSENT
    remarks = (*old.remarks, *new.remarks, *notes)
    return Case(number, paired, call, old_body, new_body, operation, forward, old.form, new.form, remarks)


def moved_template(template: PathTemplate, old: Request, new: Request) -> str:
    """Where NEW serves the call: `METHOD /path/{variable}` in OLD's variables, "" where it serves it in the same form.

    Ids may differ between the sides, since each version makes its own: an id of NEW's stands for the variable that is left.
    """
    values = template.raw(old.path) or {}
    same = (
        old.path == new.path or _same_but_for_ids(template, values, new.path) or _same_but_for_made(old.path, new.path)
    )
    if old.method == new.method and same:
        return ""
    known = old.path.split("/")
    segments = [_in_variables(segment, values, known) for segment in new.path.split("/")]
    segments = [_from_query(segment, old, known) for segment in segments]
    used = {name for name in values if any(f"{{{name}}}" in segment for segment in segments)}
    left = [name for name in values if name not in used and is_id(_segment(values[name]), None)]
    ids = [at for at, segment in enumerate(segments) if "{" not in segment and _differs_as_id(segments, at, old.path)]
    if len(ids) == len(left):
        for at, name in zip(ids, left, strict=True):
            suffix = _segment(segments[at]).suffix
            segments[at] = f"{{{name}}}{'' if values[name].endswith(suffix) else suffix}"
    return f"{new.method} {'/'.join(segments)}"


def _same_but_for_made(old: str, new: str) -> bool:
    """Whether each segment that differs is a name that each version's run drew for itself."""
    here, there = old.split("/"), new.split("/")
    return len(here) == len(there) and all(
        one == its or drawn_apart(one, its) for one, its in zip(here, there, strict=True)
    )


def _same_but_for_ids(template: PathTemplate, values: Mapping[str, str], path: str) -> bool:
    theirs = template.raw(path)
    return theirs is not None and all(
        theirs[name] == value or (is_id(_segment(value), None) and _is_made(_segment(theirs[name]), None))
        for name, value in values.items()
    )


def _in_variables(segment: str, values: Mapping[str, str], known: Sequence[str]) -> str:
    """The segment with a variable in the place of its value, the longest value first; `known` are OLD's own segments."""
    ordered = sorted(values.items(), key=lambda item: -len(item[1]))
    for name, value in ordered:
        if segment == value:
            return f"{{{name}}}"
        if segment.startswith(value + ".") and (len(value) > 1 or _segment(segment).stem == value):
            return f"{{{name}}}{segment[len(value) :]}"
    for name, value in ordered:  # u-7, or posts(7)
        found = inside(value, segment)
        if found is not None and segment not in known and is_id(_segment(value), None):
            return f"{segment[: found.start()]}{{{name}}}{segment[found.end() :]}"
    return segment


def inside(value: str, text: str) -> re.Match[str] | None:
    """Where a value stands in a text as a word of its own: the 7 of `u-7`, not of `17`."""
    return re.search(rf"(?<![A-Za-z0-9.]){re.escape(value)}(?![A-Za-z0-9.])", text)


def _from_query(segment: str, old: Request, known: Sequence[str]) -> str:
    """A segment that only NEW's path has, and that OLD was asked for in its query, as a variable of that name."""
    if "{" in segment or segment in known or not segment:
        return segment
    names = [name for name, value in old.query if value == unquote(segment) and _NAME.fullmatch(name)]
    return f"{{{names[0]}}}" if len(names) == 1 else segment


def _differs_as_id(segments: Sequence[str], at: int, old_path: str) -> bool:
    """Whether a segment of NEW's path is an id that OLD's path does not have."""
    previous = segments[at - 1] if at else None
    return _is_made(_segment(segments[at]), previous or None) and segments[at] not in old_path.split("/")


def _is_made(segment: Segment, previous: str | None) -> bool:
    """Whether it is an id, or looks like a name that a version drew by lot."""
    return is_id(segment, previous) or looks_drawn(segment.stem.encode("utf-8", "replace"))


def _segment(text: str) -> Segment:
    return cut(text)[0]
