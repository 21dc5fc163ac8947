from __future__ import annotations

from typing import Any

from harness.lens.answer import Answer
from harness.lens.element import inside, where
from harness.model.json_text import Json

ANSWER = Answer(200, [])


def double(value: Json, answer: Answer) -> Json:
    return value * 2 if isinstance(value, int) else value


def test__inside__a_path__edits_a_copy_of_what_leads_there_and_shares_the_rest() -> None:
    value: Any = {"z": {"x": 1}, "a": [{"b": 2}, {"c": 3}], "1": 4}
    edited = inside(("a", -2, "b"), double)(value, ANSWER)
    assert list(edited) == ["z", "a", "1"]
    assert edited == {"z": {"x": 1}, "a": [{"b": 4}, {"c": 3}], "1": 4}
    assert value["a"][0]["b"] == 2
    assert edited["z"] is value["z"]
    assert edited["a"][1] is value["a"][1]


def test__inside__a_path_that_leads_nowhere_or_to_what_does_not_fit__is_the_very_value() -> None:
    for value in ({"a": "x"}, {"b": 1}, [], 1, None):
        assert inside(("a",), double)(value, ANSWER) is value


def test__inside__no_path__is_the_edit_itself() -> None:
    assert inside((), double)(2, ANSWER) == 4


def test__where__a_condition__edits_only_what_it_holds_for() -> None:
    edit = where(lambda value: value == 1, double)
    assert [edit(1, ANSWER), edit(2, ANSWER)] == [2, 2]
    assert edit(value := "1", ANSWER) is value
