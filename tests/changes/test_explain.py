from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.changes.agreement import pair_elements, same
from harness.changes.explain import children, explain
from harness.changes.residue import residue
from harness.lens.answer import ABSENT
from harness.lens.condition import Condition
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH
from tests.changes.bodies import Query, applied, learn, node, pairs
from tests.schema.json_values import VALUES

SCALARS = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        7,
        1.0,
        0.5,
        2**64,
        "",
        "a",
        "b",
        "1",
        "true",
        "Y",
        "2026-03-02T09:00:00Z",
        "/v1/a",
        "/v2/a",
    ]
)
NAMES = st.sampled_from(["id", "name", "data", "created_at", "createdAt", "1", "2", "a"])


def containers(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4))


FEW = st.recursive(SCALARS, containers, max_leaves=10)
"""Values of few scalars and names, so that OLD's and NEW's have much in common."""
RECORDS = st.fixed_dictionaries(
    {"id": st.integers(1, 40), "name": st.sampled_from(["kim", "lee", "ada", "bo"])},
    optional={
        "made_at": SCALARS,
        "tags": st.lists(SCALARS, max_size=2),
        "owner": st.dictionaries(st.sampled_from(["kind", "since", "a_b"]), SCALARS, max_size=2),
    },
)
OLDS = st.one_of(
    RECORDS, st.lists(RECORDS, max_size=3), st.fixed_dictionaries({"items": st.lists(RECORDS, max_size=3)})
)


Change = Callable[[Json], Json]


def _each_object(value: Json, edit: Change) -> Json:
    if isinstance(value, list):
        return [_each_object(item, edit) for item in value]
    if not isinstance(value, dict):
        return value
    return edit({key: _each_object(item, edit) for key, item in value.items()})


UPGRADES: dict[str, Change] = {
    "nothing": lambda value: value,
    "envelope": lambda value: {"data": value, "ok": True},
    "rename": lambda value: _each_object(value, lambda o: {("title" if k == "name" else k): v for k, v in o.items()}),
    "retype": lambda value: _each_object(value, lambda o: {k: (str(v) if k == "id" else v) for k, v in o.items()}),
    "add": lambda value: _each_object(value, lambda o: {**o, "new": 1}),
    "remove": lambda value: _each_object(value, lambda o: {k: v for k, v in o.items() if k != "owner"}),
    "no null": lambda value: _each_object(value, lambda o: {k: v for k, v in o.items() if v is not None}),
    "reorder": lambda value: value[::-1] if isinstance(value, list) else value,
    "camel": lambda value: _each_object(
        value, lambda o: {("madeAt" if k == "made_at" else k): v for k, v in o.items()}
    ),
    "longer": lambda value: [*value, {"id": 99, "name": "zoe"}] if isinstance(value, list) else value,
}
QUERIES = st.sampled_from([{}, {"page": "1"}, {"page": "2", "q": "x"}])


@st.composite
def upgrades(draw: st.DrawFn) -> tuple[list[Json], list[Json], list[Query]]:
    """Answers of OLD, and NEW's: those of OLD after one to three changes, that some calls only may show."""
    olds = draw(st.lists(OLDS, min_size=1, max_size=5))
    queries: list[Query] = draw(st.lists(QUERIES, min_size=len(olds), max_size=len(olds)))
    news = list(olds)
    for name in draw(st.lists(st.sampled_from(sorted(UPGRADES)), min_size=1, max_size=3)):
        where = draw(st.sampled_from(["page", "q", ""]))
        news = [UPGRADES[name](new) if where in ("", *query) else new for new, query in zip(news, queries, strict=True)]
    return olds, news, queries


RANDOM = st.lists(st.tuples(FEW, FEW, QUERIES), min_size=1, max_size=5).map(
    lambda rows: tuple(map(list, zip(*rows, strict=True)))
)
SETTINGS = settings(deadline=None, max_examples=80)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=4))
@SETTINGS
def test__explain__any_json__raises_nothing_and_leaves_old_alone(rows: list[tuple[Json, Json]]) -> None:
    learning = pairs([old for old, _ in rows], [new for _, new in rows])
    explain(learning)
    residue(learning)
    assert all(same(each.old, old) for each, (old, _) in zip(learning, rows, strict=True))


@given(st.lists(VALUES, min_size=1, max_size=4))
@SETTINGS
def test__explain__equal_answers__is_nothing(bodies: list[Json]) -> None:
    assert learn(bodies, bodies).kinds == []


@given(st.one_of(upgrades(), RANDOM))
@SETTINGS
def test__steps__applied_to_fresh_answers__leave_what_learning_left(
    upgrade: tuple[list[Json], list[Json], list[Query]],
) -> None:
    olds, news, queries = upgrade
    learned = learn(olds, news, queries)
    for old, left, fresh in zip(olds, learned.bodies, applied(learned.steps, news, queries), strict=True):
        assert compared(old, left) == compared(old, fresh)


