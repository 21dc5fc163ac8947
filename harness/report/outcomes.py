"""What the plugin's runs came to beyond their headline: what was complained of, and what stood on the pages, side beside side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.model.outcome import PluginRun, Side


@dataclass(frozen=True)
class Stood:
    """What stood on a page, as a screen reader has it: a text for each side that ran, None where there is none.

    `own` is whether the scenario asked for it: then it is a part of the outcome.
    """

    name: str
    own: bool
    texts: tuple[tuple[Side, str | None], ...]

    @property
    def differs(self) -> bool:
        """Whether the sides do not all say the same."""
        return len({text for _, text in self.texts}) > 1


def complaints(run: PluginRun) -> tuple[str, ...]:
    """Every error that was told, the most telling kind first."""
    return (*run.page_errors, *run.worker_errors, *run.console_errors)


def told(run: PluginRun) -> list[tuple[str, tuple[str, ...]]]:
    """All that was told of a run, under the title of its kind; kinds of which nothing was told are left out."""
    kinds = {
        "Page errors": run.page_errors,
        "Errors in workers and hidden pages": run.worker_errors,
        "Console errors": run.console_errors,
        "Failed requests": run.failed_requests,
        "Dialogs": run.dialogs,
        "Downloads": run.downloads,
    }
    return [(title, messages) for title, messages in kinds.items() if messages]


def stood(runs: Sequence[PluginRun]) -> Iterator[Stood]:
    """The scenario's snapshots, then every page that was open at the end, each by name with what each side says."""
    for own in (True, False):
        sides = [(run.side, run.snapshots if own else run.pages) for run in runs]
        for name in dict.fromkeys(name for _, texts in sides for name in texts):
            yield Stood(name, own, tuple((side, texts.get(name)) for side, texts in sides))
