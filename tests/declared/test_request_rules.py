from __future__ import annotations

from harness.declared.request_rules import request_rules, request_title


def test__request_rules__all__teach_a_person() -> None:
    for id_, rule in request_rules().items():
        assert rule.id == id_
        assert rule.source == "declared"
        assert all((rule.title, rule.meaning, rule.old, rule.new, rule.undo, rule.advice))
        assert rule.meaning.endswith(".")


def test__request_title__of_a_kind__is_its_rules() -> None:
    assert request_title("request-parameter-removed") == "parameter removed"
    assert request_title("request-path-moved") == "call moved to another path"
