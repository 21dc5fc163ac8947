"""A plan does to an object just what the steps do one after the other."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness.lens.answer import Answer
from harness.lens.plan import MISSED, plan_of
from harness.lens.sketch import BY_NAME, ON_SCALARS, Unplanned, is_by_shape, sketched
from harness.lens.step import BodyStep
from harness.lens.steps.convert import Convert
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.move import Move
from harness.lens.steps.plunge import Plunge
from harness.lens.steps.rename import Rename
from harness.lens.steps.values import Values
from harness.model.json_text import Json, parse, serialize
from harness.model.paths import Path
from tests.lens.strategies import BODIES, KEYS, fitting, steps

Placed = tuple[Path, BodyStep]

OBJECTS = st.dictionaries(KEYS, st.dictionaries(KEYS, BODIES, max_size=3) | BODIES, max_size=4)


@st.composite
def placed(draw: st.DrawFn) -> Placed:
    step = draw(steps(draw(st.sampled_from([kind.name for kind in (*BY_NAME, *ON_SCALARS)]))))
    assert isinstance(step, BodyStep)
    assume(is_by_shape(step))
    deep = isinstance(step, ON_SCALARS)
    return draw(st.lists(KEYS, min_size=int(deep), max_size=2).map(tuple)), step


def one_by_one(run: Sequence[Placed], value: Json) -> Answer:
    answer = Answer(200, [], parse(serialize(value)))
    for at, step in run:
        step.moved(at).conditioned(type(step.when)()).compile()(answer)
    return answer


def by_plan(run: Sequence[Placed], seen: Json, value: Json) -> Answer | None:
    """What the plan made for `seen` makes of `value`; None where it is for other objects."""
    answer = Answer(200, [])
    answer.body = plan_of(sketched(run, seen))(parse(serialize(value)), answer)
    return None if answer.body is MISSED else answer


def same(one: Answer, other: Answer) -> bool:
    return (serialize(one.body), one.edits, one.room) == (serialize(other.body), other.edits, other.room)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(placed(), max_size=5), OBJECTS, st.data())
def test__plan__for_objects_with_the_same_names__does_what_the_steps_do(
    run: list[Placed], seen: dict[str, Json], data: st.DataObject
) -> None:
    values = st.one_of(BODIES, *(fitting(step) for _, step in run))
    other = {name: data.draw(values | st.just(value)) for name, value in seen.items()}
    try:
        planned = by_plan(run, seen, other)
    except Unplanned:
        return
    assert planned is None or same(planned, one_by_one(run, other))
    assert same(by_plan(run, seen, seen) or Answer(0, []), one_by_one(run, seen))


ROW = {"id": "7", "name": "A", "attributes": {"b": 1, "c": {"d": 2}}, "owner": {"id": 3}, "x": None}


@pytest.mark.parametrize(
    ("run", "becomes", "edits"),
    [
        ([((), Rename(from_="name", to="title"))], {**ROW, "name": 0}, 1),
        ([((), Hoist(key="attributes")), (("b",), Convert(using="integer-to-string"))], None, 2),
        ([((), Move(from_=("owner", "id"), to=("o", "id"))), ((), Drop(keys=("owner",)))], None, 2),
        ([((), Plunge(into="in", keep=("id",))), (("in",), Rename(from_="x", to="y"))], None, 2),
        ([((), Default(key="tags", value=[{"a": []}])), ((), Default(key="x", value=1))], None, 1),
        ([((), Values())], None, 1),
        ([((), Rename(from_="nothing", to="title"))], None, 0),
    ],
)
def test__plan__of_these_steps__counts_their_edits(run: list[Placed], becomes: Json, edits: int) -> None:
    planned = by_plan(run, ROW, ROW)
    assert planned is not None
    assert planned.edits == edits
    assert same(planned, one_by_one(run, ROW))


def test__plan__with_a_list_as_default__gives_each_object_its_own() -> None:
    plan = plan_of(sketched([((), Default(key="b", value={"c": []}))], {"a": 1}))
    answer = Answer(200, [])
    first, second = plan({"a": 1}, answer), plan({"a": 2}, answer)
    first["b"]["c"].append(1)
    assert second == {"a": 2, "b": {"c": []}}


def test__plan__where_an_empty_object_stands__is_not_shared_with_a_constant() -> None:
    run: list[Placed] = [((), Move(from_=("a", "b"), to=("c",))), ((), Default(key="d", value={}))]
    answer = Answer(200, [])
    made = plan_of(sketched(run, {"a": {}}))({"a": {}}, answer)
    assert made == {"a": {}, "d": {}}
    assert made["a"] is not made["d"]


@pytest.mark.parametrize(
    "other",
    [
        {**ROW, "attributes": None},
        {**ROW, "attributes": {}},
        {**ROW, "attributes": {"c": 1, "b": 2}},
        {**ROW, "attributes": [1]},
    ],
    ids=serialize,
)
@pytest.mark.parametrize("step", [Hoist(key="attributes"), Move(from_=("x",), to=("attributes", "x"))], ids=str)
def test__plan__for_an_object_of_another_shape_inside__edits_nothing(step: BodyStep, other: dict[str, Json]) -> None:
    run: list[Placed] = [((), step)]
    plan = plan_of(sketched(run, ROW))
    answer, before = Answer(200, []), serialize(other)
    assert plan(other, answer) is MISSED
    assert (serialize(other), answer.edits, answer.room) == (before, 0, Answer(200, []).room)


def test__plan__where_the_answer_has_no_room__is_left_to_the_steps() -> None:
    plan = plan_of(sketched([((), Default(key="b", value="long"))], {"a": 1}))
    answer = Answer(200, [], room=3)
    assert plan({"a": 1}, answer) is MISSED
    assert answer.room == 3


@pytest.mark.parametrize(
    "hostile", ["__import__('builtins').hurt()", '"];hurt()#', "\n    hurt()", "object0", "given1"]
)
def test__plan__with_hostile_names_and_values__runs_nothing_of_them(
    hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurt: list[int] = []
    monkeypatch.setattr(builtins, "hurt", lambda: hurt.append(1), raising=False)
    run: list[Placed] = [
        ((), Hoist(key=hostile)),
        ((), Rename(from_="a", to=hostile)),
        ((), Default(key=f"{hostile}2", value=hostile)),
    ]
    row = {hostile: {"a": 1, f"{hostile}3": 2}}
    planned = by_plan(run, row, row)
    assert planned is not None
    assert planned.body == {hostile: 1, f"{hostile}3": 2, f"{hostile}2": hostile}
    assert not hurt
