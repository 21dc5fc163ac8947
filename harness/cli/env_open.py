"""`backfit env open`: a browser's window on a side that is up."""

from __future__ import annotations

from pathlib import Path

from harness.cli.env_words import OneSide, Running
from harness.environments.load import load_environment
from harness.living.dwellers import the_one
from harness.living.window import has_display, open_window
from harness.record.browser import find_browser

EPILOG = """\
Examples:

backfit env open bike-shop

backfit env open bike-shop --side new
"""


def open_(environment: Running, side: OneSide = None) -> None:
    """Open what is up in a browser's window.

    Where the environment has a browser, the window has the customer's language, time zone, size and extension as well as
    this machine's Chromium can: its version, fonts and clock are those of a run only. Without a display, the address is
    printed and nothing is opened.
    """
    there = the_one(environment, side, Path())
    print(there.state.address)
    if not has_display():
        return
    wanted = load_environment(Path(there.state.path))
    program = find_browser() if wanted.browser else None
    open_window(wanted, program, there.place.folder / "profile", there.state.address)
