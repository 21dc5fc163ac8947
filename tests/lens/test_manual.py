from __future__ import annotations

import pytest

from harness.lens.conversions import CONVERSIONS
from harness.lens.manual import Example, conversions, manual
from harness.lens.step import step_types
from harness.model.json_text import parse, serialize


def test__manual__has_a_page_for_each_step_that_says_what_it_means() -> None:
    pages = manual()
    assert list(pages) == list(step_types())
    for name, page in pages.items():
        assert page.name == name
        assert page.title.endswith((".", ")")), page
        assert not page.title.startswith("`")
        assert "see harness" not in page.meaning
        assert page.meaning


def test__manual__of_a_step__lists_its_parameters_the_needed_first_and_the_condition_last() -> None:
    page = manual()["affix-names"]
    assert [parameter.key for parameter in page.parameters][-1] == "when"
    assert page.on_body
    assert [(each.key, each.kind, each.needed) for each in manual()["copy"].parameters] == [
        ("from", "text", True),
        ("to", "text", True),
        ("at", "path", False),
        ("using", "text", False),
        ("when", "condition", False),
    ]
    assert not manual()["status"].on_body


@pytest.mark.parametrize("example", conversions(), ids=lambda example: example.name)
def test__conversions__each__make_of_its_example_what_it_says(example: Example) -> None:
    conversion = CONVERSIONS[example.name]
    assert serialize(conversion.forward(example.value)) == serialize(example.becomes)
    assert serialize(parse(serialize(example.becomes))) != serialize(example.value)
    if example.exact:
        assert CONVERSIONS[example.back].forward(example.becomes) == example.value


def test__conversions__all__are_listed() -> None:
    assert [example.name for example in conversions()] == list(CONVERSIONS)
