"""Two small recordings of one upgrade, and the commands run in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.cli.app import run
from harness.record.har import write_har
from tests.shims.answers import recording

OLD = [
    {"columns": ["id", "name", "stock"], "rows": [[at, f"bike {at}", 7 * at], [at + 40, "x", 1]], "q_ms": at}
    for at in range(4)
]
NEW = [{"ok": True, "rows": [{"id": r[0], "name": r[1], "stock": r[2]} for r in body["rows"]]} for body in OLD]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Backfit = Callable[..., Ran]


@pytest.fixture
def backfit(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Backfit:
    """Runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments: str) -> Ran:
        code = run(list(arguments))
        captured = capfd.readouterr()
        return Ran(int(code), captured.out, captured.err)

    return ran


@pytest.fixture
def hars(tmp_path: Path) -> Path:
    """A folder with old.har and new.har."""
    for name, bodies in (("old", OLD), ("new", NEW)):
        write_har(tmp_path / f"{name}.har", recording(*(("GET /shop/rows.json", body) for body in bodies)))
    return tmp_path
