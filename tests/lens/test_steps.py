"""What every step must do: its test vectors, which are not Python, and the laws of lenses on any JSON value."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.condition import ALWAYS
from harness.lens.conversions import CONVERSIONS
from harness.lens.step import BodyStep, Loss, Step, read_step, step_types
from harness.model.json_text import Json, parse, serialize
from tests.lens.strategies import BODIES, answers, fitting, steps
from tests.model.json_values import exact, nested

VECTORS = Path(__file__).with_name("vectors")
SHOWN = {"works", "unfit", "absent", "types", "names", "numbers", "order"}
KINDS = sorted(step_types())
LAWFUL = (
    "absolute", "affix", "affix-names", "convert", "decode-json", "encode-json", "entries", "head", "header-to-member", "hoist",
    "key-by", "listify", "member-to-header", "names", "offset", "order-to-sign", "page", "plunge", "relative", "rename",
    "rename-header", "sign-to-order", "sort-terms", "status", "table", "unwrap", "values", "wrap", "zone",
)  # fmt: skip
"""Steps that lose nothing, with some parameters at least."""

laws = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def vectors(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parse((VECTORS / f"{name}.json").read_bytes())
    return rows


ALL_VECTORS = [pytest.param(row, id=f"{name}: {row['title']}") for name in [*KINDS, "when"] for row in vectors(name)]
REQUESTS = [pytest.param(row, id=row["title"]) for row in vectors("requests")]


def answer_of(written: dict[str, Any]) -> Answer:
    """An answer of its own, to edit."""
    return Answer(
        written.get("status", 200),
        [(key, value) for key, value in written.get("headers", [])],
        parse(serialize(written["body"])) if "body" in written else ABSENT,
        Call(**written.get("call", {})),
        received=parse(serialize(written["received"])) if "received" in written else ABSENT,
        called={name: answer_of(each) for name, each in written.get("called", {}).items()},
    )


def parts(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes | None]:
    """All that a plugin sees of an answer, the body as text."""
    return answer.status, answer.headers, None if answer.body is ABSENT else serialize(answer.body)


@pytest.mark.parametrize("row", ALL_VECTORS)
def test__step__on_a_test_vector__gives_what_it_says(row: dict[str, Any]) -> None:
    answer, expected = answer_of(row["answer"]), answer_of(row["answer"] | row["becomes"])
    read_step(row["step"]).compile()(answer)
    assert parts(answer) == parts(expected)
    assert answer.edits == row.get("edits", 1 if row["becomes"] else 0)
    if row["becomes"]:
        assert parts(expected) != parts(answer_of(row["answer"])), "the row says that it changes something"


@pytest.mark.parametrize("name", [*KINDS, "when"])
def test__vectors__of_a_step__show_every_side_of_it(name: str) -> None:
    rows = vectors(name)
    assert {row["shows"] for row in rows} == SHOWN
    assert all(set(row["step"]) == {name} or name == "when" in row["step"][next(iter(row["step"]))] for row in rows)
    titles = [row["title"] for row in rows]
    assert len(set(titles)) == len(titles)


def test__vectors__all__belong_to_a_step() -> None:
    assert sorted(file.stem for file in VECTORS.glob("*.json")) == sorted([*KINDS, "when", "requests"])


@pytest.mark.parametrize("name", CONVERSIONS)
def test__vectors__of_convert__show_each_conversion_at_work(name: str) -> None:
    assert any(row["step"]["convert"]["using"] == name and row["becomes"] for row in vectors("convert"))


@pytest.mark.parametrize("row", REQUESTS)
def test__steps__on_a_request__turn_olds_form_into_news(row: dict[str, Any]) -> None:
    answer = Answer(0, [], row["request"])
    for written in row["steps"]:
        read_step(written).compile()(answer)
    assert serialize(answer.body) == serialize(row["becomes"])
    assert answer.edits == len(row["steps"])


@pytest.mark.parametrize("name", KINDS)
def test__step__on_any_answer__does_not_raise_and_counts_just_what_it_changes(name: str) -> None:
    @laws
    @given(steps(name), answers())
    def law(step: Step, answer: Answer) -> None:
        before = parts(answer), serialize(answer.received) if answer.received is not ABSENT else None
        step.compile()(answer)
        assert (parts(answer) == before[0]) is (answer.edits == 0)
        assert answer.received is ABSENT or serialize(answer.received) == before[1]

    law()


@pytest.mark.parametrize("row", ALL_VECTORS)
def test__step__on_a_test_vector__shares_nothing_between_places_and_answers(row: dict[str, Any]) -> None:
    _check_that_nothing_is_shared(read_step(row["step"]), answer_of(row["answer"]))


@pytest.mark.parametrize("name", KINDS)
def test__step__on_any_answer__shares_nothing_between_places_and_answers(name: str) -> None:
    @laws
    @given(steps(name), answers())
    def law(step: Step, answer: Answer) -> None:
        _check_that_nothing_is_shared(step, answer)

    law()


@pytest.mark.parametrize("name", [name for name in KINDS if issubclass(step_types()[name], BodyStep)])
def test__edit__of_any_value__leaves_the_value_itself_alone(name: str) -> None:
    @laws
    @given(steps(name), answers(), BODIES)
    def law(step: BodyStep, answer: Answer, value: Json) -> None:
        before = serialize(value)
        step.edit()(value, answer)
        assert serialize(value) == before

    law()


@pytest.mark.parametrize("order", ["get-put", "put-get"])
@pytest.mark.parametrize("name", LAWFUL)
def test__inverse__of_a_lossless_step__brings_everything_back(name: str, order: str) -> None:
    """At one place: others may be in OLD's form already. Hypothesis fails where no example was edited."""

    @settings(laws, max_examples=50)
    @given(steps(name, lossless=True), answers(), st.data())
    def law(step: Step, answer: Answer, data: st.DataObject) -> None:
        assume(step.loss is Loss.ISO)
        inverse = step.inverse()
        assert inverse is not None
        there, back = (step, inverse) if order == "get-put" else (inverse, step)
        if isinstance(there, BodyStep) and isinstance(back, BodyStep):
            answer.body = data.draw(BODIES | fitting(there))
            there, back = there.moved(()), back.moved(())
        before = _comparable(step, answer)
        there.compile()(answer)
        assume(answer.edits)
        back.compile()(answer)
        assert _comparable(step, answer) == before

    law()


