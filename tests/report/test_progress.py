"""A live line for who watches, plain lines for who does not."""

from __future__ import annotations

import io
import re

from rich.console import Console

from harness.report.progress import progress


def told(console: Console) -> str:
    """What a run of three phases prints."""
    with progress(console) as tell:
        for phase in ("preparing old", "preparing old", "", "replaying [red]new\x1b[2J", "preparing old"):
            tell(phase)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test__progress__no_terminal__is_one_line_a_phase() -> None:
    text = told(Console(file=io.StringIO(), width=20))
    assert text == "… preparing old\n… replaying [red]new\\x1b[2J\n… preparing old\n"


def test__progress__terminal__shows_phase_and_seconds_and_then_clears_the_line() -> None:
    text = told(Console(file=io.StringIO(), width=80, force_terminal=True, force_interactive=True))
    assert "replaying [red]new\\x1b[2J" in text
    assert re.search(r"\d\.\d s", text)
    assert text.endswith("\x1b[2K")
    assert "… " not in text
