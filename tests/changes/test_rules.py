from __future__ import annotations

from harness.changes.kind import kinds
from harness.changes.rules import observed_rules


def test__observed_rules__are_all_kinds_with_their_texts() -> None:
    rules = observed_rules()
    assert list(rules) == list(kinds())
    for kind in kinds().values():
        rule = rules[kind.id]
        assert (rule.title, rule.level, rule.meaning, rule.number) == (
            kind.title,
            kind.level,
            kind.meaning,
            kind.number,
        )
        assert rule.old
        assert rule.new
        assert rule.old != rule.new


def test__observed_rules__that_no_shim_undoes__say_so() -> None:
    rules = observed_rules()
    assert rules["response-property-renamed"].undoable
    assert not rules["response-list-emptied"].undoable
    assert not rules["response-property-removed"].undoable
