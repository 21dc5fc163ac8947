"""How much of OLD's answers comes back when NEW is asked in some way: what the steps that explain the rest bring counts, what
they would invent does not.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from harness.changes.agreement import agreement, leaf_count, pair_elements, same
from harness.changes.evidence import read_body
from harness.changes.explain import Pair, explain
from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.condition import json_type
from harness.lens.rebuild import rebuilt
from harness.lens.step import Step
from harness.lens.steps.default import Default
from harness.lens.steps.replace import Replace
from harness.lens.steps.table import Table
from harness.model.collector import collector_paused
from harness.model.exchange import Exchange, Response
from harness.model.json_text import Json

GOOD = 0.8
"""A share of OLD's answer that does not come back by chance."""

_TELLING = 3
_DEPTH = 4
_MANY = 20
_INVENTING = (Default, Replace, Table)
"""What these steps bring stands in the step, not in NEW's answer."""


@dataclass(frozen=True)
class Verdict:
    """Call by call, the share of OLD's answer that comes back: 0 to 1, and how many of its leaves are `equal`.

    Before any step, `missing` are names of OLD's members that NEW's answers lack, and `agreeing` of those that they have with
    OLD's value, once for each place; `form` is the share of OLD's places, where these are many, that have the same type.
    """

    shares: tuple[float, ...]
    equal: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    agreeing: tuple[str, ...] = ()
    form: float = 0.0

    def back(self, names: Container[str]) -> int:
        """How many members of these names stand in NEW's answers with OLD's value."""
        return sum(name in names for name in self.agreeing)

    @property
    def mean(self) -> float:
        """Of all calls."""
        return sum(self.shares) / len(self.shares) if self.shares else 0.0

    @property
    def likeness(self) -> float:
        """Whether these are answers of the same place, though all of their values may be others by now."""
        return max(self.mean, self.form)

    def holds(self, other: Verdict) -> bool:
        """Whether every call that comes back in the other one comes back here too."""
        return all(mine >= GOOD for mine, its in zip(self.shares, other.shares, strict=True) if its >= GOOD)

    @property
    def good(self) -> int:
        """How many calls come back."""
        return sum(share >= GOOD for share in self.shares)


def is_telling(exchange: Exchange) -> bool:
    """Whether OLD's answer to a call can show that NEW's is the same: it succeeded, and says enough."""
    response = exchange.response
    if response is None or not 200 <= response.status < 300:
        return False
    body = read_body(response)
    return body is not ABSENT and leaf_count(body) >= _TELLING


def judge(pairs: Sequence[tuple[Exchange, Exchange]]) -> Verdict:
    """NEW's answers to some calls of one operation against OLD's, all of which are telling."""
    bodies = [(_body(old.response), _fit(new.response)) for old, new in pairs]
    with collector_paused():
        explained = _explained(bodies)
    rows = [(old, new) for (old, _), new in zip(bodies, explained, strict=True)]
    missing = dict.fromkeys(name for old, new in bodies if new is not ABSENT for name in _missing(old, new))
    agreeing = [name for old, new in bodies if new is not ABSENT for name in _agreeing(old, new)]
    equal = tuple(_equal(old, new) for old, new in rows)
    shares = tuple(_share(old, new) for old, new in rows)
    return Verdict(shares, equal, tuple(missing), tuple(agreeing), _alike_in_form(bodies))


def places(response: Response | None) -> frozenset[object]:
    """Where an answer has something, and of which type: what it must have more of where a parameter brought something."""
    return frozenset(_forms(_fit(response)))


def _explained(bodies: Sequence[tuple[Json, Json]]) -> list[Json]:
    """NEW's bodies after the steps that explain how they differ from OLD's, all together."""
    open_ = {number for number, (old, new) in enumerate(bodies) if new is not ABSENT and not _emptied(old, new)}
    pairs = [_pair(number, *bodies[number]) for number in open_]
    steps: list[Step] = [each.step for each in explain(pairs) if each.step and not isinstance(each.step, _INVENTING)]
    applies = [step.compile() for step in steps]
    found = []
    for number, (old, new) in enumerate(bodies):
        answer = _pair(number, old, new).answer
        if number in open_:
            for apply in applies:
                apply(answer)
        found.append(answer.body)
    return found


def _pair(number: int, old: Json, new: Json) -> Pair:
    return Pair(number, old, Answer(200, [], rebuilt(new), Call(), received=new))


def _share(old: Json, new: Json) -> float:
    return 0.0 if new is ABSENT else agreement(old, new)


def _agreeing(old: Json, new: Json, depth: int = 0) -> Iterator[str]:
    """The names of members that both answers have with one value, as far down as names are looked for."""
    if isinstance(old, dict) and isinstance(new, dict) and depth <= _DEPTH:
        for name in old.keys() & new.keys():
            if same(old[name], new[name]):
                yield name
            else:
                yield from _agreeing(old[name], new[name], depth + 1)


def _missing(old: Json, new: Json, depth: int = 0) -> Iterator[str]:
    """The names of OLD's members that are missing, in lists as far as the first elements tell."""
    if depth > _DEPTH:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from (name for name in old if name not in new)
        for name in old.keys() & new.keys():
            yield from _missing(old[name], new[name], depth + 1)
    elif isinstance(old, list) and isinstance(new, list):
        for here, there in zip(old[:_TELLING], new, strict=False):
            yield from _missing(here, there, depth + 1)


def _alike_in_form(bodies: Sequence[tuple[Json, Json]]) -> float:
    wanted = [(set(_forms(old)), set(_forms(new))) for old, new in bodies]
    many = [len(old & new) / len(old) for old, new in wanted if len(old) >= _MANY]
    return min(many, default=0.0) if len(many) == len(bodies) else 0.0


def _forms(value: Json, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every place that is no object and no list, the elements of a list as one, with its type."""
    if isinstance(value, (dict, list)) and value:
        members = value.items() if isinstance(value, dict) else (("*", item) for item in value)
        for name, item in members:
            yield from _forms(item, (*at, name))
    else:
        yield at, json_type(value)


def _equal(old: Json, new: Json) -> int:
    """How many leaves have OLD's value in their place."""
    if isinstance(old, dict) and isinstance(new, dict) and old:
        return sum(_equal(item, new[name]) for name, item in old.items() if name in new)
    if isinstance(old, list) and isinstance(new, list) and old:
        return sum(_equal(old[left], new[right]) for left, right in pair_elements(old, new)[0])
    return int(new is not ABSENT and same(old, new))


def _emptied(old: Json, new: Json) -> bool:
    return leaf_count(new) < min(_TELLING, leaf_count(old))


def _fit(response: Response | None) -> Json:
    """NEW's body where the call succeeded."""
    return _body(response) if response is not None and 200 <= response.status < 300 else ABSENT


def _body(response: Response | None) -> Json:
    return ABSENT if response is None else read_body(response)
