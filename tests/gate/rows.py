"""Findings of these tests: real ones, and ones made up for places that are hard to come by."""

from __future__ import annotations

from pathlib import Path

from harness.changes.findings import findings
from harness.changes.study import study
from harness.gate.reads import Read, Reads
from harness.model.change import Change, Level, Support, fingerprint
from harness.model.exchange import Recording
from harness.model.json_text import Json


def change(
    path: str,
    operation: str = "GET /a",
    kind: str = "response-property-removed",
    level: Level = Level.BREAK,
    old: Json = None,
    new: Json = None,
) -> Change:
    """One change at one place."""
    name = fingerprint(kind, operation, path)
    reason = "nothing says what the plugin reads, so every place counts as read" if level is Level.BREAK else "why"
    return Change(
        kind, "title", level, operation, path, "message", reason, Support(1, 1, 1), old, new, fingerprint=name
    )


def found(old: Recording, new: Recording) -> list[Change]:
    """What has changed, a row a place."""
    return findings(study(old, new, old, new))


def reads(**operations: str) -> Reads:
    """Reads by `GET_a` (for `GET /a`) or a whole name given through `**{…}`; the places stand one after another, with commas."""
    named = {
        name if " " in name or name == "errors" else name.replace("_", " /"): text for name, text in operations.items()
    }
    return Reads("reads.yaml", {name: _places(text) for name, text in named.items()})


def _places(text: str) -> tuple[Read, ...]:
    return tuple(Read.parse(each.strip()) for each in text.split(",") if each.strip())


def written(folder: Path, text: str, name: str = "file.yaml") -> Path:
    """A file with this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file
