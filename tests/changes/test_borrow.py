from __future__ import annotations

from collections.abc import Sequence

from harness.changes.borrow import borrow
from harness.changes.explain import Explained, Pair, explain
from harness.lens.answer import ABSENT
from harness.model.change import Support
from harness.model.json_text import Json
from tests.changes.bodies import pairs


def explained(olds: Sequence[Json], news: Sequence[Json]) -> list[Explained]:
    return explain(pairs(olds, news))


def borrowed(
    olds: Sequence[Json], news: Sequence[Json], lent: Sequence[Explained]
) -> tuple[list[Explained], list[Pair]]:
    fresh = pairs(olds, news)
    return borrow(fresh, explained(olds, news), lent), fresh


RENAMES = explained([{"who": "kim"}, {"who": "lee"}], [{"full_name": "kim"}, {"full_name": "lee"}])


def test__borrow__a_step_that_helps__is_taken_and_applied() -> None:
    found, fresh = borrowed([{"who": ""}], [{"full_name": ""}], RENAMES)
    assert found[0].kind.id == "response-property-renamed"
    assert fresh[0].answer.body == {"who": ""}
    assert "as other operations prove" in found[0].proposal.message
    assert found[0].support == Support(1, 1, 1)


def test__borrow__a_step_that_changes_an_answer_without_helping__is_left_and_undone() -> None:
    olds, news = [{"who": ""}, {"full_name": "zoe"}], [{"full_name": ""}, {"full_name": "zoe"}]
    found, fresh = borrowed(olds, news, RENAMES)
    assert "response-property-renamed" not in [each.kind.id for each in found]
    assert fresh[1].answer.body == {"full_name": "zoe"}


def test__borrow__a_step_that_fits_nowhere__is_not_taken() -> None:
    found, fresh = borrowed([{"a": 1}], [{"b": "x"}], RENAMES)
    assert "response-property-renamed" not in [each.kind.id for each in found]
    assert fresh[0].answer.body == {}  # what OLD never had is dropped, as its own steps say


def test__borrow__drops__are_not_lent_and_own_ones_stay_last() -> None:
    lent = [*RENAMES, *explained([{}], [{"who": 1}])]
    found, fresh = borrowed([{"who": ""}], [{"full_name": "", "new": 1}], lent)
    assert found[-1].kind.id == "response-optional-property-added"
    assert fresh[0].answer.body == {"who": ""}


def test__borrow__what_is_known_already__is_not_taken_twice() -> None:
    olds, news = [{"who": "ann"}, {"who": "bob"}], [{"full_name": "ann"}, {"full_name": "bob"}]
    found, fresh = borrowed(olds, news, [*RENAMES, *RENAMES])
    assert [each.kind.id for each in found] == ["response-property-renamed"]
    assert [each.answer.body for each in fresh] == olds


def test__borrow__a_step_that_changes_an_answer_to_no_use__is_left() -> None:
    olds, news = [{"who": ""}, {"x": 1}], [{"full_name": ""}, {"x": 1, "full_name": "zoe"}]
    found, _ = borrowed(olds, news, RENAMES)
    assert "response-property-renamed" not in [each.kind.id for each in found]


def test__borrow__after_what_is_not_lent__goes_on() -> None:
    found, fresh = borrowed([{"who": ""}], [{"full_name": ""}], [*explained([{}], [{"who": 1}]), *RENAMES])
    assert found[0].kind.id == "response-property-renamed"
    assert fresh[0].answer.body == {"who": ""}


def test__borrow__answers_without_a_body__are_passed_over() -> None:
    found, fresh = borrowed([ABSENT, *[{"who": ""}] * 2], [{}, *[{"full_name": ""}] * 2], RENAMES)
    assert (found[0].kind.id, found[0].support) == ("response-property-renamed", Support(3, 2, 2))
    assert [each.answer.body for each in fresh] == [{}, {"who": ""}, {"who": ""}]


def test__borrow__a_step_on_elements__is_tried_on_one_that_stands_alone() -> None:
    olds: list[Json] = [[{"who": "kim"}], [{"who": "lee"}]]
    lent = explained(olds, [[{"full_name": "kim"}], [{"full_name": "lee"}]])
    found, fresh = borrowed([{"who": ""}], [{"full_name": ""}], lent)
    assert (found[0].at, found[0].lent) == ((), True)
    assert fresh[0].answer.body == {"who": ""}


def test__borrow__a_value_that_is_not_olds__is_not_put_there() -> None:
    things: list[Json] = [{"n": n, "on": False} for n in range(20, 31)]
    lent = explained(things, [{"n": n} for n in range(20, 31)])
    assert [each.step.describe() for each in lent if each.step] == ["default key on, value False"]
    found, fresh = borrowed([{"n": 1, "on": False}, {"n": 2, "on": True}], [{"n": 1}, {"n": 2}], lent)
    assert (found, fresh[1].answer.body) == ([], {"n": 2})


def test__borrow__a_step_that_spoils_the_form__is_not_taken() -> None:
    lent = explained([{"of": [1, 2, 3]}, {"of": [4, 5, 6]}], [[1, 2, 3], [4, 5, 6]])
    assert [each.step.name for each in lent if each.step] == ["wrap"]
    found, fresh = borrowed([["a", "b", "c"]], [["x", "a", "b", "c"]], lent)
    assert (found, fresh[0].answer.body) == ([], ["x", "a", "b", "c"])
