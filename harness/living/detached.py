"""Programs that live on when the command that started them has ended."""

from __future__ import annotations

import subprocess
import threading


def let_go(process: subprocess.Popen[bytes]) -> None:
    """It lives on by itself. Where we live longer than it does, its exit is taken, so that no zombie is left."""
    threading.Thread(target=process.wait, daemon=True).start()
