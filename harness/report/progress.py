"""What is going on right now: the steps with their times on a terminal, one plain line a step where nobody watches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from harness.report.text import duration, line

Tell = Callable[[str], None]
"""Says which step begins. Saying the same again changes nothing."""

_SHOWN = 6
"""So many steps are on the screen: the one that goes on, and the last that ended."""


@contextmanager
def progress(console: Console, *, keep: bool = False) -> Iterator[Tell]:
    """Give a `tell(step)`: on a terminal a line a step, with its seconds, gone at the end; else a plain line.

    With `keep` all the steps stay on the terminal. A step that differs from the one before in its numbers alone is that
    one, further on.
    """
    if not console.is_interactive:
        yield _once(lambda step: console.print(Text(f"… {step}"), soft_wrap=True))
        return
    one_line = Column(no_wrap=True, overflow="ellipsis")
    description = TextColumn("{task.description}", markup=False, table_column=one_line)
    with Progress(
        SpinnerColumn(finished_text="✓"), description, _Seconds(), console=console, transient=not keep
    ) as bars:
        steps = _Steps(bars, None if keep else _SHOWN)
        yield _once(steps.show)
        steps.end()


class _Steps:
    """The lines of a terminal. The last one goes on; where something is raised, it stays unfinished."""

    def __init__(self, bars: Progress, shown: int | None) -> None:
        self._bars, self._shown = bars, shown
        self._all: list[TaskID] = []
        self._text = ""

    def show(self, step: str) -> None:
        """The next step, or the same one further on."""
        if self._all and _without_numbers(step) == _without_numbers(self._text):
            self._bars.update(self._all[-1], description=step)
        else:
            self.end()
            self._all.append(self._bars.add_task(step, total=1))
        self._text = step
        while self._shown and len(self._all) > self._shown:
            self._bars.remove_task(self._all.pop(0))

    def end(self) -> None:
        """The last step is done."""
        if self._all:
            self._bars.update(self._all[-1], completed=1)


class _Seconds(ProgressColumn):
    def render(self, task: Task) -> Text:
        """How long the step took, or has been going on."""
        taken = task.finished_time if task.finished else task.elapsed
        return Text(duration(taken or 0.0), "dim")


def _without_numbers(step: str) -> str:
    return re.sub(r"\d+", "", step)


def _once(show: Tell) -> Tell:
    """`show` for each step that is not the one before."""
    current: list[str] = [""]

    def tell(step: str) -> None:
        said = line(step.strip())
        if said and said != current[0]:
            current[0] = said
            show(said)

    return tell
