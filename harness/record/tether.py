"""Run as a script: `tether.py PARENT COMMAND…` becomes COMMAND, and is killed when PARENT dies, even by kill -9.

It stands alone (standard library only) because it is a process of its own between Backfit and a plugin.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Tie this process to `parent` where the kernel can (Linux), then become `command`; exits 127 where it is missing."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we were tied
            raise SystemExit(1)
    try:
        os.execvp(command[0], command)  # noqa: S606 (no shell is the point)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        raise SystemExit(127) from error


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
