"""Two shims of a chain of upgrades as one: calls go through the first and then the second, answers through the second and then
the first. What the result does is what the two do, served one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS, Condition
from harness.model.errors import UsageError
from harness.shims.answering import answer_steps, commute
from harness.shims.document import Ambiguous, Entry, Learned, Lost, SecondCall, Shim
from harness.shims.journey import carried_lost, independent
from harness.shims.operations import (
    Operation,
    covering_operations,
    moved_path,
    moved_twice,
    moves_of,
    moves_to,
    operations,
    own_names,
    takes_all,
)
from harness.shims.retold import CannotCompose, Retold, moved_into, received_again
from harness.shims.simplify import simplified
from harness.shims.statuses import both, excluding, within
from harness.shims.templates import Fragments, bound, filled, is_variable, met, variables

__all__ = ["CannotCompose", "composed"]


def composed(first: Shim, second: Shim, *, simple: bool = True) -> Shim:
    """The shim that undoes both upgrades: `first` undoes 1→2, `second` 2→3. Simplified, unless `simple` is false.

    Raises UsageError where the versions do not meet, CannotCompose where one shim cannot say what the two do.
    """
    if first.new != second.old or (first.system and second.system and first.system != second.system):
        ours, theirs = (f"{each.system} {each.old or '?'} → {each.new or '?'}".strip() for each in (first, second))
        raise UsageError(
            f"the shims do not meet: one undoes {ours}, the other {theirs}",
            hint="the first one's new version is the second one's old version",
        )
    (spoken, silent), (rest, silent_too) = _silent(first), _silent(second)
    both_ = _Composition(spoken, rest, simple).shim()
    return replace(both_, entries=(*both_.entries, *_without_twins([*silent, *silent_too])))


def _silent(shim: Shim) -> tuple[Shim, list[Entry]]:
    """The shim less entries that only say what is lost, and do to no answer what would not be done without them; and these."""
    silent = [entry for entry in shim.entries if _is_silent(entry, shim)]
    return replace(shim, entries=tuple(entry for entry in shim.entries if entry not in silent)), silent


def _is_silent(entry: Entry, shim: Shim) -> bool:
    """Whether it says what is lost under one status, of calls that other entries know, or that go the way of unknown ones."""
    acts = entry.request or entry.response or entry.calls or (entry.forward and entry.rewrite is not None)
    if acts or not (entry.lost and entry.otherwise and entry.when.status) or entry.when.of_call() != ALWAYS:
        return False
    others = [each for each in shim.entries if each.match == entry.match and (each.response or not each.otherwise)]
    return bool(others or not shim.moved) and all(both(each.when, entry.when) is None for each in others)


class _Composition:
    def __init__(self, first: Shim, second: Shim, simple: bool) -> None:
        self.first, self.second = first, second
        self.simple = simple
        self.ours, self.theirs = operations(first), operations(second)
        self.shared = commute(second.everywhere, first)

    def shim(self) -> Shim:
        first, second = self.first, self.second
        everywhere = (*second.everywhere, *first.everywhere) if self.shared else first.everywhere
        unknown = [*second.otherwise, *(() if self.shared else second.everywhere)]
        return Shim(
            system=first.system or second.system,
            old=first.old,
            new=second.new,
            entries=tuple(_without_twins(self._entries())),
            everywhere=self._simple(everywhere),
            otherwise=self._simple([*unknown, *received_again(first.otherwise, unknown)]),
            pairs=min(first.pairs, second.pairs),
            requests=self._simple((*first.requests, *second.requests)),
            moved=tuple(moved_twice(first.moved, second.moved)),
        )

    def _entries(self) -> Iterator[Entry]:
        for mine in self.ours:
            for its in (*self.theirs, *moves_of(self.second, *mine.target), None):
                yield from self._both(mine, its)
        for its in self.theirs:
            for mine in moves_to(self.first, its.method, its.template):
                yield from self._both(mine, its)
        for its in self.theirs:
            yield from self._second_only(its)

    def _both(self, mine: Operation, its: Operation | None) -> Iterator[Entry]:
        """The calls that are of both operations; of the first alone where there is no other."""
        method, path = mine.target
        fragments: Fragments | None = {}
        if its is not None:
            fragments = met(path, its.template) if its.method == method else None
            if fragments is None or (mine.discriminator and its.discriminator not in ("", mine.discriminator)):
                return
        assert fragments is not None
        if any(is_variable(text) is None and name not in variables(mine.template) for name, text in fragments.items()):
            raise CannotCompose(
                f"{mine.method} {mine.template}: the second shim knows only some of its calls, by what steps make"
            )
        template, between = filled(mine.template, fragments), filled(path, fragments)
        known = covering_operations(self.ours, mine.method, template)
        if (
            any(map(takes_all, known))
            if not mine.entries
            else self._is_anothers(self.ours, mine, mine.method, template)
        ):
            return
        covering = covering_operations(self.theirs, method, between)
        is_known = its is not None and bool(its.entries)
        if not is_known and any(map(takes_all, covering)):
            return
        if its is not None and is_known and self._is_anothers(self.theirs, its, method, between):
            return
        told = Retold(bound(mine.template, template) or {})
        before = (*mine.request, *self.first.requests)
        retold = None if its is None else Retold(bound(its.template, between) or {}, before)
        asked = self._asked(
            told,
            mine,
            retold,
            its,
            [each for each in covering if not is_known or its is None or each.rank < its.rank],
            between,
        )
        for each in [each for each in known if not mine.entries or each.rank < mine.rank]:
            asked = None if asked is None else excluding(asked, each.asked)
        if asked is None:
            return
        target = f"{method} {moved_path(self.second.moved, between)}"
        if its is not None:
            target = f"{its.target[0]} {filled(its.target[1], bound(its.template, between) or {})}"
        yield self._entry(mine, its, (mine.method, template), between, target, asked)

    def _second_only(self, its: Operation) -> Iterator[Entry]:
        """Calls that the first shim does not know, nor moves."""
        covering = covering_operations(self.ours, its.method, its.template)
        if any(takes_all(each) for each in covering) or moved_path(self.first.moved, its.template) != its.template:
            return
        asked = Retold(own_names(its.template), self.first.requests).condition(its.asked)
        for each in covering:
            asked = None if asked is None else excluding(asked, each.asked)
        if asked is not None:
            target = f"{its.target[0]} {its.target[1]}"
            yield self._entry(None, its, (its.method, its.template), its.template, target, asked)

    def _is_anothers(self, all_: Sequence[Operation], one: Operation, method: str, template: str) -> bool:
        """Whether an operation that goes before `one` knows all these calls."""
        return any(
            each is not one
            and each.rank < one.rank
            and each.method == method
            and each.asked == ALWAYS
            and each.discriminator in ("", one.discriminator)
            and bound(each.template, template) is not None
            for each in all_
        )

    def _asked(
        self,
        told: Retold,
        mine: Operation,
        retold: Retold | None,
        its: Operation | None,
        covering: Sequence[Operation],
        between: str,
    ) -> Condition | None:
        before = (*mine.request, *self.first.requests)
        asked = told.condition(mine.asked)
        if its is not None and retold is not None:
            theirs = retold.condition(its.asked)
            asked = None if asked is None or theirs is None else both(asked, theirs)
        for each in covering:
            rest = Retold(bound(each.template, between) or {}, before).condition(each.asked)
            asked = asked if asked is None or rest is None else excluding(asked, rest)
        return asked

    def _entry(
        self,
        mine: Operation | None,
        its: Operation | None,
        match: tuple[str, str],
        between: str,
        target: str,
        asked: Condition,
    ) -> Entry:
        method, template = match
        own = mine.request if mine is not None else ()
        request = (*own, *self.first.requests)
        theirs = self._in_turn(self.theirs, its, its.method if its else "", between)
        ours = self._in_turn(self.ours, mine, method, template)
        status, second_steps, first_steps = self._answers(ours, theirs, template, between, request)
        retold = Retold((bound(its.template, between) or {}) if its else {}, request)
        later = moved_into(retold.steps(its.request if its else ()), retold.fragments)
        if not all(independent(one.step, other.step) for one in self.first.requests for other in later):
            raise CannotCompose(f"{method} {template}: the two shims edit one part of the call in turns")
        asks = [*Retold((bound(mine.template, template) or {}) if mine else {}).steps(own), *later]
        return Entry(
            method=method,
            template=template,
            discriminator=(mine.discriminator if mine else "") or (its.discriminator if its else ""),
            when=replace(asked, status=status),
            forward="" if target == f"{method} {template}" else target,
            rewrite=self._rewritten(mine, its, retold),
            request=self._simple(asks),
            calls=self._calls(mine, its, retold),
            response=self._simple([*second_steps, *first_steps]),
            lost=tuple(self._lost(mine, its)),
            ambiguous=tuple(self._ambiguous(mine, its)),
        )

    def _rewritten(self, mine: Operation | None, its: Operation | None, retold: Retold) -> Condition | None:
        """The calls that both know how to ask; the others are sent as they are."""
        ours = mine.rewrite if mine else ALWAYS
        theirs = retold.condition(its.rewrite) if its and its.rewrite is not None else ALWAYS
        return None if ours is None or theirs is None else both(ours, theirs)

    def _in_turn(self, all_: Sequence[Operation], one: Operation | None, method: str, template: str) -> list[Operation]:
        """The operation, and those that know its answers where it does not hold, in their order."""
        if one is None:
            return []
        others = (each for each in covering_operations(all_, method, template) if each is not one)
        return [one, *(each for each in others if each.rank > one.rank or not one.entries)]

    def _answers(
        self,
        ours: Sequence[Operation],
        theirs: Sequence[Operation],
        template: str,
        between: str,
        request: Sequence[Learned],
    ) -> tuple[str, list[Learned], list[Learned]]:
        """One status that all entries ask for, if they do, and the second's and the first's steps on the answers."""
        asked = {entry.when.status for each in (*ours, *theirs) for entry in each.entries}
        alone = len(ours) <= 1 and len(theirs) <= 1 and len(asked) == 1
        status = asked.pop() if alone else ""
        second = answer_steps(self.second, theirs, between, request, status)
        second += [] if self.shared else self.second.everywhere
        first = answer_steps(self.first, ours, template, (), status)
        if second and any(entry.when.body or entry.when.content_type for each in ours for entry in each.entries):
            raise CannotCompose(f"{template}: the first shim asks for a form of the answer, which the second one makes")
        second, first = within(status, second, received_again(first, second))
        return status, second, first

    def _calls(self, mine: Operation | None, its: Operation | None, retold: Retold) -> tuple[SecondCall, ...]:
        if mine is not None and any(call.chosen for entry in mine.entries for call in entry.calls):
            raise CannotCompose(
                f"{mine.method} {mine.template}: the first shim makes a call of its own to a version between"
            )
        calls = [call for entry in its.entries for call in entry.calls] if its else []
        if any("{query." in call.get for call in calls) and retold.requests:
            raise CannotCompose("a second call is made with the query, which the first shim edits")
        return tuple(replace(call, get=filled(call.get, retold.fragments)) for call in calls)

    def _lost(self, mine: Operation | None, its: Operation | None) -> Iterator[Lost]:
        steps = [learned.step for entry in (mine.entries if mine else ()) for learned in entry.response]
        told = [each for entry in (mine.entries if mine else ()) for each in entry.lost]
        for lost in [each for entry in (its.entries if its else ()) for each in entry.lost]:
            told += carried_lost(steps, lost)
        yield from dict.fromkeys(replace(each, then=ABSENT) for each in told)  # what was chosen is a step now

    def _ambiguous(self, mine: Operation | None, its: Operation | None) -> Iterator[Ambiguous]:
        for entry in mine.entries if mine else ():
            yield from entry.ambiguous
        for entry in its.entries if its else ():
            between = f"between {self.second.old or 'the first'} and {self.second.new or 'the second'}"
            yield from (Ambiguous(each.path, f"{each.reason} ({between})") for each in entry.ambiguous)

    def _simple(self, steps: Sequence[Learned]) -> tuple[Learned, ...]:
        return tuple(simplified(steps)) if self.simple else tuple(steps)


def _without_twins(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries that do something, or say that something is lost."""
    for entry in entries:
        if entry.request or entry.response or entry.forward or entry.lost or entry.ambiguous or entry.when != ALWAYS:
            yield entry