@given(st.one_of(upgrades(), RANDOM))
@SETTINGS
def test__steps__of_an_upgrade__spoil_no_leaf_that_was_right(
    upgrade: tuple[list[Json], list[Json], list[Query]],
) -> None:
    olds, news, queries = upgrade
    learned = learn(olds, news, queries)
    for old, new, left in zip(olds, news, learned.bodies, strict=True):
        assert spoilt(old, new, left) == []


@given(upgrades())
@SETTINGS
def test__residue__after_an_upgrade__says_all_that_still_differs(
    upgrade: tuple[list[Json], list[Json], list[Query]],
) -> None:
    learned = learn(*upgrade)
    differ = any(not same(old, left) for old, left in zip(upgrade[0], learned.bodies, strict=True))
    assert bool(learned.residue) is differ


def compared(old: Json, new: Json) -> Json:
    """What of NEW stands beside something of OLD: a shim edits the rest as well, and learning never looks at it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: compared(item, new[key]) for key, item in old.items() if key in new}
    if isinstance(old, list) and isinstance(new, list):
        return [len(new), *((right, compared(old[left], new[right])) for left, right in pair_elements(old, new)[0])]
    if type(old) is not type(new) and isinstance(new, (dict, list)):
        return type(new).__name__
    return type(new).__name__, new


def spoilt(old: Json, new: Json, left: Json) -> list[Json]:
    """OLD's leaves that NEW had at their place, and that are not there any more; elements are known by their key."""
    if isinstance(old, dict) and isinstance(new, dict):
        rest = left if isinstance(left, dict) else {}
        return [leaf for key in old.keys() & new.keys() for leaf in spoilt(old[key], new[key], rest.get(key, ABSENT))]
    if isinstance(old, list) and isinstance(new, list):
        kept = dict(pair_elements(old, left)[0]) if isinstance(left, list) else {}
        rows = [
            (old[at], new[there], left[kept[at]] if at in kept else ABSENT) for at, there in pair_elements(old, new)[0]
        ]
        return [leaf for row in rows for leaf in spoilt(*row)]
    return [old] if same(old, new) and not same(old, left) else []


def test__spoilt__a_leaf_that_was_right__is_seen() -> None:
    assert spoilt({"a": [1, 2]}, {"a": [1, 3]}, {"a": [5, 2]}) == [1]
    assert spoilt({"a": 1}, {"a": 1}, {}) == [1]
    assert spoilt({"a": 1}, {"a": 2}, {"a": 3}) == []


def test__explain__a_case_that_is_told_by_the_call__has_its_condition() -> None:
    olds: list[Json] = [[{"id": n, "v": f"v{n}"}] for n in range(6)]
    news = [{"items": old} if n < 3 else old for n, old in enumerate(olds)]
    queries: list[Query] = [{"page": str(n)} if n < 3 else {} for n in range(6)]
    [found] = learn(olds, news, queries).explained
    assert found.step is not None
    assert found.proposal.step == found.step
    assert applied([found.step], news, queries) == olds


def test__explain__two_steps__the_second_sees_what_the_first_left() -> None:
    olds: list[Json] = [{"a": {"n": 1}, "b": {"n": 2}}, {"c": {"n": 5}}]
    news: list[Json] = [{"data": [{"name": "a", "n": 1}, {"name": "b", "n": 2}]}, {"data": [{"name": "c", "n": 5}]}]
    learned = learn(olds, news)
    assert [step.name for step in learned.steps] == ["unwrap", "key-by"]
    assert applied(learned.steps, news) == olds


@pytest.mark.parametrize("many", [2, 6])
def test__explain__two_steps_in_answers_of_one_form__leave_the_other_form_alone(many: int) -> None:
    olds: list[Json] = [{f"k{n}": {"n": n * 7}, f"l{n}": {"n": n * 7 + 1}} for n in range(many)]
    news: list[Json] = [{"data": [{"name": key, **item} for key, item in old.items()]} for old in olds]
    others: list[Json] = [{"data": "none", "why": "closed"}, {"data": "none", "why": "full"}]
    learned = learn([*olds, *others], [*news, *others])
    assert learned.steps[0].when == Condition(body=(("$.data", "array"),))
    assert applied(learned.steps, [*news, *others]) == [*olds, *others]


@pytest.mark.parametrize(("few", "expected"), [(2, False), (9, False), (10, True)])
def test__explain__a_constant__needs_enough_answers(few: int, expected: bool) -> None:
    olds: list[Json] = [{"n": number * 11, "unit": "kg"} for number in range(few)]
    assert bool(learn(olds, [{"n": old["n"]} for old in olds]).steps) is expected


def test__explain__noisy_values__prove_nothing_and_are_not_changed() -> None:
    olds: list[Json] = [{"t": "shut" if n % 2 else "open", "n": n} for n in range(6)]
    learning = pairs(olds, [{"t": "zu" if n % 2 else "auf", "n": n} for n in range(6)])
    assert explain(learning, {("t",)}) == []
    assert residue(learning, {("t",)}) == []
    assert [each.kind.id for each in explain(learning)] == ["response-property-enum-value-renamed"]


