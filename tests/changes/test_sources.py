from __future__ import annotations

import pytest

from harness.changes.node import Sample
from harness.changes.sources import sources
from harness.lens.answer import Answer, Call
from harness.model.json_text import Json


def samples(olds: list[Json], news: list[Json], **of_call: dict[str, str]) -> list[Sample]:
    found = []
    for number, (old, new) in enumerate(zip(olds, news, strict=True)):
        answer = Answer(200, [("X-Total", str(old))], new, Call(**of_call), received=new)  # type: ignore[arg-type]
        found.append(Sample(number, {"total": old}, new, answer, lambda value: None))
    return found


@pytest.mark.parametrize(
    ("olds", "news", "text", "using"),
    [
        ([41, 97], [{"all": 41}, {"all": 97}], "@.all", ""),
        ([41, 97], [{"all": 41}, {"all": 97}], "$.all", ""),
        ([41, 97], [{"meta": {"count": 41}}, {"meta": {"count": 97}}], "$.meta.count", ""),
        (["kim", "lee"], [{"users": [{"name": "kim"}, {}]}, {"users": [{"name": "lee"}]}], "$.users[0].name", ""),
        ([41, 97], [{"all": "41"}, {"all": "97"}], "@.all", "string-to-integer"),
        (["41", "97"], [{"all": 41}, {"all": 97}], "@.all", "integer-to-string"),
        ([2, 3], [{"rows": [7, 7]}, {"rows": [7, 7, 7]}], "count(received($.rows))", ""),
        ([["a", "b"], ["c"]], [{"rows": [{"a": 1, "b": 2}]}, {"rows": [{"c": 3}]}], "keys(received($.rows[0]))", ""),
        ([41, 97], [{}, {}], "header(x-total)", "string-to-integer"),
    ],
)
def test__sources__where_the_value_stands__name_it(olds: list[Json], news: list[Json], text: str, using: str) -> None:
    found = {(source.text, source.using): source for source in sources(samples(olds, news), "total")}
    assert (text, using) in found
    assert found[text, using].covered == len(olds)


def test__sources__in_the_call__are_its_parameters() -> None:
    found = sources(samples(["kim"], [{}], query={"user": "kim"}, variables={"who": "kim"}), "total")
    assert {"query(user)", "path(who)"} <= {source.text for source in found}


@pytest.mark.parametrize(
    ("olds", "news"),
    [
        ([41, 97], [{"all": 41}, {"all": 5}]),  # right once, wrong once
        ([True, True], [{"all": True}, {"all": True}]),  # says nothing
        ([None, None], [{"all": None}, {"all": None}]),
        ([1, 1], [{"all": True}, {"all": True}]),  # true is not 1
    ],
)
def test__sources__that_mislead_or_say_nothing__are_none(olds: list[Json], news: list[Json]) -> None:
    assert not [source for source in sources(samples(olds, news), "total") if "header" not in source.text]


def test__sources__several__put_the_widest_then_the_likeliest_name_first() -> None:
    news: list[Json] = [{"other": 41, "totals": 41}, {"other": 97, "totals": 97}, {"other": 12}]
    texts = [source.text for source in sources(samples([41, 97, 12], news), "total")]
    assert texts.index("@.other") < texts.index("@.totals")
    assert sources(samples([41, 97], news[:2]), "total")[0].text in {"@.totals", "$.totals"}
    assert sources(samples([41, 97, 12], news), "total")[0].covered == 3


@pytest.mark.parametrize(("before", "expected"), [(397, True), (398, True), (399, False)])
def test__sources__in_a_wide_answer__are_looked_for_among_four_hundred_places(before: int, expected: bool) -> None:
    new = {**{f"k{n}": 0 for n in range(before)}, "all": "kim"}
    found = [source.text for source in sources(samples(["kim"], [new]), "total")]
    assert ("$.all" in found) is expected


@pytest.mark.parametrize(
    ("olds", "news", "expected"),
    [
        ([41, 97], [{}, {"all": 97}], {"@.all", "$.all", "received($.all)"}),
        ([41, 97], [41, 97], set()),  # the whole answer is no place
        ([""], [{"all": ""}], set()),
        ([1], [{"rows": [7]}], set()),  # one row is no count
        ([2], [{"rows": [7, 7]}], {"count(received($.rows))"}),
        (["kim"], [{"a": {"b": {"c": "kim"}}}], {"@.a.b.c", "$.a.b.c", "received($.a.b.c)"}),
        (["kim"], [{"a": {"b": {"c": {"d": "kim"}}}}], set()),  # too deep
    ],
)
def test__sources__of_a_value__are_all_its_places(olds: list[Json], news: list[Json], expected: set[str]) -> None:
    found = sources(samples(olds, news), "total")
    assert {source.text for source in found if source.text[:6] != "header" and not source.using} == expected
    assert {source.covered for source in found if source.text[:6] != "header"} <= {1}


def test__sources__in_a_header_of_the_time__are_none() -> None:
    answer = Answer(200, [("X-Date", "41"), ("X-N", "41")], {}, Call(), received={})
    found = sources([Sample(0, {"total": 41}, {}, answer, lambda value: None)], "total")
    assert {source.text for source in found} == {"header(x-n)"}


def test__sources__beside_an_object__are_found() -> None:
    news: list[Json] = [{"meta": {"a": {"b": 1}}, "all": each} for each in (41, 97)]
    assert "$.all" in [source.text for source in sources(samples([41, 97], news), "total")]


def test__sources__that_need_no_conversion__go_first() -> None:
    news: list[Json] = [{"all": str(each), "x": {"all": each}} for each in (41, 97)]
    found = [source for source in sources(samples([41, 97], news), "total") if source.text[0] == "@"]
    assert [(source.text, source.using) for source in found[:2]] == [("@.x.all", ""), ("@.all", "string-to-integer")]


def test__sources__that_are_the_names_of_the_rows__tell_more_than_their_letters() -> None:
    news: list[Json] = [{"rows": [dict.fromkeys(each, 1)], "columns": list(each)} for each in ("ab", "c")]
    found = {source.text: source.information for source in sources(samples([list("ab"), ["c"]], news), "total")}
    assert found["keys(received($.rows[0]))"] == found["$.columns"] + 1.0


@pytest.mark.parametrize(
    "new", [{"total": "kim"}, {"x": {"total": "kim"}}, {"total": ["kim"]}, {'a "total"': {"total": "kim"}}]
)
def test__sources__of_the_members_own_name__are_as_like_as_can_be(new: Json) -> None:
    assert {source.likeness for source in sources(samples(["kim"], [new]), "total") if "header" not in source.text} == {
        1.0
    }
