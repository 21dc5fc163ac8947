"""SARIF that validates against the standard's schema, and that code scanning can keep track of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from harness.model.change import Level
from harness.model.summary import CheckSummary, DiffSummary
from harness.report.checked import diff_of
from harness.report.sarif import render_sarif
from tests.report.comparisons import DIFFS

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text())
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def run(diff: DiffSummary) -> dict[str, Any]:
    """The one run of the document, which is valid."""
    document = json.loads(render_sarif(diff))
    VALIDATOR.validate(document)
    (only,) = document["runs"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize(
    ("at", "value"),
    [("level", "fatal"), ("locations", [{"physicalLocation": {"region": {"startLine": 0}}}]), ("nonsense", 1)],
)
def test__schema__wrong_result__is_refused(upgrade: DiffSummary, at: str, value: object) -> None:
    document = json.loads(render_sarif(upgrade))
    document["runs"][0]["results"][0][at] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(document)


@given(DIFFS)
def test__render_sarif__any_findings__are_valid_and_refer_to_their_rules(diff: DiffSummary) -> None:
    found = run(diff)
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert [rules[each["ruleIndex"]] for each in found["results"]] == [each["ruleId"] for each in found["results"]]
    assert len(found["results"]) == len(diff.findings) + len(diff.accepted)


def test__render_sarif__upgrade__tells_levels_places_and_fingerprints(upgrade: DiffSummary) -> None:
    results = run(upgrade)["results"]
    assert [each["level"] for each in results] == ["error"] * 2 + ["warning"] + ["note"] * 4 + ["error"]
    risk = results[2]
    assert risk["message"]["text"].split("\n")[:2] == [
        "value changed: GET /{database}/{table}.json $.facets[*] and 1 more place",
        "the value differs in 3 answers",
    ]
    assert "differs: $.values[1].id: 2 → 3" in risk["message"]["text"]
    assert "ask: does the plugin look inside $.facets[*]?" in risk["message"]["text"]
    (location,) = risk["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "recordings/new.har"},
        "region": {"startLine": 1},
    }
    assert [each["fullyQualifiedName"] for each in location["logicalLocations"]] == [
        "GET /{database}/{table}.json $.facets[*]",
        "GET /{database}/top_products.json $.facets[*]",
    ]
    mark = upgrade.findings[2].fingerprint
    assert risk["partialFingerprints"] == {"backfit/v1": mark, "primaryLocationLineHash": f"{mark}:1"}


def test__render_sarif__accepted__is_suppressed_with_its_justification(upgrade: DiffSummary) -> None:
    *standing, accepted = run(upgrade)["results"]
    assert {len(each["suppressions"]) for each in standing} == {0}
    (suppression,) = accepted["suppressions"]
    assert suppression == {
        "kind": "external",
        "status": "accepted",
        "justification": "the plugin hides it, Ann, until 2027-01-31",
    }


def test__render_sarif__rule_that_somebody_explains__has_help(upgrade: DiffSummary) -> None:
    rules = {rule["id"]: rule for rule in run(upgrade)["tool"]["driver"]["rules"]}
    assert list(rules) == sorted(rules)
    assert rules["field-removed"]["defaultConfiguration"] == {"level": "error"}
    assert '- old: `{"a": 1, "b": 2}`' in rules["field-removed"]["help"]["markdown"]
    assert rules["value-changed"]["shortDescription"] == {"text": "value changed"}


@pytest.mark.parametrize(
    ("new", "uri"),
    [("a b/ü:1.har", "a%20b/%C3%BC%3A1.har"), ("/tmp/new.har", "file:///tmp/new.har"), ("./new.har", "new.har")],
)
def test__render_sarif__file__is_a_uri(upgrade: DiffSummary, new: str, uri: str) -> None:
    location = run(replace(upgrade, new=new))["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test__render_sarif__what_was_not_compared__is_a_notification(upgrade: DiffSummary) -> None:
    (invocation,) = run(upgrade)["invocations"]
    assert invocation["executionSuccessful"] is True
    said = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert "skipped 3 exchanges: no response was recorded" in said


def test__render_sarif__check__is_shown_at_the_environments_file(bike_shop: CheckSummary) -> None:
    result = run(diff_of(bike_shop, file="environments/bike-shop/environment.yaml"))["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "environments/bike-shop/environment.yaml"


def test__render_sarif__words_in_the_form_of_a_link__are_none(upgrade: DiffSummary) -> None:
    change = replace(upgrade.findings[0], message="[click](http://example.com)", level=Level.RISK)
    text = run(replace(upgrade, findings=(change,)))["results"][0]["message"]["text"]
    assert "](" not in text
