"""The words that all reports share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.model.summary import Accounting, Agreement, CheckSummary
from harness.report import words


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("an engine answers", "docker, because an engine answers"),
        ("docker, because an engine answers (20.10)", "docker, because an engine answers (20.10)"),
        ("", "docker"),
    ],
)
def test__driver__reason__is_one_sentence(bike_shop: CheckSummary, reason: str, shown: str) -> None:
    assert words.driver(replace(bike_shop, driver_reason=reason)) == shown


def test__accounted__does_not_add_up__says_so() -> None:
    assert words.accounted(Accounting(31, 22, {"a": 4, "b": 5})) == "31 recorded = 22 replayed + 9 skipped"
    assert words.accounted(Accounting(31, 22)) == "31 recorded ≠ 22 replayed + 0 skipped"


def test__total__operations__are_added_up() -> None:
    one = Agreement("a", 1, 2, 3, 4, 5, 6, 7)
    assert words.total([one, one]) == Agreement("all operations", 2, 4, 6, 8, 10, 12, 14)
    assert words.total([]).leaves == 0


def test__plugin__without_a_version__has_no_blank(bike_shop: CheckSummary) -> None:
    assert words.plugin(replace(bike_shop, plugin_version="")) == "datasette-chartjs"
    assert words.upgrade(bike_shop) == "datasette 0.64.8 → 1.0a41"
