"""The runs of an ablation: the plugin as it is, then with groups of places taken away, some at once, within a budget of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.ablation.candidates import Candidate
from harness.ablation.course import Question
from harness.ablation.edits import Edit, Trial
from harness.ablation.needs import Needs
from harness.ablation.search import Search
from harness.ablation.workers import Workers
from harness.model.errors import EnvironmentFailed

Try = Callable[[frozenset[Edit], float], Trial]
"""Runs the plugin on OLD with these edits for at most so many seconds; called from several threads at once.

Raises EnvironmentFailed where the environment is at fault."""

_FACTOR = 4.0

_GOES_ON = "it was stopped before its end"
_UNSTEADY = "the plugin's outcome on OLD varies by itself, with nothing taken away: {}"


@dataclass(frozen=True)
class Bounds:
    """How many runs go on at once, how many seconds all of them may take (None: as many as needed), and how many one may.

    A run with edits gets four times what one without takes, and `patience` seconds more at least: the machine is shared.
    """

    jobs: int = 1
    budget: float | None = None
    longest: float = 60.0
    patience: float = 5.0


def ablate(
    candidates: Sequence[Candidate],
    trial: Try,
    bounds: Bounds,
    *,
    keep: Callable[[Needs], None],
    tell: Callable[[str], None],
) -> Needs:
    """Find out which of `candidates` the plugin needs, those first that it reads.

    `keep` gets what is known after every run, so that whatever ends this early loses nothing. Raises what `trial` raises twice.
    """
    run = _Run(Search(candidates), trial, bounds, keep, tell)
    varied = run.unedited()
    if varied:
        return run.told(_UNSTEADY.format(varied))
    run.all()
    return run.told(run.stopped)


class _Run:
    """One ablation while it goes on."""

    def __init__(
        self, search: Search, trial: Try, bounds: Bounds, keep: Callable[[Needs], None], tell: Callable[[str], None]
    ) -> None:
        self._search, self._trial, self._bounds, self._keep, self._tell = search, trial, bounds, keep, tell
        self._begun = time.monotonic()
        self._limit = bounds.longest
        self._normal = 0.0
        self._runs = 0
        self.stopped: str | None = None

    def unedited(self) -> str:
        """How the outcome differs where nothing is taken away, where that is so in most runs; else `""`."""
        trials: list[Trial] = []
        while len(trials) < 2 or (len(trials) == 2 and len(_varied(trials)) == 1):
            self._tell(f"ablating: run {len(trials) + 1}, with nothing taken away")
            trials.append(_tried(self._trial, frozenset(), self._limit))
            self._counted()
        self._normal = max(each.seconds for each in trials)
        longer = max(_FACTOR * self._normal, self._normal + self._bounds.patience)
        self._limit = min(self._bounds.longest, longer)
        varied = _varied(trials)
        self._search.varied = len(varied)
        return varied[0] if len(varied) > 1 else ""

    def all(self) -> None:
        """Every group that the search asks for, or as many as the budget allows."""
        course = self._search.course
        with Workers[Question, Trial](self._tried) as workers:
            while True:
                while workers.running < self._bounds.jobs and course.waiting and self._has_time():
                    workers.begin(course.next())
                self._tell(self._progress())
                if not workers.running:
                    return
                course.answer(*workers.ended())
                self._counted()

    def told(self, stopped: str | None) -> Needs:
        """What is known."""
        seconds = round(time.monotonic() - self._begun, 3)
        return replace(self._search.needs(), runs=self._runs, seconds=seconds, stopped=stopped)

    def _tried(self, question: Question) -> Trial:
        return _tried(self._trial, frozenset(question.group), self._limit)

    def _counted(self) -> None:
        self._runs += 1
        self._keep(self.told(_GOES_ON))

    def _has_time(self) -> bool:
        """Whether a run that takes as long as usual ends within the budget."""
        left = self._left()
        if left is None or left >= self._normal or self.stopped:
            return not self.stopped
        self.stopped = f"the budget of {clock(self._bounds.budget or 0.0)} was spent"
        return False

    def _left(self) -> float | None:
        return None if self._bounds.budget is None else self._bounds.budget - (time.monotonic() - self._begun)

    def _progress(self) -> str:
        left = self._left()
        in_time = "" if left is None else f", {clock(left)} left"
        about = self._runs + self._search.left
        return f"ablating: {self._runs} of about {about} runs, {self._search.needed} needed so far{in_time}"


def clock(seconds: float) -> str:
    """`4:10`: minutes and seconds."""
    minutes, rest = divmod(max(round(seconds), 0), 60)
    return f"{minutes}:{rest:02d}"


def _varied(trials: Sequence[Trial]) -> list[str]:
    return [each.difference for each in trials if each.difference is not None]


def _tried(trial: Try, edits: frozenset[Edit], limit: float) -> Trial:
    """The trial; once more where the environment failed, as it does now and then where several runs go on."""
    try:
        return trial(edits, limit)
    except EnvironmentFailed:
        return trial(edits, limit)
