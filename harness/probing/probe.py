"""From OLD's recording and a live, disposable NEW to the same calls as NEW wants them asked."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace

from harness.changes.asked import ASKED, written
from harness.model.exchange import Exchange, Recording, Request
from harness.model.operation import Operation
from harness.probing.asking import SAFE, Asker, Spent
from harness.probing.candidate import AS_BEFORE, Candidate, Steps
from harness.probing.declared import Declared
from harness.probing.judging import judge
from harness.probing.paths import exchanged, paths_in
from harness.probing.sample import sample, without_query
from harness.probing.search import Search, Trial, query_of, unsolved
from harness.replay.selection import reason_to_skip
from harness.schema.operations import learn_operations

INDEXES = ("/", "/api", "/openapi.json", "/api/openapi.json", "/swagger.json", "/api-docs", "/docs")
"""Where an API may say which paths it has."""


@dataclass(frozen=True)
class Found:
    """What became of one operation: how it is asked on NEW, and the share of OLD's answers to `calls` of its calls that came
    back before, and comes back now.

    `unsolved` are parameters of calls that do not come back; `rivals` places between which nothing decides.
    """

    operation: Operation
    candidate: Candidate
    calls: int
    before: float = 0.0
    now: float = 0.0
    unsolved: tuple[str, ...] = ()
    rivals: tuple[Candidate, ...] = ()

    @property
    def rewrites(self) -> bool:
        """Whether NEW is to be asked otherwise."""
        return self.candidate != AS_BEFORE

    def asked(self, request: Request) -> Request:
        """A call of the operation as NEW wants it; as it is where it has a parameter for which nothing was found."""
        if not self.rewrites or not query_of(self.operation, request).keys().isdisjoint(self.unsolved):
            return request
        return self.candidate.rewrite(self.operation)(request)


@dataclass(frozen=True)
class Probed:
    """`recording` are OLD's calls as NEW wants them asked, with OLD's answers; `spent`: the bounds were reached."""

    recording: Recording
    found: tuple[Found, ...]
    asked: int
    spent: bool
    unasked: tuple[Operation, ...] = field(default=())
    """Operations of unsafe methods, which were left out for want of a reset."""


def probe(
    old: Recording,
    asker: Asker,
    *,
    declared: Declared | None = None,
    tries: Sequence[str] = (),
    only: Container[Operation] | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Probed:
    """Find out, operation by operation, how NEW wants OLD's calls; safe methods first.

    `only` are the operations in question, None for all. What NEW declares is tried first; `tries` are parameters that may bring
    back what is lost (`_extra={lost}`). Raises EnvironmentFailed where NEW does not listen.
    """
    groups = by_operation(old)
    operations = {id(each): operation for operation, exchanges in groups.items() for each in exchanges}
    asked_for = [operation for operation in groups if only is None or operation in only]
    ordered = sorted(asked_for, key=lambda operation: operation.method not in SAFE)
    found: dict[Operation, Found] = {}
    known = _Known()
    try:
        for operation in ordered:
            if asker.may(operation.method):
                tell(f"probing {operation}")
                calls = sample(groups[operation])
                search = Search(operation, calls, asker, known.seen(asker, groups[operation][0]), known.moves)
                search.tries, search.habits = tries, known.habits
                search.declared = declared.candidates(operation, calls) if declared else ()
                found[operation] = _found(search, known)
    except Spent:
        pass  # what was found so far holds
    unasked = tuple(each for each in ordered if not asker.may(each.method))
    spent = len(found) + len(unasked) < len(ordered)
    exchanges = [
        _rewritten(each, found.get(operations[id(each)]) if id(each) in operations else None) for each in old.exchanges
    ]
    return Probed(replace(old, exchanges=tuple(exchanges)), tuple(found.values()), asker.asked, spent, unasked)


def by_operation(recording: Recording) -> dict[Operation, list[Exchange]]:
    """The calls of a recording, page assets left out."""
    called = [each for each in recording.exchanges if reason_to_skip(each) is None]
    operation_of = learn_operations(called).of
    groups: dict[Operation, list[Exchange]] = {}
    for each in called:
        groups.setdefault(operation_of(each.request), []).append(each)
    return groups


def disagreeing(old: Recording, new: Recording) -> set[Operation]:
    """The operations of which NEW, asked as before, does not give all that OLD gave; pairs go by their ids."""
    answers = {each.id: each for each in new.exchanges}
    found = set()
    for operation, exchanges in by_operation(old).items():
        pairs = [(each, answers[each.id]) for each in sample(exchanges) if each.id in answers]
        verdict = judge(pairs)
        if verdict.good < len(pairs) or verdict.missing:
            found.add(operation)
    return found


def _found(search: Search, known: _Known) -> Found:
    if not search.calls:
        return Found(search.operation, AS_BEFORE, 0)
    before, best = search.run()
    if best.candidate.forward:
        known.learn(search.operation, best)
    left = unsolved(search.operation, search.calls, best.verdict)
    return Found(
        search.operation,
        best.candidate,
        len(search.calls),
        before.verdict.mean,
        best.verdict.mean,
        tuple(left),
        tuple(search.rivals),
    )


def _rewritten(exchange: Exchange, found: Found | None) -> Exchange:
    """The call as NEW wants it, which carries the steps that were proved."""
    asked = exchange.request if found is None else found.asked(exchange.request)
    if found is None or asked == exchange.request:
        return exchange
    return replace(exchange, request=asked, meta={**exchange.meta, ASKED: written(found.candidate.steps)})


@dataclass
class _Known:
    """What one operation's search teaches the next: the prefixes that moved, the forms of parameters that NEW takes, and the
    paths that its indexes name.
    """

    habits: dict[tuple[str, ...], Steps] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)
    _seen: list[str] | None = None

    def learn(self, operation: Operation, best: Trial) -> None:
        method, _, template = best.candidate.forward.partition(" ")
        move = exchanged(operation.template, template)
        if method == operation.method and move not in self.moves:
            self.moves.append(move)

    def seen(self, asker: Asker, example: Exchange) -> list[str]:
        if self._seen is None:
            plain = without_query(replace(example.request, method="GET", body=b""))
            origin = plain.url.removesuffix(plain.path)
            answers = [asker.ask(replace(plain, url=origin + path), "an index").response for path in INDEXES]
            texts = [f"{each.body!r} {each.headers!r}" for each in answers if each is not None and each.status < 400]
            self._seen = paths_in(" ".join(texts))
        return self._seen
