from __future__ import annotations

from typing import Any

import pytest

from harness.lens.answer import Call
from harness.lens.request import edited
from harness.probing.parts import alone, parts


def queries(name: str, sent: dict[str, Any]) -> list[dict[str, Any]]:
    forms = alone(name, [sent]).forms()
    return [edited({"query": dict(sent)}, [step.compile() for step in form], Call())["query"] for form in forms]


@pytest.mark.parametrize(
    ("name", "sent", "form"),
    [
        ("q", {"q": "x"}, {"search": "x"}),
        ("_q", {"_q": "x"}, {"_query": "x"}),
        ("tag", {"tag": "a"}, {"filter[tag]": "a"}),
        ("tag", {"tag": "a"}, {"tag__eq": "a"}),
        ("id", {"id": ["1", "2"]}, {"id": "1,2"}),
        ("id", {"id": ["1", "2"]}, {"ids": "1,2"}),
        ("id", {"id": ["1", "2"]}, {"id[]": ["1", "2"]}),
        ("done", {"done": "true"}, {"done": "1"}),
        ("done", {"done": "0"}, {"done": "false"}),
    ],
)
def test__alone__a_parameter_in_a_conventional_form__is_among_the_forms(
    name: str, sent: dict[str, Any], form: dict[str, Any]
) -> None:
    assert form in queries(name, sent)


def test__alone__a_word__is_not_taken_for_a_truth_value() -> None:
    assert all(set(each.values()) == {"a"} for each in queries("tag", {"tag": "a"}))


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        (
            {"_start": "0", "_end": "5", "_sort": "a", "_order": "ASC", "tag": "x"},
            [("_start", "_end"), ("_sort", "_order")],
        ),
        ({"order": "name", "page": "1", "size": "5"}, [("page", "size")]),
        ({"tag": "x", "q": "y"}, []),
    ],
)
def test__parts__of_calls__are_what_belongs_together(sent: dict[str, str], names: list[tuple[str, str]]) -> None:
    assert [part.names for part in parts([sent])] == names
