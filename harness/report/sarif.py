"""A comparison as SARIF 2.1.0 (OASIS), in the part of it that code scanning shows: an alert a finding, help for each rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from harness.model.change import Change, Level
from harness.model.json_text import serialize
from harness.model.rule import Rule
from harness.model.summary import Accepted, DiffSummary
from harness.report import diff_words
from harness.report.findings import head, others, told
from harness.report.markdown_text import code, prose
from harness.report.text import line

_LEVELS = {Level.BREAK: "error", Level.RISK: "warning", Level.INFO: "note"}
_SEVERITIES = {Level.BREAK: "error", Level.RISK: "warning", Level.INFO: "recommendation"}
_PLACES = 100


def render_sarif(summary: DiffSummary) -> str:
    """One run with a result for each finding, and for each accepted one a result with a suppression."""
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(summary)],
    }
    return serialize(document).decode() + "\n"


def _run(summary: DiffSummary) -> dict[str, Any]:
    changes = [*summary.findings, *(each.change for each in summary.accepted)]
    worst = {change.kind: change for change in reversed(changes)}
    rules = [_rule(worst[kind], summary.rules.get(kind)) for kind in sorted(worst)]
    numbers = {kind: number for number, kind in enumerate(sorted(worst))}
    physical = _physical(diff_words.file(summary))
    results = [_result(change, numbers, physical, []) for change in summary.findings]
    results += [_result(each.change, numbers, physical, [_suppression(each)]) for each in summary.accepted]
    return {
        "tool": {"driver": {"name": "Backfit", "version": version("backfit"), "rules": rules}},
        "invocations": [_invocation(summary)],
        "results": results,
    }


def _rule(change: Change, rule: Rule | None) -> dict[str, Any]:
    """The rule's own words; of a rule that nobody explains, the finding's title and level."""
    level = rule.level if rule else change.level
    descriptor = {
        "id": line(change.kind),
        "shortDescription": {"text": _plain(rule.title if rule else change.title)},
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {"tags": ["api", "compatibility"], "problem.severity": _SEVERITIES[level]},
    }
    if rule is None:
        return descriptor
    return {
        **descriptor,
        "fullDescription": {"text": _plain(rule.meaning)},
        "help": {"text": _plain(f"{rule.meaning} {rule.undo} {rule.advice}"), "markdown": _help(rule)},
    }


def _help(rule: Rule) -> str:
    examples = [f"- {side}: {code(text)}" for side, text in (("old", rule.old), ("new", rule.new)) if text]
    parts = [
        prose(rule.meaning),
        "\n".join(examples),
        f"**Shim**: {prose(rule.undo)}",
        f"**To do**: {prose(rule.advice)}",
    ]
    return "\n\n".join(part for part in parts if part)


def _result(
    change: Change, numbers: Mapping[str, int], physical: Mapping[str, Any], suppressions: list[dict[str, Any]]
) -> dict[str, Any]:
    result = {
        "ruleId": line(change.kind),
        "ruleIndex": numbers[change.kind],
        "level": _LEVELS[change.level],
        "message": {"text": _plain("\n".join([head(change), *told(change)]))},
        "locations": [{"physicalLocation": physical, "logicalLocations": list(_logical(change))}],
        "suppressions": suppressions,
        "properties": {"undone": change.undone.value, "support": str(change.support)},
    }
    if not change.fingerprint:
        return result
    # primaryLocationLineHash is the one fingerprint that GitHub reads; it would make its own of the file's first line.
    mark = line(change.fingerprint)
    return {**result, "partialFingerprints": {"backfit/v1": mark, "primaryLocationLineHash": f"{mark}:1"}}


def _logical(change: Change) -> Iterable[dict[str, str]]:
    """The operations and paths; a viewer needs no more than the first hundred of them."""
    places = [(change.operation, change.path), *((each.operation, each.path) for each in others(change))]
    for operation, path in places[:_PLACES]:
        yield {"name": line(path), "fullyQualifiedName": f"{line(operation)} {line(path)}", "kind": "member"}


def _physical(file: str) -> dict[str, Any]:
    """The file that has changed. A recording has no lines that mean something to a person: the alert stands at the first."""
    path = PurePath(line(file))
    uri = quote(path.as_posix())
    return {"artifactLocation": {"uri": f"file://{uri}" if path.is_absolute() else uri}, "region": {"startLine": 1}}


def _suppression(accepted: Accepted) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": diff_words.acceptance(accepted)}


def _invocation(summary: DiffSummary) -> dict[str, Any]:
    said = [*summary.notes, *diff_words.skipped(summary), diff_words.verdict(summary)]
    return {
        "executionSuccessful": diff_words.passes(summary) is not None,
        "toolExecutionNotifications": [{"level": "note", "message": {"text": _plain(text)}} for text in said],
    }


def _plain(text: str) -> str:
    """Plain text in which `[…](…)` is no link (SARIF 2.1.0 section 3.11.6), on as many lines as it has."""
    return "\n".join(line(each, 1000) for each in text.split("\n")).replace("](", "] (")
