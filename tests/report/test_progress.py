"""A live line a step for who watches, plain lines for who does not."""

from __future__ import annotations

import io
import re
from contextlib import suppress

from rich.console import Console

from harness.report.progress import progress


def told(console: Console, *steps: str, keep: bool = False) -> str:
    """What a run of the steps prints."""
    with progress(console, keep=keep) as tell:
        for step in steps:
            tell(step)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def terminal() -> Console:
    return Console(file=io.StringIO(), width=80, force_terminal=True, force_interactive=True, color_system=None)


def last_picture(text: str) -> list[str]:
    """The lines that are left standing when the cursor has gone up and the lines were drawn again."""
    return re.split(r"\x1b\[1?A|\x1b\[2K", text)[-1].strip().splitlines()


STEPS = ("preparing old", "preparing old", "", "replaying [red]new\x1b[2J", "preparing old")


def test__progress__no_terminal__is_one_line_a_step() -> None:
    text = told(Console(file=io.StringIO(), width=20), *STEPS)
    assert text == "… preparing old\n… replaying [red]new\\x1b[2J\n… preparing old\n"


def test__progress__terminal__shows_steps_and_seconds_and_then_clears_the_lines() -> None:
    text = told(terminal(), *STEPS)
    assert "replaying [red]new\\x1b[2J" in text
    assert re.search(r"\d\.\d s", text)
    assert text.endswith("\x1b[2K")
    assert "… " not in text


def drawn(text: str) -> list[str]:
    """The names of the steps in the last picture that was drawn."""
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)
    return re.findall(r"\S (step \w+)", plain)


def test__progress__kept__leaves_every_step_with_its_time() -> None:
    steps = [f"step {name}" for name in "abcdefgh"]
    text = told(terminal(), *steps, keep=True)
    assert drawn(text)[-8:] == steps
    assert text.count("✓ step h") == 1


def test__progress__many_steps__shows_the_last_ones_only() -> None:
    text = told(terminal(), *(f"step {name}" for name in "abcdefgh"))
    assert drawn(text)[-6:] == [f"step {name}" for name in "cdefgh"]


def test__progress__a_step_that_counts__stays_one_line() -> None:
    text = told(terminal(), "step a", *(f"run {number} of 300" for number in range(1, 40)), "step b", keep=True)
    last = text.rindex("step a")
    assert re.findall(r"✓ ([a-z]+ \w+)", text[last - 2 :]) == ["step a", "run 39", "step b"]


def test__progress__what_raises__leaves_its_step_unfinished() -> None:
    console = terminal()
    with suppress(RuntimeError), progress(console, keep=True) as tell:
        tell("step a")
        tell("step b")
        raise RuntimeError
    assert isinstance(console.file, io.StringIO)
    assert "✓ step a" in console.file.getvalue()
    assert "✓ step b" not in console.file.getvalue()
