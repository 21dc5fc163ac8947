"""What `backfit diff --format json` prints, for a pipeline that judges changes by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.model.change import Change, Level
from harness.report.findings import worst_first
from harness.report.json_report import as_json


def changes_as_json(changes: Sequence[Change], skipped: Mapping[str, int]) -> dict[str, Any]:
    """JSON values: `findings` worst first, `summary` with a count for each level, `skipped` (reason to count)."""
    return {
        "schema": "backfit/diff/v1",
        "findings": [_finding(change) for change in worst_first(changes)],
        "summary": {level.value: sum(change.level is level for change in changes) for level in Level},
        "skipped": dict(skipped),
    }


def _finding(change: Change) -> dict[str, Any]:
    fields = as_json(change)
    return {"rule": fields.pop("kind"), **fields}
