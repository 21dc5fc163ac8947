from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.errors import BadFile
from harness.redaction.key import FILE
from harness.redaction.workspace import redactor_of

VALUE = {"password": "hunter22", "customer_no": "K-123456"}


def test__redactor_of__one_workspace__gives_the_same_pseudonyms(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = redactor_of(tmp_path / "a").json(VALUE)
    assert redactor_of(tmp_path / "a").json(VALUE) == first
    assert redactor_of(tmp_path / "b").json(VALUE) != first
    assert redactor_of(tmp_path / "b", key=tmp_path / "a" / FILE).json(VALUE) == first


def test__redactor_of__a_workspace_with_rules__goes_by_them(tmp_path: Path) -> None:
    rules = tmp_path / "redact.yaml"
    rules.write_text("schema: backfit/redact/v1\nadd: {names: [customer_no]}\nkeep: {names: [password]}\n")
    redacted = redactor_of(tmp_path).json(VALUE)
    assert redacted["password"] == "hunter22"
    assert redacted["customer_no"] != "K-123456"
    rules.write_text("schema: backfit/redact/v1\noff: true\n")
    assert redactor_of(tmp_path).json(VALUE) is VALUE
    with pytest.raises(BadFile):
        redactor_of(tmp_path, rules=tmp_path / "none.yaml")
