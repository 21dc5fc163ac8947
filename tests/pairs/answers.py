"""Old/new pairs as files, and what the whole study says of each: the rows that `findings.json` keeps.

A pair is a folder with `old.json` and `new.json`, and for a second run of each version `old-again.json` and
`new-again.json`. Each is a list of answers `{request: {method, path, id?, body?}, status?, headers?, body, elapsed?}`;
`text` stands in place of `body` for what is not JSON, and headers may be a list of [name, value].
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.changes.findings import findings
from harness.changes.fold import folded
from harness.changes.study import study
from harness.model.change import Change
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import serialize

PAIRS = Path(__file__).parent
Row = dict[str, str | int]


def names() -> list[str]:
    """Every pair, by name."""
    return sorted(file.parent.name for file in PAIRS.glob("*/old.json"))


def outcome(name: str) -> list[Row]:
    """What every kind together finds in a pair, as rows in a fixed order; `places` where it is several."""
    old, new, old_again, new_again = (
        recording(name, side) for side in ("old.json", "new.json", "old-again.json", "new-again.json")
    )
    assert old is not None
    assert new is not None
    found = folded(findings(study(old, new, old_again, new_again)))
    return sorted(map(_row, found), key=lambda row: tuple(map(str, row.values())))


def _row(change: Change) -> Row:
    row: Row = {"rule": change.kind, "path": change.path, "level": change.level.value, "undone": change.undone.value}
    return row | ({"places": len(change.places)} if len(change.places) > 1 else {})


def recorded(name: str) -> list[Row]:
    """What was reviewed and kept."""
    rows: list[Row] = json.loads((PAIRS / name / "findings.json").read_text())
    return rows


def record(name: str, rows: list[Row]) -> None:
    """Keep the rows, one a line."""
    lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    (PAIRS / name / "findings.json").write_text(f"[\n{lines}\n]\n" if rows else "[]\n")


def recording(name: str, file: str) -> Recording | None:
    """One side of a pair; None where the pair has no such file."""
    path = PAIRS / name / file
    if not path.exists():
        return None
    return Recording(tuple(map(_exchange, json.loads(path.read_text()))), source=f"{name}/{file}")


def _exchange(answer: dict[str, Any]) -> Exchange:
    asked = answer["request"]
    body = answer["text"].encode() if "text" in answer else serialize(answer["body"])
    headers = answer.get("headers", {"Content-Type": "application/json"})
    sent = serialize(asked["body"]) if "body" in asked else b""
    return Exchange(
        Request(asked["method"], f"http://host{asked['path']}", body=sent),
        Response(
            answer.get("status", 200),
            tuple(map(tuple, headers.items() if isinstance(headers, dict) else headers)),
            body,
        ),
        id=asked.get("id"),
        elapsed=answer.get("elapsed", 0.0),
    )
