"""Parameters, headers and bodies of requests that no value in OLD's request explains: what was renamed without a word alike,
and what is always sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.changes.agreement import same
from harness.changes.explain import Explained, Pair
from harness.changes.kind import kinds
from harness.changes.node import Proposal
from harness.changes.telling import telling_apart
from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import BodyStep
from harness.lens.steps.default import Default
from harness.lens.steps.rename import Rename
from harness.lens.steps.replace import Replace
from harness.model.change import Support
from harness.model.json_text import Json, serialize
from harness.model.paths import Path

ADDED = "request-parameter-added"
RENAMED = "request-parameter-renamed"
_TWICE = 2


def renamed(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """A parameter that is always gone where another one is new, with the same value, and no third one can be either."""
    for place in ("query", "header"):
        gone = dict.fromkeys(name for pair in pairs for name in pair.answer.body[place] if name not in pair.old[place])
        came = dict.fromkeys(name for pair in pairs for name in pair.old[place] if name not in pair.answer.body[place])
        alike = [(old, new) for old in gone for new in came if _is_same(pairs, place, old, new)]
        for old, new in alike:
            if sum(old == one or new == other for one, other in alike) > 1:
                continue
            having = [pair for pair in pairs if new in pair.old[place]]
            values = {serialize(pair.old[place][new]) for pair in having}
            support = Support(pairs=len(pairs), agreeing=len(having), distinct=len(values))
            step = Rename(at=(place,), from_=old, to=new)
            proposal = Proposal(step, f"{new!r} was called {old!r}", {"old": new, "new": old})
            yield Explained(kinds()[RENAMED], (place,), proposal, step, support, None, None)


def _is_same(pairs: Sequence[Pair], place: str, old: str, new: str) -> bool:
    return all(
        pair.answer.body[place].get(old) == pair.old[place].get(new)
        and not (old in pair.old[place] or new in pair.answer.body[place])
        for pair in pairs
    )


def added(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """Parameters and headers that NEW is asked with whenever it is asked so: who asked NEW knew why."""
    for place in ("query", "header"):
        names = dict.fromkeys(name for pair in pairs for name in pair.old[place])
        for name in names:
            having = [pair for pair in pairs if name in pair.old[place] and name not in pair.answer.body[place]]
            others = [pair for pair in pairs if name not in pair.old[place] and name not in pair.answer.body[place]]
            condition = _constant(having, others, [pair.old[place][name] for pair in having])
            if condition is None:
                continue
            value = having[0].old[place][name]
            for pair in having:
                pair.answer.body[place][name] = value
            step = Default(at=(place,), key=name, value=value, when=condition)
            yield _assumed((place,), step, f"{place} {name!r} is sent as {value!r}", pairs, having)
    yield from _body(pairs)


def _body(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """A body that says the same in every call, where OLD's said nothing."""
    having = [
        pair for pair in pairs if "body" in pair.old and pair.answer.body.get("body", ABSENT) in (ABSENT, {}, [], None)
    ]
    having = [pair for pair in having if not same(pair.old["body"], pair.answer.body.get("body", ABSENT))]
    condition = _constant(having, [pair for pair in pairs if pair not in having], [pair.old["body"] for pair in having])
    if condition is None:
        return
    value = having[0].old["body"]
    had = all("body" in pair.answer.body for pair in having)
    for pair in having:
        pair.answer.body["body"] = value
    put: BodyStep = Replace(at=("body",), value=value, when=condition)
    step = put if had else Default(key="body", value=value, when=condition)
    yield _assumed(("body",), step, "the body is always the same", pairs, having)


def _constant(having: Sequence[Pair], others: Sequence[Pair], values: Sequence[Json]) -> Condition | None:
    """Where one value holds for differing calls, the condition that tells these from the others; None where it does not."""
    if len({_asked(pair) for pair in having}) < _TWICE or len({serialize(value) for value in values}) != 1:
        return None
    if not others:
        return ALWAYS
    mine, theirs = ([pair.answer for pair in each] for each in (having, others))
    return telling_apart(mine, theirs, status=False, body=False)


def _assumed(at: Path, step: BodyStep, message: str, pairs: Sequence[Pair], having: Sequence[Pair]) -> Explained:
    support = Support(pairs=len(pairs), agreeing=len(having), distinct=len({_asked(pair) for pair in having}))
    value = getattr(step, "value", None)
    return Explained(kinds()[ADDED], at, Proposal(step, message, {"value": value}), step, support, None, value)


def _asked(pair: Pair) -> bytes:
    return serialize({"path": pair.old["path"], "query": pair.old["query"]})
