from __future__ import annotations

import pytest

from harness.lens.condition import Condition
from harness.shims.retold import CannotCompose
from harness.shims.statuses import Statuses, both, excluding, within
from harness.shims.yaml_writing import step_text
from tests.shims.answers import learned


def drop(status: str) -> dict[str, object]:
    return {"drop": {"keys": ["a"], "when": {"status": status}}} if status else {"drop": {"keys": ["a"]}}


@pytest.mark.parametrize(
    ("taken", "asked", "left"),
    [
        ([], "", [""]),
        (["2xx"], "2xx", []),
        (["2xx"], "4xx", ["4xx"]),
        (["2xx", "404"], "404", []),
        (["2xx", "404"], "403", ["403"]),
        (["1xx", "2xx", "3xx"], "", ["4xx", "5xx"]),
        ([""], "4xx", []),
    ],
)
def test__narrowed__what_is_left_of_the_statuses__is_asked_for(taken: list[str], asked: str, left: list[str]) -> None:
    held = Statuses.none()
    for each in taken:
        held = held.with_(each)
    found = Statuses.all().without(held).narrowed(learned(drop(asked)))
    assert [each.step.when.status for each in found] == left


def test__narrowed__a_class_less_a_code__cannot_be_said() -> None:
    with pytest.raises(CannotCompose, match="for 4xx, but not for 404"):
        Statuses.all().without(Statuses.none().with_("404")).narrowed(learned(drop("4xx")))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Condition("2xx"), Condition("404"), None),
        (Condition("4xx"), Condition("404"), Condition("404")),
        (Condition("400"), Condition("404"), None),
        (Condition(query=(("q", True),)), Condition(query=(("q", "1"),)), Condition(query=(("q", "1"),))),
        (Condition(query=(("q", False),)), Condition(query=(("q", "1"),)), None),
        (Condition(path=(("q", "2"),)), Condition(path=(("q", "1"),)), None),
        (Condition(content_type="a/b"), Condition(content_type="a/c"), None),
    ],
)
def test__both__two_conditions__hold_together_or_never(
    one: Condition, other: Condition, expected: Condition | None
) -> None:
    assert both(one, other) == both(other, one) == expected


def test__excluding__a_condition_of_one_part__asks_for_the_opposite() -> None:
    asks = Condition(query=(("q", True),))
    assert excluding(Condition(), asks) == Condition(query=(("q", False),))
    assert excluding(asks, Condition()) is None
    assert excluding(Condition(query=(("q", False),)), asks) == Condition(query=(("q", False),))
    with pytest.raises(CannotCompose):
        excluding(Condition(), Condition(query=(("q", "1"),)))


def test__within__a_status__drops_what_is_for_others_until_the_status_changes() -> None:
    steps = learned(drop("2xx"), drop("4xx"), {"status": {"from": 404, "to": 400}}, drop("4xx"))
    [found] = within("4xx", steps)
    assert [step_text(each.step) for each in found] == [
        "drop: {keys: [a]}",
        "status: {from: 404, to: 400}",
        'drop: {keys: [a], when: {status: "4xx"}}',
    ]
