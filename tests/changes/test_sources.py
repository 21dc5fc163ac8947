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
