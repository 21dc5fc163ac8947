"""Paired bodies and recordings written in one line each, and what learning from them gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from harness.changes.explain import Explained, Pair, explain
from harness.changes.node import Node, Sample
from harness.changes.residue import Residue, residue
from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.step import Step
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import Json, serialize
from harness.model.paths import Path

JSON = {"Content-Type": "application/json"}
Query = Mapping[str, str]


def answer(body: Json = ABSENT, query: Query | None = None, status: int = 200, headers: Query = JSON) -> Answer:
    """NEW's answer with a body of its own, as it came."""
    return Answer(status, list(headers.items()), deepcopy(body), Call(query=query or {}), received=deepcopy(body))


def pairs(olds: Sequence[Json], news: Sequence[Json], queries: Sequence[Query] | None = None) -> list[Pair]:
    """Pairs that may be edited: nothing of them is shared with what was given."""
    asked = queries or [{}] * len(olds)
    return [
        Pair(number, deepcopy(old), answer(new, query))
        for number, (old, new, query) in enumerate(zip(olds, news, asked, strict=True))
    ]


def node(olds: Sequence[Json], news: Sequence[Json], at: Path = ()) -> Node:
    """A place with a sample a pair; what is put there shows in the sample's answer."""
    samples = []
    for each in pairs(olds, news):

        def put(value: Json, answer: Answer = each.answer) -> None:
            answer.body = value

        samples.append(Sample(each.number, each.old, each.answer.body, each.answer, put))
    return Node(at, samples)


@dataclass(frozen=True)
class Learned:
    """What `explain` and then `residue` say of pairs; `bodies` are NEW's as they were left."""

    explained: list[Explained]
    residue: list[Residue]
    bodies: list[Json]

    @property
    def kinds(self) -> list[str]:
        """The ids of all that was found."""
        return [each.kind.id for each in self.explained] + [each.kind for each in self.residue]

    @property
    def steps(self) -> list[Step]:
        """The steps to apply, in order."""
        return [each.step for each in self.explained if each.step is not None]


def learn(olds: Sequence[Json], news: Sequence[Json], queries: Sequence[Query] | None = None) -> Learned:
    """Explain copies, and say what remains."""
    learning = pairs(olds, news, queries)
    explained = explain(learning)
    return Learned(explained, residue(learning), [each.answer.body for each in learning])


def applied(steps: Iterable[Step], news: Sequence[Json], queries: Sequence[Query] | None = None) -> list[Json]:
    """NEW's bodies, fresh, after the steps in their order: what a shim would answer."""
    answers = [each.answer for each in pairs(news, news, queries)]
    for step in steps:
        edit = step.compile()
        for each in answers:
            edit(each)
    return [each.body for each in answers]


def exchange(
    line: str, body: Json = ABSENT, *, status: int = 200, headers: Query = JSON, call: str | None = None, text: str = ""
) -> Exchange:
    """`METHOD /path?query` (GET where none is said), and the JSON value or text that was answered; `call` is its id."""
    method, _, path = line.rpartition(" ")
    sent = text.encode() if body is ABSENT else serialize(body)
    return Exchange(
        Request(method or "GET", f"http://host{path}"), Response(status, tuple(headers.items()), sent), id=call
    )


def recording(*exchanges: Exchange) -> Recording:
    """Exchanges in this order."""
    return Recording(exchanges)


def calls(line: str, *bodies: Json) -> Recording:
    """One call after another, {} in the line standing for its number."""
    return recording(*(exchange(line.format(number), body) for number, body in enumerate(bodies, 1)))
