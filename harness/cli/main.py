"""`backfit`: the way in. What takes time to load is loaded inside, so that Ctrl-C is obeyed from the first moment."""

from __future__ import annotations

import signal
import sys

_STOPPED = 128 + signal.SIGINT
"""The exit code that shells give for Ctrl-C."""


def main() -> None:
    """Run the command line and exit with its code. A polite kill and a closed terminal are taken as Ctrl-C."""
    try:
        for polite in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(polite) is signal.SIG_DFL:
                signal.signal(polite, signal.default_int_handler)
        from harness.cli.app import run
        from harness.model.json_text import allow_depth

        allow_depth()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("backfit: stopped; everything that was started has been ended", file=sys.stderr)
        code = _STOPPED
    sys.exit(code)
