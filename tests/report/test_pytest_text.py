from __future__ import annotations

from dataclasses import replace

from harness.model.summary import CheckSummary
from harness.report.pytest_text import failure_text


def test__failure_text__of_the_plugin__tells_verdict_runs_errors_and_changes(bike_shop: CheckSummary) -> None:
    text = failure_text(bike_shop, bike_shop.changes, plugin=True)
    assert text.startswith("bike-shop   datasette")
    assert "plugin on new: broken" in text
    assert all(change.message in text for change in bike_shop.changes)
    assert text.endswith("report.html")


def test__failure_text__of_an_operation__leaves_the_runs_out(bike_shop: CheckSummary) -> None:
    assert "plugin on" not in failure_text(bike_shop, bike_shop.changes[:1], plugin=False)


def test__failure_text__of_a_question__asks_it(bike_shop: CheckSummary) -> None:
    change = replace(bike_shop.changes[0], question="does it read $.x?", fingerprint="0123456789abcdef")
    text = failure_text(bike_shop, [change], plugin=False)
    assert "does it read $.x?" in text
    assert "0123456789abcdef" in text


def test__failure_text__of_a_faulty_network__tells_how_often(faulty: CheckSummary) -> None:
    assert "  plugin on new, faulty network: flaky   2 of 5 runs fail" in failure_text(faulty, [], plugin=True)
