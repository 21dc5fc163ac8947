"""Telling cases apart: the plainest condition under which a step helps and without which it would harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS, Condition, body_is, is_value, json_type
from harness.model.paths import format_path
from harness.schema.segments import cut, is_id

_MOST_VALUES = 12
_MOST_PARTS = 3
_ERROR = 400


def telling_apart(
    helped: Sequence[Answer], harmed: Sequence[Answer], *, body: bool = True, status: bool = True
) -> Condition | None:
    """The plainest condition that holds for every helped answer and for no harmed one; None if there is none.

    It is a conjunction of at most three parts: of those that hold for all that is helped, each time the one that keeps the
    most harm away, the plainest among equals. What the caller asked for is plainer than what the answer looks like.
    Without `body` and `status` these say nothing.
    """
    condition, left = ALWAYS, list(harmed)
    parts = [(part, part.test()) for part in _candidates([*helped, *harmed], body, status)]
    parts = [(part, test) for part, test in parts if all(map(test, helped))]
    for _ in range(_MOST_PARTS):
        best = max(parts, key=lambda row: sum(not row[1](answer) for answer in left), default=None)
        if best is None or all(map(best[1], left)):
            return None
        condition = condition.and_(best[0])
        left = [answer for answer in left if best[1](answer)]
        if not left:
            return condition
    return None


def _candidates(answers: Sequence[Answer], body: bool, status: bool) -> Iterator[Condition]:
    names = dict.fromkeys(name for answer in answers for name in answer.call.query)
    if body and all(answer.status >= _ERROR for answer in answers):
        yield from _discriminator_candidates(answers)  # an error says of itself what it is
    if not body:
        yield from _path_candidates(answers)
    for name in names:
        yield Condition(query=((name, False),))
        yield Condition(query=((name, True),))
    if body:
        yield from _body_candidates(answers)
    for name in names:
        values = dict.fromkeys(answer.call.query[name] for answer in answers if name in answer.call.query)
        if len(values) <= _MOST_VALUES:
            yield from (Condition(query=((name, value),)) for value in values)
    if body:
        yield from _path_candidates(answers)
    if status:
        yield from (Condition(status=f"{code}xx") for code in dict.fromkeys(answer.status // 100 for answer in answers))
        yield from (Condition(status=code) for code in dict.fromkeys(str(answer.status) for answer in answers))


def _path_candidates(answers: Sequence[Answer]) -> Iterator[Condition]:
    """The words that stand for a variable of the path: `/bikes/count` is no bike. An id tells one thing from all others."""
    values: dict[tuple[str, str], None] = {}
    for answer in answers:
        values |= dict.fromkeys(answer.call.variables.items())
    words = [(name, value) for name, value in values if not is_id(cut(value)[-1], None)]
    yield from (Condition(path=(word,)) for word in words[:_MOST_VALUES])


def _body_candidates(answers: Sequence[Answer]) -> Iterator[Condition]:
    """The body's type, and the types of the members that it has in some answers only or with several types."""
    yield from (Condition(body=(("$", kind),)) for kind in dict.fromkeys(json_type(answer.body) for answer in answers))
    types: dict[str, dict[str, int]] = {}
    for answer in answers:
        if isinstance(answer.body, dict):
            for name, item in answer.body.items():
                counts = types.setdefault(name, {})
                counts[json_type(item)] = counts.get(json_type(item), 0) + 1
    telling = [name for name, counts in types.items() if len(counts) > 1 or sum(counts.values()) < len(answers)]
    for name in sorted(telling, key=lambda name: -sum(types[name].values()))[:_MOST_VALUES]:
        yield from (body_is((name,), kind) for kind in types[name])
        yield body_is((name,), "missing")
    yield from _discriminator_candidates(answers)


def _discriminator_candidates(answers: Sequence[Answer]) -> Iterator[Condition]:
    """The texts that a member has in several answers: what an answer says of itself, as an error's code does."""
    texts: dict[str, Counter[str]] = {}
    for answer in answers:
        if isinstance(answer.body, dict):
            for name, item in answer.body.items():
                if isinstance(item, str):
                    texts.setdefault(name, Counter())[item] += 1
    for name, known in sorted(
        texts.items(), key=lambda row: -len(row[1])
    ):  # the more it tells, the less it tells wrongly
        again = [text for text, count in known.most_common(_MOST_VALUES) if count > 1]
        yield from (Condition(body=((format_path((name,)), is_value(text)),)) for text in again)
