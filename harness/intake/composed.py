"""A customer's compose file as a part of a draft: copied as it is, with what it has that looks like a secret told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.intake.fact import Fact, clean
from harness.intake.format import Understood, formats
from harness.intake.formats.compose import pairs
from harness.intake.report import Report
from harness.intake.written_yaml import scalar
from harness.redaction.names import Says, says

FILE_NAME, NEW_NAME = "compose.yaml", "new.compose.yaml"


def composed(reports: Sequence[Understood], service: Fact | None) -> dict[str, str]:
    """The files of the draft that come from a compose file: its copy, and what NEW has, as a pattern for what OLD had."""
    report = compose_report(reports)
    if report is None:
        return {}
    files = {FILE_NAME: report.text}
    if service:
        image = "" if service.value.startswith("built from ") else f"\n    image: {scalar(service.value)}"
        body = f"  {scalar(service.name)}:{image or ' {}'}\n"
        files[NEW_NAME] = (
            f"# What is other in the new version; for the old one, the same with its image.\nservices:\n{body}"
        )
    return files


def compose_report(reports: Sequence[Understood]) -> Report | None:
    """The first compose file."""
    return next((each.report for each in reports if each.format is formats()["compose"]), None)


def secrets_in(report: Report) -> Iterator[str]:
    """The variables whose values stand in the file although their names speak of a secret: `db: POSTGRES_PASSWORD`."""
    for name, service in report.yaml["services"].items():
        for variable, value in pairs(service.get("environment") if isinstance(service, Mapping) else None):
            if value and "$" not in value and says(variable) is Says.SECRET:
                yield f"{clean(name)}: {clean(variable)}"
