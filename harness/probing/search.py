"""The search for how NEW wants one operation's calls: first the place, then the parameters, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from harness.changes.agreement import agreement
from harness.changes.evidence import read_body
from harness.lens.answer import ABSENT
from harness.lens.request import document_of
from harness.lens.steps.default import Default
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.probing.asking import SAFE, Asker
from harness.probing.candidate import AS_BEFORE, QUERY, Candidate, Steps
from harness.probing.judging import GOOD, Verdict, judge, places
from harness.probing.more import Measure, extended
from harness.probing.part import Part, Query, Rows
from harness.probing.parts import alone, parts
from harness.probing.paths import moved, negotiated, other_methods, paths_in
from harness.probing.sample import without_query

LIKELY = 0.5
"""A share of OLD's answer, values that differ from moment to moment among it, at which a place is taken for OLD's."""

_FIRST = 3
_FORMS = 90
_TWICE = 2
_REFUSED = 400
_MARGIN = 0.05
_AWAY = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405, 406, 410, 415, 501})
"""Statuses with which a version says that it does not serve this here."""


@dataclass(frozen=True)
class Trial:
    """A candidate, NEW's answers to the sampled calls when they are asked so, and how much of OLD's comes back."""

    candidate: Candidate
    answers: tuple[Exchange, ...]
    verdict: Verdict


@dataclass
class Search:
    """One operation's search. `calls` are telling ones of OLD's, all different; `seen` paths that NEW names. Of other operations
    are known `moves` of prefixes, and `habits`: parameters and the form in which NEW takes them. `rivals` are places of which
    nothing tells which one is right.
    """

    operation: Operation
    calls: Sequence[Exchange]
    asker: Asker
    seen: Sequence[str] = ()
    moves: Sequence[tuple[str, str]] = ()
    declared: Sequence[Candidate] = ()
    tries: Sequence[str] = ()
    habits: dict[tuple[str, ...], Steps] = field(default_factory=dict)
    rivals: list[Candidate] = field(default_factory=list)

    def run(self) -> tuple[Trial, Trial]:
        """As before, and the best that was found, which may be the same. Raises what Asker.ask raises."""
        before = self.trial(AS_BEFORE)
        best = self._as_declared(before)
        if best is before and best.verdict.good == 0:
            best = self._placed(before)
        best = self._each_alone(self._with_more(self._structured(best)))
        moved_for_nothing = best.candidate.forward and not (_is_likely(best) or _is_better(best, before, 1))
        return before, before if moved_for_nothing else best

    def trial(self, candidate: Candidate, calls: Sequence[Exchange] | None = None) -> Trial:
        """What comes back of the sampled calls when they are asked so."""
        asked = self.calls if calls is None else calls
        rewrite = candidate.rewrite(self.operation)
        answers = tuple(self.asker.ask(rewrite(each.request), candidate.why) for each in asked)
        verdict = judge(list(zip(asked, answers, strict=True)))
        if candidate is not AS_BEFORE:
            self.asker.log(
                f"  {verdict.mean:.2f} of OLD's answers to {len(asked)} calls of {self.operation}: {candidate}"
            )
        return Trial(candidate, answers, verdict)

    def _as_declared(self, before: Trial) -> Trial:
        """What NEW's declaration says, where it brings back a call or more, or serves what was not served."""
        away = any(_is_away(each.response) for each in before.answers)
        for candidate in islice(self.declared, _FIRST) if before.verdict.good < len(self.calls) else ():
            if self._answers(candidate, self.calls[0]):
                other = self.trial(candidate)
                if _is_better(other, before, 1) or (away and _is_likely(other)):
                    return other
        return before

    def _placed(self, before: Trial) -> Trial:
        """The place whose answers are OLD's, where one is; else as before."""
        if not any(_is_away(each.response) for each in before.answers):
            return before
        few = self.calls[:_FIRST]
        found = [self.trial(each, few) for each in self._places(before) if self._answers(each, few[0])]
        best = max(found, key=lambda trial: trial.verdict.likeness, default=before)
        if not _is_likely(best):
            return self._without_parameters(before, found)
        steady = self._steady(best)
        close = [each for each in found if best.verdict.likeness - each.verdict.likeness < _MARGIN]
        others = [each for each in close if _alike(best.answers, each.answers) < steady]
        self.rivals = [each.candidate for each in (best, *others)] if others else []
        return before if self.rivals else self.trial(close[0].candidate)

    def _steady(self, trial: Trial) -> float:
        """How alike two answers of one place are, less a little: what changes from moment to moment is no other place."""
        again = [self.asker.ask(each.request, "once more", again=True) for each in trial.answers]
        return _alike(trial.answers, again) - _MARGIN

    def _places(self, before: Trial) -> Iterator[Candidate]:
        named = [path for each in before.answers if each.response for path in _named(each.response)]
        yield from moved(self.operation, (*named, *self.seen), self.moves)
        yield from other_methods(self.operation)
        yield from negotiated([each.request for each in self.calls])

    def _answers(self, candidate: Candidate, call: Exchange) -> bool:
        """Whether something is served there that is no refusal and no page."""
        method = candidate.forward.partition(" ")[0] or self.operation.method
        if not self.asker.may(method):
            return False
        response = self.asker.ask(candidate.rewrite(self.operation)(call.request), candidate.why).response
        return response is not None and not _is_away(response)

    def _without_parameters(self, before: Trial, found: Sequence[Trial]) -> Trial:
        """The one place that serves something, where it may be that it only wants other parameters."""
        asks = any(each.request.query for each in self.calls)
        return self.trial(found[0].candidate) if len(found) == 1 and asks else before

    def _structured(self, best: Trial) -> Trial:
        """With windows and orders as NEW understands them, where that brings calls back that it was not chosen on."""
        if best.verdict.good == len(self.calls) or self.operation.method not in SAFE:
            return best
        found = parts([self._query(each.request) for each in self.calls])
        forms = [next(self._understood(part, best.candidate), ()) for part in found]
        steps = tuple(step for form in forms for step in form)
        if not steps:
            return best
        known = all(self.habits.get(part.names) == form for part, form in zip(found, forms, strict=True))
        other = self.trial(best.candidate.with_steps(steps, "other notation"))
        if not _is_better(other, best, 1 if known else _TWICE):
            return best
        self.habits |= {part.names: form for part, form in zip(found, forms, strict=True)}
        return other

    def _understood(self, part: Part, base: Candidate) -> Iterator[Steps]:
        """The forms of a part in which NEW answers as it says."""
        bare, told = without_query(self.calls[0].request), " and ".join(part.names)
        forms = islice(part.forms(), _FORMS)
        for form in dict.fromkeys((*([self.habits[part.names]] if part.names in self.habits else []), *forms)):
            rewrite = base.with_steps(form, f"{told} in another form").rewrite(self.operation)
            lists: list[Rows] = []
            for query in part.tries:
                found = rows_of(
                    self.asker.ask(rewrite(without_query(bare, query)), f"does NEW understand {told}").response
                )
                if not found:
                    break
                lists.append(found)
            if len(lists) == len(part.tries) and part.shows(lists):
                yield form

    def _each_alone(self, best: Trial) -> Trial:
        """With each parameter that only failing calls have in the form in which they succeed."""
        together = {name for part in parts([self._query(each.request) for each in self.calls]) for name in part.names}
        for name in unsolved(self.operation, self.calls, best.verdict):
            if name in together:
                continue
            having = [number for number, each in enumerate(self.calls) if name in self._query(each.request)]
            if len(having) < _TWICE:
                continue
            part = alone(name, [self._query(self.calls[number].request) for number in having])
            for form in islice(part.forms(), 1, _FORMS):
                candidate = best.candidate.with_steps(form, f"{name} in another form")
                few = self.trial(candidate, [self.calls[having[0]]])
                if few.verdict.good:
                    other = self.trial(candidate)
                    best = other if _is_better(other, best, _TWICE) else best
                    break
        return best

    def _with_more(self, best: Trial) -> Trial:
        """With what brings back members that NEW leaves out: a further parameter, on two calls or more."""
        if not best.verdict.missing or self.operation.method not in SAFE or len(self.calls) < _TWICE:
            return best
        call = self.calls[0]
        first = self.trial(best.candidate, [call])
        again = self.asker.ask(first.answers[0].request, "once more", again=True)
        twice = judge([(call, again)])
        here = places(first.answers[0].response) | places(again.response)
        missing = [name for name in first.verdict.missing if name in twice.missing]
        now = (0, max(first.verdict.equal[0], twice.equal[0]))

        def gain(name: str, value: str) -> Measure | None:
            candidate = _extended(best.candidate, Default(at=QUERY, key=name, value=value))
            answer = self.asker.ask(candidate.rewrite(self.operation)(call.request), candidate.why).response
            if answer is None or answer.status >= _REFUSED:
                return None
            if places(answer) <= here:
                return now  # most parameters are passed over: quickly seen, and long to explain
            verdict = self.trial(candidate, [call]).verdict
            return verdict.back(missing), verdict.equal[0]

        step = extended(missing, self._query(call.request), self.tries, now, gain)
        if step is None:
            return best
        other = self.trial(_extended(best.candidate, step))
        return other if self._gains(best, other, missing) else best

    def _gains(self, best: Trial, other: Trial, missing: Sequence[str]) -> bool:
        """Whether two calls or more say more of what was missing, and none says less of the rest."""
        rows = list(zip(self.calls, best.answers, other.answers, strict=True))
        back = [judge([(call, after)]).back(missing) > 0 for call, _, after in rows]
        added = [not places(after.response) <= places(before.response) for _, before, after in rows]
        more = [now > before for now, before in zip(other.verdict.equal, best.verdict.equal, strict=True)]
        less = [before - now for before, now in zip(best.verdict.shares, other.verdict.shares, strict=True)]
        gained = sum(each or (new and equal) for each, new, equal in zip(back, added, more, strict=True))
        return gained >= _TWICE and max(less) <= _MARGIN

    def _query(self, request: Request) -> Query:
        return query_of(self.operation, request)


