from __future__ import annotations

from harness.intake.report import Report
from harness.intake.sections import labelled, titles


def test__labelled__lines__know_their_section() -> None:
    report = Report("x", "`\n### One (2) ###\n\na: 1\nnothing\nb:\nc: d: e\n### Two ###\na: 2\n`")
    assert titles(report) == {"One", "Two"}
    assert [(each.line, each.section, each.label, each.value) for each in labelled(report)] == [
        (4, "One", "a", "1"),
        (7, "One", "c", "d: e"),
        (9, "Two", "a", "2"),
    ]
