"""What a check costs by itself: all of its time but what the systems, the browser and the scenario take."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
BACKFIT = Path(sys.executable).with_name("backfit")
NOT_OURS = ("prepare", "start ", "plugin on ")
"""Phases in which a check waits for others: installing, systems that start, a browser and the scenario in it."""


def own_seconds() -> float:
    """Of a warm check of the bike shop with plain processes."""
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder))  # installs what is missing
        begun = time.monotonic()
        report = check(Path(folder))
        whole = time.monotonic() - begun
        waiting = sum(spent for phase, spent in report["seconds"].items() if phase.startswith(NOT_OURS))
        return whole - waiting


def check(folder: Path) -> dict[str, dict[str, float]]:
    """The report of one check."""
    shutil.rmtree(folder / ".backfit", ignore_errors=True)
    command = [BACKFIT, "check", ROOT / "environments/bike-shop", "--driver", "process", "--accept-shim"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    [report] = (folder / ".backfit/runs").glob("*/report.json")
    found: dict[str, dict[str, float]] = json.loads(report.read_text())
    return found