@pytest.mark.parametrize("row", ALL_VECTORS)
def test__inverse__on_what_a_test_vector_becomes__brings_everything_back(row: dict[str, Any]) -> None:
    step, answer = read_step(row["step"]), answer_of(row["answer"])
    inverse = step.inverse()
    if step.loss is not Loss.ISO or inverse is None or not row["becomes"] or "*" in str(row["step"]):
        return
    before = _comparable(step, answer)
    for each in (step, inverse):
        each.compile()(answer)
    assert _comparable(step, answer) == before


@pytest.mark.parametrize("name", KINDS)
def test__loss__of_a_step__is_iso_only_where_an_inverse_knows_its_way_back(name: str) -> None:
    @laws
    @given(steps(name))
    def law(step: Step) -> None:
        step = step.conditioned(ALWAYS)
        inverse = step.inverse()
        if step.loss is Loss.ISO:
            assert inverse is not None
            assert inverse.loss is Loss.ISO
            assert inverse.inverse() == step
        if step.loss is Loss.LOST:
            assert inverse is None

    law()


@pytest.mark.parametrize("name", KINDS)
def test__inverse__under_a_condition__is_under_it_too_unless_it_speaks_of_the_body(name: str) -> None:
    @laws
    @given(steps(name))
    def law(step: Step) -> None:
        inverse = step.inverse()
        if inverse is not None:
            assert inverse.when == step.when
            assert not step.when.body

    law()


@pytest.mark.parametrize("name", KINDS)
def test__step__on_a_body_of_many_levels__does_not_raise(name: str) -> None:
    step = read_step(vectors(name)[0]["step"])
    for body in (nested(5000), [nested(5000)], nested(5000, innermost={"aB": 1})):
        answer = Answer(200, [], body)
        step.compile()(answer)


def _check_that_nothing_is_shared(step: Step, answer: Answer) -> None:
    """A later edit in place of one container must show nowhere else: not at another place, not in the next answer."""
    apply, again = step.compile(), copy.deepcopy(answer)
    apply(answer)
    expected = parts(answer)
    found = [id(each) for value in (answer.body, answer.received) for each in _containers(value)]
    assert len(set(found)) == len(found)
    for each in list(_containers(answer.body)):
        each.clear()
    apply(again)
    assert parts(again) == expected


def _containers(value: Json) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


def _comparable(step: Step, answer: Answer) -> Json:
    """What loses nothing may change the order of members and of headers, and the letter case of a header's name.

    `times-…` gives numbers back that are equal and may be written in another way.
    """
    as_number = str(step.parameters().get("using", "")).startswith("times")
    headers = sorted(((name.lower(), value) for name, value in answer.headers), key=itemgetter(0))
    return answer.status, headers, answer.body if as_number else exact(answer.body)
