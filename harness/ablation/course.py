"""Questions that depend on each other, asked in any number at once: procedures that wait for an answer, or for others."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass

from harness.ablation.edits import Group, Trial

Procedure = Generator["Group | list[Procedure]", Trial, None]
"""Yields a group to try, and gets its trial; or yields procedures, and goes on when all of them have ended."""

_NOTHING = Trial(None)


@dataclass(eq=False)
class _Strand:
    procedure: Procedure
    parent: _Strand | None
    waits_for: int = 0


@dataclass(frozen=True, eq=False)
class Question:
    """A group that is to be tried."""

    group: Group
    strand: _Strand


class Course:
    """A procedure with all that it begins: `next` gives what may be tried now, `answer` goes on from there."""

    def __init__(self, procedure: Procedure) -> None:
        self._waiting: deque[Question] = deque()
        self._begin(_Strand(procedure, None))

    def next(self) -> Question:
        """A group to try, the one first that waits longest. Raises IndexError where none is `waiting`."""
        return self._waiting.popleft()

    def answer(self, question: Question, trial: Trial) -> None:
        """What the trial of a question's group came to."""
        self._go_on(question.strand, trial)

    @property
    def waiting(self) -> int:
        """How many groups may be tried now; at 0, all that is left depends on groups that are being tried."""
        return len(self._waiting)

    def _begin(self, strand: _Strand) -> None:
        self._take(strand, next(strand.procedure, None))

    def _go_on(self, strand: _Strand, trial: Trial) -> None:
        try:
            wanted = strand.procedure.send(trial)
        except StopIteration:
            wanted = None
        self._take(strand, wanted)

    def _take(self, strand: _Strand, wanted: Group | list[Procedure] | None) -> None:
        match wanted:
            case None:
                self._ended(strand.parent)
            case tuple():
                self._waiting.append(Question(wanted, strand))
            case []:
                self._go_on(strand, _NOTHING)
            case list():
                strand.waits_for = len(wanted)
                for procedure in wanted:
                    self._begin(_Strand(procedure, strand))

    def _ended(self, parent: _Strand | None) -> None:
        if parent is None:
            return
        parent.waits_for -= 1
        if not parent.waits_for:
            self._go_on(parent, _NOTHING)
