"""Reports of WordPress in sections: `### Title ###`, and under it lines `label: value`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.intake.report import Report


@dataclass(frozen=True)
class Labelled:
    """One line; titles have lost their count, `### Active Plugins (8) ###`."""

    line: int
    section: str
    label: str
    value: str


def titles(report: Report) -> set[str]:
    """The titles of its sections."""
    return {title for _, text in report.lines if (title := _title(text))}


def labelled(report: Report) -> Iterator[Labelled]:
    """Every line that has a label and a value, with its section."""
    section = ""
    for number, text in report.lines:
        label, colon, value = text.partition(":")
        if title := _title(text):
            section = title
        elif colon and value.strip():
            yield Labelled(number, section, label.strip(), value.strip())


def _title(text: str) -> str | None:
    match = re.fullmatch(r"`*#{3} (.+?)(?: \(\d+\))? #{3}", text)
    return match[1] if match else None
