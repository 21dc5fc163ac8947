from __future__ import annotations

import pytest

from harness.gate.rules import all_rules, rule
from harness.model.errors import UsageError


def test__all_rules__are_those_of_answers_and_of_schemas() -> None:
    rules = all_rules()
    assert {"observed", "declared"} == {each.source for each in rules.values()}
    assert all(rule_id == each.id for rule_id, each in rules.items())
    assert rules["response-property-renamed"].source == "observed"


@pytest.mark.parametrize("each", all_rules().values(), ids=all_rules())
def test__rule__every_text__teaches(each: object) -> None:
    for text in (each.title, each.meaning, each.undo, each.advice, each.old, each.new):  # type: ignore[attr-defined]
        assert text.strip()


def test__rule__that_is_none__names_the_nearest() -> None:
    with pytest.raises(UsageError, match="no rule") as caught:
        rule("response-property-renamd")
    assert "response-property-renamed" in (caught.value.hint or "")
