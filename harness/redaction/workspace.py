"""A workspace's redactor: its key, and its redact.yaml where it has one."""

from __future__ import annotations

from pathlib import Path

from harness.redaction.key import workspace_key
from harness.redaction.redactor import Redactor
from harness.redaction.rules import Rules
from harness.redaction.rules_file import FILE_NAME, read_rules


def redactor_of(workspace: Path, *, key: Path | None = None, rules: Path | None = None) -> Redactor:
    """A new redactor, which knows no secret yet; `key` and `rules` are files that go before the workspace's own.

    Makes the workspace's key where it has none. Raises BadFile, EnvironmentFailed.
    """
    file = rules or workspace / FILE_NAME
    read = read_rules(file) if rules is not None or file.exists() else Rules()
    return Redactor(workspace_key(workspace, key), read)
