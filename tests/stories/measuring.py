"""A command's own memory at the most, while it runs."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from pathlib import Path

from tests.stories.shop import Ran, Shop

MIB = 1 << 20


def peak(process: subprocess.Popen[str], most: list[int]) -> None:
    """The largest memory that the command itself takes while it runs, in bytes."""
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            return
        if found := re.search(r"VmHWM:\s+(\d+) kB", status):
            most[:] = [int(found[1]) * 1024]
        time.sleep(0.05)


def measured(shop: Shop, *arguments: str, timeout: float) -> tuple[Ran, int]:
    """The command run to its end, and its memory at the most."""
    most = [0]
    with shop.started(*arguments) as process:
        watching = threading.Thread(target=peak, args=(process, most))
        watching.start()
        out, err = process.communicate(timeout=timeout)
        watching.join()
    return Ran(process.returncode, out, err), most[0]
