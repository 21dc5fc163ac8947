"""`backfit schema`: the JSON Schema of a file format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from harness.ablation.needs_file import needs_schema
from harness.contract.published import contract_schema
from harness.environments.load import environment_schema, lock_schema
from harness.gate.ignore_file import ignore_schema
from harness.gate.reads_file import reads_schema
from harness.redaction.rules_file import rules_schema
from harness.report.diff_report import diff_schema
from harness.report.json_report import report_schema
from harness.report.verification import verification_schema
from harness.shims.published import shim_schema

EPILOG = """Example: backfit schema environment > environment.schema.json"""


class Name(StrEnum):
    """The formats that people and programs write and read."""

    ENVIRONMENT = "environment"
    LOCK = "lock"
    SHIM = "shim"
    READS = "reads"
    IGNORE = "ignore"
    DIFF = "diff"
    REPORT = "report"
    VERIFICATION = "verification"
    CONTRACT = "contract"
    NEEDS = "needs"
    REDACT = "redact"


_SCHEMAS: Mapping[Name, Callable[[], dict[str, Any]]] = {
    Name.ENVIRONMENT: environment_schema,
    Name.LOCK: lock_schema,
    Name.SHIM: shim_schema,
    Name.READS: reads_schema,
    Name.IGNORE: ignore_schema,
    Name.DIFF: diff_schema,
    Name.REPORT: report_schema,
    Name.VERIFICATION: verification_schema,
    Name.CONTRACT: contract_schema,
    Name.NEEDS: needs_schema,
    Name.REDACT: rules_schema,
}


def schema(name: Annotated[Name, typer.Argument(help="The format.")]) -> None:
    """Print the JSON Schema (2020-12) of a file format, for editors and for validation."""
    print(json.dumps(_SCHEMAS[name](), indent=2))
