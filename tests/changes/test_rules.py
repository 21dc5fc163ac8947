from __future__ import annotations

from harness.changes.kind import kinds
from harness.changes.rules import observed_rules


def test__observed_rules__are_all_kinds_with_their_texts() -> None:
    rules = observed_rules()
    assert list(rules) == list(kinds())
    for kind in kinds().values():
        rule = rules[kind.id]
        texts = ("id", "title", "level", "meaning", "undo", "advice", "undoable", "number")
        assert [getattr(rule, text) for text in texts] == [getattr(kind, text) for text in texts]
        assert rule.old
        assert rule.new
        assert rule.old != rule.new


def test__observed_rules__that_no_shim_undoes__say_so() -> None:
    rules = observed_rules()
    assert rules["response-property-renamed"].undoable
    assert not rules["response-list-emptied"].undoable
    assert not rules["response-property-removed"].undoable


def test__observed_rules__show_what_differs_of_a_witness_a_line_each() -> None:
    rule = observed_rules()["response-property-became-optional"]
    witness = kinds()["response-property-became-optional"].witness
    shown = list(zip(rule.old.splitlines(), rule.new.splitlines(), strict=True))
    assert 0 < len(shown) <= min(3, len(witness.old))
    assert sorted(shown, key=lambda row: row[0] == row[1]) == shown
    assert all(line.startswith("{") for row in shown for line in row)
