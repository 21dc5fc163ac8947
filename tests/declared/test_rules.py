from __future__ import annotations

import pytest

from harness.declared.rules import declared_rules, level_of, rule_id
from harness.model.change import Level


def test__declared_rules__of_every_id__teach_a_person() -> None:
    rules = declared_rules()
    assert len(rules) == 193
    for id_, rule in rules.items():
        assert rule.id == id_
        assert rule.source == "declared"
        assert rule.old != rule.new
        assert rule.title
        assert all(sentence.endswith((".", ")")) for sentence in (rule.meaning, rule.undo, rule.advice)), id_
        assert rule.undoable != rule.undo.startswith("Nothing")


@pytest.mark.parametrize(
    ("found", "scope", "id_"),
    [
        ("response-{}-type-changed", "body", "response-body-type-changed"),
        ("response-{}-type-changed", "header", "response-header-type-changed"),
        ("response-{}-pattern-changed", "body", "response-property-pattern-changed"),
        ("response-{}-enum-value-removed", "body", "response-mediatype-enum-value-removed"),
        ("response-{}-enum-value-added", "body", "response-property-enum-value-added"),
        ("response-{}-wrapped-in-one-of", "property", "response-property-one-of-added"),
        ("response-required-property-removed", "property", "response-required-property-removed"),
    ],
)
def test__rule_id__of_a_finding__depends_on_where_the_schema_stands(found: str, scope: str, id_: str) -> None:
    assert rule_id(found, scope) == id_


def test__level_of__a_finding__is_that_of_its_rule() -> None:
    assert level_of("response-{}-enum-value-added") is Level.RISK
    assert level_of("response-optional-property-added") is Level.INFO
