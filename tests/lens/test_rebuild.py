from __future__ import annotations

from hypothesis import given, settings

from harness.lens.rebuild import rebuilt
from harness.model.json_text import Json, serialize
from tests.model.json_values import VALUES, nested


@settings(deadline=None)
@given(VALUES)
def test__rebuilt__a_value__is_equal_and_shares_no_list_or_object(value: Json) -> None:
    before = serialize(value)
    copied = rebuilt(value)
    assert serialize(copied) == before
    waiting = [copied]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (dict, list)):
            waiting += item.values() if isinstance(item, dict) else item
            item.clear()
    assert serialize(value) == before


def test__rebuilt__with_a_change__makes_every_object_with_it_from_the_top_down() -> None:
    value = [{"a": {"a": 1}, "b": [{"a": {}}]}]
    doubled = rebuilt(value, lambda members: {name * 2: item for name, item in members.items()})
    assert doubled == [{"aa": {"aa": 1}, "bb": [{"aa": {}}]}]
    assert value == [{"a": {"a": 1}, "b": [{"a": {}}]}]


def test__rebuilt__of_many_levels__is_all_of_it() -> None:
    assert serialize(rebuilt(nested(5000))) == serialize(nested(5000))
