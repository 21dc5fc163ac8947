"""A report that was written is read back: what another process found."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from harness.model.errors import BadFile
from harness.model.summary import CheckSummary


def read_summary(path: Path) -> CheckSummary:
    """The summary that `write_json` wrote to `path`. Raises BadFile where it is none."""
    try:
        fields = dict(json.loads(path.read_bytes()))
        fields.pop("schema", None)
        return TypeAdapter(CheckSummary).validate_python(fields)
    except FileNotFoundError as error:
        raise BadFile("there is no report", where=str(path)) from error
    except (ValueError, TypeError, ValidationError) as error:
        raise BadFile(f"this is no report of a check: {error}", where=str(path)) from error
