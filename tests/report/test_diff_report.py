"""`backfit diff --format json`."""

from __future__ import annotations

import orjson

from harness.model.summary import CheckSummary
from harness.report.diff_report import changes_as_json


def test__changes_as_json__bike_shop__has_findings_summary_and_skipped(bike_shop: CheckSummary) -> None:
    document = changes_as_json(bike_shop.changes, {"no response was recorded": 3})
    assert orjson.loads(orjson.dumps(document)) == document
    assert document["summary"] == {"break": 2, "risk": 0, "info": 5}
    assert document["skipped"] == {"no response was recorded": 3}
    assert [finding["level"] for finding in document["findings"]] == ["break"] * 2 + ["info"] * 5
    first = document["findings"][1]
    assert first == {
        "rule": "field-removed",
        "title": "field removed",
        "level": "break",
        "operation": "GET /{database}/{table}.json",
        "path": "$.columns",
        "message": "`columns` is gone",
        "reason": "the plugin reads it",
        "support": {"pairs": 22, "agreeing": 22, "distinct": 9},
        "old": ["id", "name", "price", "stock"],
        "new": None,
        "places": [],
        "undone": "undone",
        "how": "from the keys of $.rows[0]; lost where rows is empty",
        "facts": {},
    }


def test__changes_as_json__nothing__keeps_its_form() -> None:
    assert changes_as_json([], {}) == {
        "schema": "backfit/diff/v1",
        "findings": [],
        "summary": {"break": 0, "risk": 0, "info": 0},
        "skipped": {},
    }
