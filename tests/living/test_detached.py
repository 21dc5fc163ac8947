from __future__ import annotations

import os
import subprocess
from pathlib import Path

from harness.living.detached import let_go
from tests.environments.tiny import eventually


def test__let_go__when_it_ends__leaves_no_zombie() -> None:
    process = subprocess.Popen(["sleep", "0.2"])
    let_go(process)
    pid = process.pid
    del process
    assert os.kill(pid, 0) is None  # it lives on
    assert eventually(lambda: not Path(f"/proc/{pid}").exists())
