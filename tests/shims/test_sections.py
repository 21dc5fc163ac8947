from __future__ import annotations

from harness.lens.condition import Condition
from harness.shims.document import Entry, Lost, Shim
from harness.shims.sections import LOST, OF_ENTRIES, OF_SHIMS, STEPS, paired_entries
from harness.shims.yaml_writing import entry_key
from tests.shims.answers import entry, learned


def test__sections__all__are_lists_of_the_document() -> None:
    assert all(getattr(Entry("GET", "/a"), name) == () for name in OF_ENTRIES)
    assert all(getattr(Shim(), name) == () for name in OF_SHIMS)


def test__items__say_all_and_are_about_a_place() -> None:
    [step] = learned({"drop": {"keys": ["a"]}})
    assert (STEPS.says(step), list(STEPS.about(step))) == ("drop: {keys: [a]}", ["$.a"])
    assert LOST.says(Lost("$.a", "gone")) != LOST.says(Lost("$.a", "gone", then=None))
    assert list(LOST.about(Lost("$.a", "gone"))) == ["$.a"]


def test__paired__entries_of_one_operation__go_by_condition_or_as_the_last_ones_left() -> None:
    wins, errors, other = Condition("2xx"), Condition("4xx"), Condition("404")
    one = [entry("GET /a", when=wins), entry("GET /a", when=errors), entry("GET /b")]
    two = [entry("GET /a", when=wins), entry("GET /a", when=other), entry("GET /c")]
    assert paired_entries(one, two) == {entry_key(one[0]): two[0], entry_key(one[1]): two[1]}