def test__explain__bodies_that_are_not_json__are_passed_over() -> None:
    learning = pairs([ABSENT, {"a": 1}], [{"a": 1}, ABSENT])
    assert explain(learning) == []


@pytest.mark.parametrize(
    ("olds", "news", "places"),
    [
        ([{"a": 1, "b": 2}], [{"a": 3}], [("a",)]),
        ([[1, 2]], [[3]], [(EACH,)]),
        ([{"7": "x", "8": "y"}], [{"7": "z", "8": "y"}], [(ANY,)]),
        ([{f"k{n}": n, f"l{n}": n} for n in range(6)], [{f"k{n}": 0} for n in range(6)], [(ANY,)]),
        ([{"a": 1}, [1]], [{"a": 2}, [2]], [("a",), (EACH,)]),
        ([{"a": 1}], [[1]], []),
    ],
)
def test__children__of_a_place__are_members_elements_or_the_values_of_a_map(
    olds: Sequence[Json], news: Sequence[Json], places: list[object]
) -> None:
    assert [child.at for child in children(node(olds, news))] == places


def test__children__their_samples__write_into_the_answer() -> None:
    here = node([{"a": [{"id": 1, "n": 1}, {"id": 2, "n": 2}]}], [{"a": [{"id": 2, "n": 0}, {"id": 1, "n": 0}]}])
    [elements] = [child for each in children(here) for child in children(each)]
    elements.samples[0].replace("first of old")
    assert here.samples[0].answer.body == {"a": [{"id": 2, "n": 0}, "first of old"]}


def test__support__counts_answers_not_elements() -> None:
    olds: list[Json] = [[{"id": n, "who": "ann"}, {"id": n + 50, "who": "bob"}] for n in range(3)]
    news = [[{"id": item["id"], "name": item["who"]} for item in old] for old in olds]
    [found] = learn(olds, news).explained
    assert (found.support.pairs, found.support.agreeing, found.support.distinct) == (3, 3, 6)


def test__support__passes_over_answers_without_a_body() -> None:
    olds: list[Json] = [{"who": name} for name in ("ann", "bob", "cid")]
    learning = pairs(
        [*olds, ABSENT, {"who": "dan"}], [*({"name": old["who"]} for old in olds), {"name": "eve"}, ABSENT]
    )
    [found] = explain(learning)
    assert (found.support.pairs, found.support.agreeing) == (3, 3)


@pytest.mark.parametrize(("depth", "expected"), [(39, True), (40, True), (41, False)])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (lambda n: {"n": n * 11, "unit": "kg"}, lambda n: {"n": n * 11}),  # filled
        (lambda n: {"n": f"kim {n}"}, lambda n: {"name": f"kim {n}"}),  # renamed
        (lambda n: {"n": n * 11}, lambda n: {"n": n * 11, "new": 1}),  # dropped
    ],
    ids=["filled", "renamed", "dropped"],
)
def test__explain__to_a_depth_of_forty__and_no_deeper(
    old: Callable[[int], Json], new: Callable[[int], Json], depth: int, expected: bool
) -> None:
    def deep(value: Json) -> Json:
        for _ in range(depth):
            value = {"a": value}
        return value

    olds, news = ([deep(make(n)) for n in range(10)] for make in (old, new))
    assert (applied(learn(olds, news).steps, news) == olds) is expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ({"a": {}}, {"a": {"b": 2}}, "'b' is new"),
        ({"a": {"c": 1}}, {"a": {"c": 1, "b": 2}}, "'b' is new"),
    ],
)
def test__explain__a_member_that_is_new__is_dropped_where_it_stands(old: Json, new: Json, message: str) -> None:
    learned = learn([old], [new])
    assert [(each.kind.id, each.proposal.message) for each in learned.explained] == [
        ("response-optional-property-added", message)
    ]
    assert applied(learned.steps, [new]) == [old]


def test__explain__an_object_that_was_empty__is_emptied_in_its_place() -> None:
    olds: list[Json] = [{"a": {}, "n": n} for n in range(2)]
    news: list[Json] = [{"a": {"x": 1, "y": n}, "n": n} for n in range(2)]
    learned = learn(olds, news)
    assert [each.proposal.message for each in learned.explained] == ["2 fields in an object that was empty: x, y"]
    assert applied(learned.steps, news) == olds


def test__explain__a_name_in_two_calls_for_one_thing__is_no_table() -> None:
    """The lists are ordered otherwise; that the second call asks for more inside makes no second thing of it."""
    old = [[{"name": "Shop 1", "n": 5}], [{"name": "Shop 1", "n": 5, "bikes": [{"id": 7}]}]]
    new = [[{"name": "Shop 2", "n": 5}], [{"name": "Shop 2", "n": 5, "bikes": [{"id": 7}]}]]
    found = explain(pairs(old, new, [{}, {"populate": "bikes"}]))
    assert [each.step for each in found] == []
