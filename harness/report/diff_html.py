"""A comparison as a page for people: what fails first, each change with what it means, and how to accept it."""

from __future__ import annotations

from harness.model.summary import DiffSummary
from harness.report import diff_words
from harness.report.findings import split
from harness.report.page import page

_TONES = {True: "good", False: "bad", None: "unsure"}


def render_diff_html(summary: DiffSummary) -> str:
    """The page's text."""
    told, infos = split(summary.findings)
    kinds = {change.kind for change in summary.findings}
    return page(
        "diff.html.j2",
        summary=summary,
        tone=_TONES[diff_words.passes(summary)],
        told=told,
        infos=infos,
        rules=[rule for kind, rule in sorted(summary.rules.items()) if kind in kinds],
    )
