from __future__ import annotations

from dataclasses import replace

from harness.lens.condition import Condition
from harness.shims.difference import Difference, differences
from harness.shims.document import Lost, Shim
from tests.shims.answers import entry, learned


def test__differences__between_two_shims__are_each_told_once() -> None:
    one = Shim(
        new="2",
        entries=(
            entry(
                "GET /a", {"rename": {"from": "a", "to": "b"}}, {"drop": {"keys": ["x"]}}, lost=(Lost("$.u", "gone"),)
            ),
            entry("GET /b", {"drop": {"keys": ["x"]}}),
        ),
        everywhere=learned({"drop-header": {"header": "x"}}),
    )
    two = Shim(
        new="3",
        entries=(
            entry(
                "GET /a",
                {"rename": {"from": "z", "to": "b"}},
                {"values": {"at": "$.r[*]"}},
                when=Condition("2xx"),
                lost=(Lost("$.u", "gone", then=0),),
            ),
            entry("GET /c", {"drop": {"keys": ["x"]}}, forward="GET /d"),
        ),
        everywhere=learned({"drop-header": {"header": "x"}}),
    )
    assert [(each.operation, each.section, each.what) for each in differences(one, two)] == [
        ("", "system", "new changed"),
        ("GET /a", "when", "condition added"),
        ("GET /a", "response", "step changed"),
        ("GET /a", "response", "step removed"),
        ("GET /a", "response", "step added"),
        ("GET /a", "lost", "lost place changed"),
        ("GET /b", "operations", "operation removed"),
        ("GET /c", "operations", "operation added"),
    ]


def test__differences__in_evidence__are_none_and_in_order_are_one() -> None:
    steps = learned({"drop": {"keys": ["x"]}}, {"rename": {"from": "a", "to": "x"}})
    one = replace(entry("GET /a"), response=steps)
    other = replace(one, response=tuple(replace(each, evidence="3 pairs") for each in steps))
    turned = replace(one, response=steps[::-1])
    assert differences(Shim(entries=(one,)), Shim(entries=(other,), pairs=3)) == []
    assert differences(Shim(entries=(one,)), Shim(entries=(turned,))) == [
        Difference(
            "GET /a",
            "response",
            "steps in another order",
            "drop: {keys: [x]}\nrename: {from: a, to: x}",
            "rename: {from: a, to: x}\ndrop: {keys: [x]}",
        )
    ]
