"""`--format json` and its schema say the same, whatever was found."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from harness.model.json_text import parse
from harness.model.summary import DiffSummary
from harness.report.diff_report import diff_schema, render_json
from tests.report.comparisons import DIFFS
from tests.report.readers import closed

VALIDATOR = jsonschema.Draft202012Validator(closed(diff_schema()))


def test__diff_schema__itself__is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(diff_schema())


@given(DIFFS)
def test__render_json__any_findings__are_valid_and_complete(diff: DiffSummary) -> None:
    document = json.loads(render_json(diff))
    VALIDATOR.validate(document)
    assert len(document["findings"]) == len(diff.findings)
    assert document["summary"]["failing"] == len(diff.failing)


def test__render_json__hostile_words__are_valid(hostile_upgrade: DiffSummary) -> None:
    VALIDATOR.validate(parse(render_json(hostile_upgrade).encode()))


def test__render_json__upgrade__has_everything_by_its_name(upgrade: DiffSummary) -> None:
    document = json.loads(render_json(upgrade))
    assert document["summary"] == {
        "break": 2,
        "risk": 1,
        "info": 4,
        "accepted": 1,
        "pairs": 22,
        "fails_on": "break",
        "failing": 2,
        "passes": False,
        "verdict": "fails: 2 breaks",
    }
    assert (document["old"], document["new"]) == ("recordings/old.har", "recordings/new.har")
    assert document["skipped"] == {"no response was recorded": 3}
    assert document["accepted"][0]["reason"] == "the plugin hides it"
    assert document["accepted"][0]["change"]["rule"] == "field-removed"
    assert document["findings"][2] == {
        "rule": "value-changed",
        "title": "value changed",
        "level": "risk",
        "operation": "GET /{database}/{table}.json",
        "path": "$.facets[*]",
        "message": "the value differs in 3 answers",
        "reason": "reads.yaml names $.facets as a whole",
        "support": {"pairs": 22, "agreeing": 3, "distinct": 2},
        "old": {"name": "category", "count": 12, "values": [{"id": 1, "n": 7}, {"id": 2, "n": 5}]},
        "new": {"name": "category", "count": 12.5, "values": [{"id": 1, "n": 7}, {"id": 3, "n": 5}], "more": False},
        "places": [
            {"operation": "GET /{database}/{table}.json", "path": "$.facets[*]"},
            {"operation": "GET /{database}/top_products.json", "path": "$.facets[*]"},
        ],
        "undone": "lost",
        "how": "",
        "facts": {},
        "question": "does the plugin look inside $.facets[*]?",
        "fingerprint": upgrade.findings[2].fingerprint,
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "v0"),
        (["findings", 0, "level"], "minor"),
        (["findings", 0, "support", "pairs"], "x"),
        (["findings", 0, "rule"], None),
        (["accepted", 0, "reason"], 1),
        (["summary", "fails_on"], "sometimes"),
        (["skipped", "no response was recorded"], -1),
    ],
)
def test__diff_schema__wrong_document__is_refused(upgrade: DiffSummary, path: list[str | int], value: object) -> None:
    document: Any = json.loads(render_json(upgrade))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(diff_schema()).validate(document)


@pytest.mark.parametrize(
    "field", ["rule", "level", "reason", "operation", "path", "old", "new", "support", "fingerprint"]
)
def test__diff_schema__finding_without_a_field__is_refused(upgrade: DiffSummary, field: str) -> None:
    document = json.loads(render_json(upgrade))
    del document["findings"][0][field]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(diff_schema()).validate(document)
