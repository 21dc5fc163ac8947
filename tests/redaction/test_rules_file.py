from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from harness.model.errors import BadFile
from harness.redaction.rules import By
from harness.redaction.rules_file import read_rules, rules_schema

WHOLE = """\
schema: backfit/redact/v1
add:
  names: [customer_no, "*_ref"]
  headers: [x-tenant]
  patterns: ["EMP-[0-9]{6}"]
  places:
    GET /users/{id}: [$.address.street]
keep:
  names: [session]
  patterns: [demo-token]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "redact.yaml"
    file.write_text(text)
    return file


def test__read_rules__a_whole_file__has_each_with_its_line(tmp_path: Path) -> None:
    rules = read_rules(written(tmp_path, WHOLE))
    assert [(rule.by, rule.text, rule.keep, rule.line) for rule in rules.rules] == [
        (By.NAME, "customer_no", False, 3),
        (By.NAME, "*_ref", False, 3),
        (By.HEADER, "x-tenant", False, 4),
        (By.PLACE, "$.address.street", False, 7),
        (By.PATTERN, "EMP-[0-9]{6}", False, 5),
        (By.NAME, "session", True, 9),
        (By.PATTERN, "demo-token", True, 10),
    ]
    assert not rules.off
    assert rules.rules[3].path == ("address", "street")


@pytest.mark.parametrize(("text", "off"), [("off: true\n", True), ("off: false\n", False), ("", False)])
def test__read_rules__off__is_said(tmp_path: Path, text: str, off: bool) -> None:
    assert read_rules(written(tmp_path, f"schema: backfit/redact/v1\n{text}")).off is off


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("ad: {}\n", 2, "unknown key 'ad'"),
        ("add: [a]\n", 2, "'add' is no mapping"),
        ("add:\n  name: [a]\n", 3, "unknown key 'name'"),
        ("add:\n  names: a\n", 3, "'names' is no list"),
        ("add:\n  names: [[a]]\n", 3, "this is no text"),
        ("keep:\n  patterns: ['(']\n", 3, "'(' cannot be read"),
        ("keep:\n  patterns: ['.*']\n", 3, "it fits the empty text"),
        ("add:\n  places: [$.a]\n", 3, "'places' is no mapping"),
        ("add:\n  places:\n    users: [$.a]\n", 4, "'users' is no operation"),
        ("add:\n  places:\n    GET /a: [a]\n", 4, "'a' cannot be read"),
        ("off: maybe\n", 2, "'off' is true or false"),
    ],
)
def test__read_rules__a_mistake__is_told_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(BadFile) as error:
        read_rules(written(tmp_path, f"schema: backfit/redact/v1\n{text}"))
    assert error.value.where == f"{tmp_path}/redact.yaml:{line}"
    assert what in str(error.value)


def test__rules_schema__of_a_whole_file__lets_it_pass_and_stops_mistakes() -> None:
    jsonschema.validate(YAML(typ="safe").load(WHOLE), rules_schema())
    for wrong in (
        {"schema": "backfit/redact/v1", "ad": {}},
        {"schema": "backfit/redact/v1", "add": {"places": {"x": []}}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, rules_schema())
