"""Paired exchanges sorted by operation, with their bodies read: what the study of an upgrade starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from harness.changes.pairing import Paired
from harness.lens.answer import ABSENT, Answer, Call
from harness.model.exchange import Request, Response
from harness.model.json_text import Json, parse
from harness.model.operation import Operation
from harness.model.template import PathTemplate


@dataclass(frozen=True)
class Case:
    """One pair of an operation. `call` is the request as OLD got it; bodies are JSON values or ABSENT.

    `forward` says where NEW serves the operation, "" where it did not move."""

    number: int
    pair: Paired
    call: Call
    old_body: Json
    new_body: Json
    operation: Operation
    forward: str

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


OperationOf = Callable[[Request], Operation]


def read_body(response: Response) -> Json:
    """The body as JSON, whatever the content type claims; ABSENT when it is something else or empty."""
    text = response.body.lstrip()
    if not text or text[:1] == b"<":
        return ABSENT
    try:
        return parse(response.body)
    except (ValueError, RecursionError):
        return ABSENT


def call_of(request: Request, template: PathTemplate) -> Call:
    """The call with the template's variables read from its path (raw where it does not fit)."""
    query: dict[str, str] = {}
    for name, value in request.query:
        query.setdefault(name, value)
    return Call(request.method, unquote(request.path), template.match(request.path) or {}, query)


def gather(pairs: Iterable[Paired], operation_of: OperationOf) -> list[OperationCases]:
    """The pairs that have an answer on both sides, by operation and by where NEW serves it."""
    found: dict[tuple[Operation, str], OperationCases] = {}
    for number, paired in enumerate(pairs):
        if paired.old.response is None or paired.new.response is None:
            continue
        operation = operation_of(paired.old.request)
        template = PathTemplate(operation.template)
        forward = moved_template(template, paired.old.request, paired.new.request)
        group = found.setdefault((operation, forward), OperationCases(operation, forward))
        group.cases.append(
            Case(
                number,
                paired,
                call_of(paired.old.request, template),
                read_body(paired.old.response),
                read_body(paired.new.response),
                operation,
                forward,
            )
        )
    return list(found.values())


def moved_template(template: PathTemplate, old: Request, new: Request) -> str:
    """Where NEW serves the call: `METHOD /path/{variable}` in OLD's variables, "" where method and path are the same."""
    if old.path == new.path and old.method == new.method:
        return ""
    values = template.raw(old.path) or {}
    segments = []
    for segment in new.path.split("/"):
        for name, value in sorted(values.items(), key=lambda item: -len(item[1])):
            if segment == value:
                segment = f"{{{name}}}"
                break
            if len(value) > 1 and segment.startswith(value + "."):
                segment = f"{{{name}}}{segment[len(value) :]}"
                break
        segments.append(segment)
    return f"{new.method} {'/'.join(segments)}"