def query_of(operation: Operation, request: Request) -> Query:
    """The call's parameters as steps see them."""
    query: Query = document_of(request, PathTemplate(operation.template).match(request.path) or {})["query"]
    return query


def unsolved(operation: Operation, calls: Iterable[Exchange], verdict: Verdict) -> list[str]:
    """Parameters that calls have which do not come back, and none that does."""
    queries = [query_of(operation, each.request) for each in calls]
    rows = list(zip(queries, verdict.shares, strict=True))
    solved = {name for query, share in rows if share >= GOOD for name in query}
    return list(dict.fromkeys(name for query, share in rows if share < GOOD for name in query if name not in solved))


def rows_of(response: Response | None) -> Rows:
    """The longest list of objects in an answer, at most two members deep; empty where there is none."""
    if response is None or response.status >= 300:
        return []
    waiting: list[tuple[Json, int]] = [(read_body(response), 0)]
    best: Rows = []
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, list) and len(value) > len(best) and all(isinstance(item, (dict, list)) for item in value):
            best = value
        elif isinstance(value, dict) and depth <= 2:
            waiting += ((item, depth + 1) for item in value.values())
    return best


def _extended(candidate: Candidate, step: Default) -> Candidate:
    return candidate.with_steps((step,), f"{step.key} asks for more")


def _is_better(other: Trial, best: Trial, least: int) -> bool:
    """Whether so many calls come back that did not, and all that did."""
    return other.verdict.holds(best.verdict) and other.verdict.good - best.verdict.good >= least


def _is_likely(trial: Trial) -> bool:
    """Whether these are OLD's answers; where they are long, most of their values may be others by now."""
    return trial.verdict.likeness >= (LIKELY if trial.verdict.form else GOOD)


def _named(response: Response) -> list[str]:
    """The paths that an answer names, where it sends a client first."""
    headers = [value for name, value in response.headers if name.lower() in ("location", "link")]
    return paths_in(" ".join(("", *headers, response.body.decode("utf-8", "replace"))))


def _is_away(response: Response | None) -> bool:
    return response is None or response.status in _AWAY or read_body(response) is ABSENT


def _alike(left: Sequence[Exchange], right: Sequence[Exchange]) -> float:
    """How much of what one place answers another one does."""
    both = [(one.response, other.response) for one, other in zip(left, right, strict=True)]
    bodies = [(read_body(one), read_body(other)) for one, other in both if one and other]
    return min((agreement(one, other) for one, other in bodies), default=0.0)
