"""A study of some calls, held against all of them: what it says of each is counted, and what it does not say is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from harness.changes.clock import clocks
from harness.changes.difference import Differs
from harness.changes.evidence import Case, gather
from harness.changes.explain import Pair
from harness.changes.noise import Noise, Places
from harness.changes.pairing import Paired
from harness.changes.quick import Spot, spots
from harness.changes.streaming_marks import BEYOND, Marks, headers_that_differ, template
from harness.changes.streaming_sample import Mark
from harness.changes.study import Group, Study, grouped
from harness.lens.answer import ABSENT, Answer
from harness.lens.step import Apply
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path

Name = tuple[str, str]
"""A group's name, and where NEW serves it."""


@dataclass
class GroupCheck:
    """What all calls of a group say. `edited` counts the answers that each of `explained` edits, `having` those with a place.

    `spots` counts the answers that differ at a place; `headers` those whose header differs, by the class of their status.
    """

    group: Group
    noise: Noise
    calls: int = 0
    edited: Counter[int] = field(default_factory=Counter)
    having: Counter[Path] = field(default_factory=Counter)
    spots: Counter[tuple[Path, Differs]] = field(default_factory=Counter)
    classes: Counter[int] = field(default_factory=Counter)
    headers: Counter[tuple[str, int]] = field(default_factory=Counter)
    statuses: Counter[tuple[str, int, int]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        explained = enumerate(self.group.explained)
        self._steps: list[tuple[int, Apply]] = [
            (at, each.step.compile()) for at, each in explained if each.step is not None
        ]
        self._reported = {rest.at for rest in self.group.residue}
        places = {each.at for each in self.group.explained} | {part for at in self._reported for part in (at, at[:-1])}
        self._places = sorted(places, key=str)
        self._noisy = self.noise.of(self.group.operation)

    def turned(self, old: int, new: int, operation: str = "") -> int:
        """How many answers have these two codes, of all operations or of one."""
        return sum(
            count for (name, *codes), count in self.statuses.items() if codes == [old, new] and operation in ("", name)
        )

    def take(self, case: Case) -> list[Spot]:
        """Count one call; what differs once the steps were applied, less noise."""
        self.calls += 1
        status_class = case.new.status // 100
        self.classes[status_class] += 1
        self.statuses[str(case.operation), case.old.status, case.new.status] += 1
        for name, _, _ in headers_that_differ(case):
            self.headers[name, status_class] += 1
        if case.old_body is ABSENT or case.new_body is ABSENT:
            return []
        answer = self._stepped(case)
        for at in self._places:
            if _has(case.old_body, at) and _has(answer.body, at):
                self.having[at] += 1
        found = [spot for spot in spots(case.old_body, answer.body) if not _muted(spot, self._noisy)]
        return self._less_clocks(case, answer, found)

    def _stepped(self, case: Case) -> Answer:
        answer = case.answer()
        for at, apply in self._steps:
            before = answer.edits
            apply(answer)
            self.edited[at] += answer.edits > before
        return answer

    def _less_clocks(self, case: Case, answer: Answer, found: list[Spot]) -> list[Spot]:
        """Without second runs, the time of a call is known by the call itself."""
        news = any(differs is Differs.VALUE and at not in self._reported for at, differs, _, _ in found)
        if self.noise.measured or not news:
            return found
        times = clocks([Pair(case.number, case.old_body, answer)], [case])
        return [spot for spot in found if not any(at in Places(frozenset([spot[0]])) for at in times)]


@dataclass
class Unsaid:
    """A difference of which the study knows nothing: in a group, at a place, with the `first` such pair, in so many answers."""

    name: Name
    first: Spot
    answers: int = 0


class Check:
    """Holds a study against batches of pairs with `take`.

    `unsaid` are the differences of which the calls that were studied show nothing, by their marks; `beyond` counts the
    answers with some that are too many to be told apart.
    """

    def __init__(self, found: Study, marks: Marks) -> None:
        self.unsaid: dict[Mark, Unsaid] = {}
        self.beyond = 0
        self.crossed: Counter[tuple[str, int, int]] = Counter()
        self._study = found
        self._marks = marks
        self.groups = self._start()
        self._known = {mark for _, _, marked in self._looked_at(found.pairing.pairs) for mark in marked}
        self.groups = self._start()
        self.crossed.clear()

    def take(self, pairs: Sequence[Paired]) -> Iterator[tuple[int, list[Mark]]]:
        """Count a batch. Gives, by its position in it, the first call with each mark of which the study says nothing.

        More of them would weigh more among the calls that are studied than they do among all.
        """
        for position, name, marked in self._looked_at(pairs):
            self.beyond += (("left", name), BEYOND) in marked
            news = [mark for mark in marked if mark not in self._known]
            firsts = [mark for mark in news if mark not in self.unsaid]
            for mark in news:
                self.unsaid.setdefault(mark, Unsaid(name, marked[mark])).answers += 1
            if firsts:
                yield position, firsts

    def _start(self) -> dict[Name, GroupCheck]:
        return {(group.name, group.forward): GroupCheck(group, self._study.noise) for group in self._study.groups}

    def _looked_at(self, pairs: Sequence[Paired]) -> Iterator[tuple[int, Name, dict[Mark, Spot]]]:
        groups, crossed = grouped(gather(pairs, self._study.operation_of))
        for operation, _, case in crossed:
            self.crossed[str(operation), case.old.status, case.new.status] += 1
        for group in groups:
            name = group.name, group.forward
            if name not in self.groups:
                self.groups[name] = GroupCheck(replace(group, cases=[]), self._study.noise)
            for case in group.cases:
                found = self.groups[name].take(case)
                self.groups[name].spots.update({(template(at), differs) for at, differs, _, _ in found})
                yield case.number, name, self._marks.left(("left", name), found)


def _muted(spot: Spot, noisy: Places) -> bool:
    """At a noisy place presence, type and length count: neither the value, nor the order, nor the names of a map."""
    at, differs, _, _ = spot
    if not noisy.paths:
        return False
    if differs in (Differs.GONE, Differs.CAME):
        at = at[:-1]
    elif differs not in (Differs.VALUE, Differs.ORDER):
        return False
    return template(at) in noisy


def _has(value: Json, at: Path) -> bool:
    """Whether a path names anything in a value."""
    if not at:
        return True
    step, rest = at[0], at[1:]
    if isinstance(value, dict):
        if step is ANY:
            return any(_has(item, rest) for item in value.values())
        return step in value and _has(value[step], rest)
    return isinstance(value, list) and step is EACH and any(_has(item, rest) for item in value)
