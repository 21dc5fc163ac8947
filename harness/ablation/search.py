"""Which places a plugin needs, from as few runs as will do: groups of places are tried together, and split where that matters.

Places of one depth go together, since none hides another; so a place in a container that is not missed is looked at too (who
can do without rows may still fail over a row without its id). For k needed of n places that takes O(k log n + depth) runs
(Du and Hwang, Combinatorial Group Testing, 2000, chapter 2). What each place can be missed without is then taken away all at
once; where the outcome differs, QuickXplain (Junker, AAAI 2004) finds the few that cannot be missed together.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import groupby

from harness.ablation.candidates import Candidate
from harness.ablation.course import Course, Procedure
from harness.ablation.edits import Edit, Group, How, Trial
from harness.ablation.needs import Finding, Needs, Place, Together
from harness.contract.places import STATUS, in_body
from harness.model.paths import Path
from harness.model.reads import Need

_PARTS = 4
"""A group is split in so many: as many runs as halves take where little is needed, a third fewer where much is, more at once."""

_MOST_TOGETHER = 8
_MOST_MORE = 3
"""So many more times a difference must come again where the plugin varies."""
_NOT_MET = "no answer had it while the runs went on"
_VARIES = "the outcome varies by itself"
_NOT_TRIED = "not tried"
_UNEXPLAINED = "{} places can be missed one by one, but not all together, and no few of them explain it: {}"
_RUNS_EACH = 3.0
"""About how many runs a needed place costs beyond those of its group: for an estimate."""

_Told = Generator["Group | list[Procedure]", Trial, str | None]
_Found = Generator["Group | list[Procedure]", Trial, Group]


class Search:
    """Asks for groups through its `course` and collects what they tell.

    `varied` is how often a difference did not come again, or what makes it was not found: a sign that the plugin varies.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.varied = 0
        self._candidates = candidates
        self._found: dict[Edit, Finding] = {}
        self._together: list[Together] = []
        self._remarks: list[str] = []
        self._set_aside: set[Edit] = set()
        self._planned: dict[Edit, None] = {}
        self._levels_left = 0
        self.course = Course(self._all())

    @property
    def needed(self) -> int:
        """How many needs were found so far."""
        return sum(finding.need is Need.NEEDED for finding in self._found.values())

    @property
    def left(self) -> int:
        """About how many runs are still to come."""
        open_ = len(self._planned) - len(self._found)
        share = self.needed / len(self._found) if self._found else 0.0
        return max(round(self._levels_left + share * open_ * _RUNS_EACH), self.course.waiting)

    def needs(self) -> Needs:
        """What is known so far."""
        operations: dict[str, dict[str, dict[How, Finding]]] = {}
        for edit in self._planned:
            places = operations.setdefault(str(edit.operation), {})
            found = self._found.get(edit, Finding(Need.UNOBSERVED, _NOT_TRIED))
            places.setdefault(edit.place, {})[edit.how] = found
        return Needs(operations, tuple(self._together), tuple(self._remarks))

    def _all(self) -> Procedure:
        yield from self._levels(How.REMOVED, [each for each in self._candidates if each.place != STATUS])
        yield from self._union(_outermost(self._tolerated(self._planned.keys() - self._set_aside)))
        yield from self._levels(How.NULL, list(self._mattering()))
        others = [each for each in self._candidates if each.place == STATUS]
        yield from self._levels(How.RETYPED, [*self._mattering(), *others])

    def _mattering(self) -> Iterator[Candidate]:
        """Places in bodies that are needed or read: what else is done to the others is of no interest."""
        for each in self._candidates:
            found = self._found.get(Edit(each.operation, each.place, How.REMOVED))
            needed = found is not None and found.need is Need.NEEDED
            if each.place.startswith("$") and (needed or each.is_read):
                yield each

    def _levels(self, how: How, candidates: Sequence[Candidate]) -> Procedure:
        ordered = sorted(candidates, key=lambda each: (each.rank, each.depth < 0, each.depth))
        levels = [
            tuple(Edit(each.operation, each.place, how) for each in level)
            for _, level in groupby(ordered, key=lambda each: (each.rank, each.depth))
        ]
        self._planned |= dict.fromkeys(edit for level in levels for edit in level)
        self._levels_left = len(levels)
        differing: dict[Group, Trial] = {}
        yield [self._whole(level, differing) for level in levels]
        for level in levels:
            if level in differing:
                yield from self._settled(level, differing[level])
                yield from self._union(self._tolerated(level))

    def _whole(self, level: Group, differing: dict[Group, Trial]) -> Procedure:
        """One run tells that nothing of a level is needed, so each has its own before any is looked into."""
        trial = yield level
        self._levels_left -= 1
        if trial.difference is None:
            yield from self._settled(level, trial)
        else:
            differing[level] = trial

    def _settled(self, group: Group, trial: Trial) -> Procedure:
        """Finds what of the group, of which a trial is known, is needed."""
        if trial.difference is None:
            self._found |= {each: _missed(each in trial.met) for each in group}
        elif len(group) == 1:
            yield from self._alone(group[0], trial)
        else:
            yield [self._tried(part) for part in _parts(group)]
            self.varied += len(self._tolerated(group)) == len(group)

    def _tried(self, group: Group) -> Procedure:
        trial = yield group
        yield from self._settled(group, trial)

    def _alone(self, edit: Edit, trial: Trial) -> Procedure:
        if edit not in trial.met:
            self._found[edit] = Finding(Need.UNOBSERVED, _VARIES)
            return
        told = yield from self._differs((edit,), trial)
        self._found[edit] = _missed(True) if told is None else Finding(Need.NEEDED, told)

    def _differs(self, group: Group, trial: Trial | None = None) -> _Told:
        """How the outcome differs without the group, each time that it is tried, `trial` being the first of them; else None.

        A plugin that was seen to vary by itself is asked more often.
        """
        told = None if trial is None else trial.difference
        tries = 0 if trial is None else 1
        while tries < 2 + min(self.varied, _MOST_MORE):
            again = yield group
            if again.difference is None:
                self.varied += tries > 0
                return None
            told, tries = again.difference, tries + 1
        return told

    def _tolerated(self, edits: Iterable[Edit]) -> Group:
        found = ((each, self._found.get(each)) for each in edits)
        return tuple(sorted(each for each, finding in found if finding is not None and finding.need is Need.TOLERATED))

    def _union(self, group: Group) -> Procedure:
        """Takes away at once what can be missed one by one, and finds what cannot be missed together."""
        for left in reversed(range(_MOST_TOGETHER)):
            told = (yield from self._differs(group)) if len(group) > 1 else None
            if told is None:
                return
            smallest = (yield from self._smallest((), False, group)) if left else ()
            why = (yield from self._differs(smallest)) if smallest else None
            if why is None:
                self._remarks.append(_UNEXPLAINED.format(len(group), told))
                return
            self._cannot_miss(smallest, why)
            self._set_aside.add(smallest[-1])
            group = tuple(each for each in group if each != smallest[-1])

    def _cannot_miss(self, group: Group, why: str) -> None:
        if len(group) == 1:
            self._found[group[0]] = Finding(Need.NEEDED, why)
        else:
            places = tuple(Place(str(each.operation), each.place) for each in group)
            self._together.append(Together(group[0].how, places, why))

    def _smallest(self, base: Group, is_new: bool, group: Group) -> _Found:
        """The least of `group` that makes the outcome differ where `base` is taken away too; as a whole it does."""
        if is_new and (yield from self._differs(base)) is not None:
            return ()
        if len(group) == 1:
            return group
        half = len(group) // 2
        left, right = group[:half], group[half:]
        of_right = yield from self._smallest((*base, *left), True, right)
        of_left = yield from self._smallest((*base, *of_right), bool(of_right), left)
        return (*of_left, *of_right)


def _missed(is_met: bool) -> Finding:
    return Finding(Need.TOLERATED) if is_met else Finding(Need.UNOBSERVED, _NOT_MET)


def _parts(group: Group) -> list[Group]:
    """The group in _PARTS of about one size, in order."""
    size = -(-len(group) // _PARTS)
    return [group[at : at + size] for at in range(0, len(group), size)]


def _outermost(edits: Group) -> Group:
    """Those that are inside no other."""
    paths = {each: path for each in edits if (path := in_body(each.place)) is not None}
    taken = {(each.operation, path) for each, path in paths.items()}

    def is_inside(each: Edit, path: Path) -> bool:
        return any((each.operation, path[:length]) in taken for length in range(len(path)))

    return tuple(each for each in edits if each not in paths or not is_inside(each, paths[each]))
