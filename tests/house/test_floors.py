"""The floors of the house: an import never runs up. import-linter holds them; here is the proof that it would say no."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = (
    "ablation",
    "changes",
    "cli",
    "contract",
    "declared",
    "environments",
    "gate",
    "intake",
    "lens",
    "living",
    "model",
    "parity",
    "probing",
    "reads",
    "record",
    "redaction",
    "replay",
    "report",
    "schema",
    "shims",
)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house with the same rooms and the same contracts."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for room in ("", *ROOMS):
        (tmp_path / "harness" / room).mkdir(exist_ok=True)
        (tmp_path / "harness" / room / "__init__.py").touch()
    (tmp_path / "harness/corridor.py").touch()
    return tmp_path


def test__the_house__as_it_is__keeps_its_floors() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("model/a.py", "harness.schema"),
        ("schema/a.py", "harness.lens"),
        ("lens/a.py", "harness.schema"),
        ("lens/a.py", "socket"),
        ("changes/a.py", "harness.replay"),
        ("changes/a.py", "harness.shims"),
        ("changes/a.py", "subprocess"),
        ("replay/a.py", "harness.changes"),
        ("record/a.py", "harness.shims"),
        ("environments/a.py", "harness.report"),
        ("report/a.py", "harness.changes"),
        ("shims/a.py", "harness.corridor"),
        ("corridor.py", "harness.cli"),
        ("declared/a.py", "harness.gate"),
        ("declared/a.py", "harness.changes"),
        ("report/b.py", "harness.gate"),
        ("attic.py", "harness.model"),  # a room without a floor
    ],
)
def test__import__that_runs_up__is_refused(house: Path, importer: str, imported: str) -> None:
    (house / "harness" / importer).write_text(f"import {imported}\n")
    result = lint_imports(house)
    assert result.returncode == 1
    assert f"harness.{importer.removesuffix('.py').replace('/', '.')}" in result.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("cli/a.py", "harness.corridor"), ("corridor.py", "harness.shims"), ("record/a.py", "harness.replay")],
)
def test__import__that_runs_down__is_allowed(house: Path, importer: str, imported: str) -> None:
    (house / "harness" / importer).write_text(f"import {imported}\n")
    result = lint_imports(house)
    assert result.returncode == 0, result.stdout
