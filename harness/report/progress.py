"""What is going on right now: a live line on a terminal, one plain line a phase where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Column
from rich.text import Text

from harness.report.text import duration, line

Tell = Callable[[str], None]
"""Says which phase begins. Saying the same again changes nothing."""


@contextmanager
def progress(console: Console) -> Iterator[Tell]:
    """Give a `tell(phase)`: on a terminal one line with the phase and its seconds, gone at the end; else a line."""
    if not console.is_interactive:
        yield _once(lambda phase: console.print(Text(f"… {phase}"), soft_wrap=True))
        return
    one_line = Column(no_wrap=True, overflow="ellipsis")
    description = TextColumn("{task.description}", markup=False, table_column=one_line)
    with Progress(SpinnerColumn(), description, _Seconds(), console=console, transient=True) as bar:
        task = bar.add_task("", start=False, visible=False)
        yield _once(lambda phase: bar.reset(task, description=phase, visible=True))


class _Seconds(ProgressColumn):
    def render(self, task: Task) -> Text:
        """How long the phase has been going on."""
        return Text(duration(task.elapsed or 0.0), "dim")


def _once(show: Tell) -> Tell:
    """`show` for each phase that is not the one before."""
    current: list[str] = [""]

    def tell(phase: str) -> None:
        said = line(phase.strip())
        if said and said != current[0]:
            current[0] = said
            show(said)

    return tell
