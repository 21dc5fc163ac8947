"""`pip freeze`, `pip list` and `pip list --format=json`; a requirements file reads the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("pip freeze (or pip list)", "python -m pip freeze > pip.txt")

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_PINNED = re.compile(rf"({_NAME})(?:\[[\w,. -]*\])?\s*={{2,3}}\s*([^\s;#\\]+)")
_OTHER = re.compile(r"--?[a-z-]+(?:[ =]\S+)?|#.*")
_ROW = re.compile(rf"({_NAME})\s+(\d[\w.+!-]*)(?:\s+(\S.*))?")


def sniff(report: Report) -> bool:
    """Pinned requirements in most lines, pip's table, or its JSON."""
    if isinstance(report.json, list):
        return bool(report.json) and all(
            isinstance(each, dict) and {"name", "version"} <= set(each) for each in report.json
        )
    lines = [text for _, text in report.lines]
    pinned = sum(bool(_PINNED.match(text)) for text in lines)
    known = sum(bool(_PINNED.match(text) or _elsewhere(text) or _OTHER.match(text)) for text in lines)
    return _is_table(lines) or (pinned > 0 and known >= 0.9 * len(lines))


def read(report: Report) -> Iterator[Fact]:
    """Each package with its version; one from an address or a folder is named, for it cannot be had by its version."""
    if isinstance(report.json, list):
        for each in report.json:
            yield report.fact("pip", each["name"], each["version"], f'"{each["name"]}"')
        return
    pattern = _ROW if _is_table([text for _, text in report.lines]) else _PINNED
    for number, text in report.lines:
        if name := _elsewhere(text):
            yield report.fact("pip-elsewhere", name, text, number)
        elif match := pattern.match(text):
            yield report.fact("pip", match[1], match[2], number)


def _elsewhere(text: str) -> str | None:
    """The name of a package that was installed from an address or a folder."""
    if text.startswith("-e "):
        return text.rpartition("egg=")[2] or text
    row = _ROW.fullmatch(text)
    if row and row[3] and re.search(r"[/\\]", row[3]):
        return row[1]
    found = re.match(rf"({_NAME})\s*@\s*\S", text)
    return found[1] if found else None


def _is_table(lines: list[str]) -> bool:
    return any(re.match(r"Package\s+Version", text) for text in lines[:3])
