"""What NEW declares in place of what it answers: how it wants calls that it did not answer as OLD did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from harness.changes.asked import ASKED, written
from harness.changes.evidence import gather
from harness.changes.pairing import Paired
from harness.changes.requests import rewritings
from harness.changes.study import Study
from harness.model.exchange import Exchange
from harness.model.operation import Operation
from harness.probing.candidate import Candidate
from harness.probing.declared import Declared
from harness.probing.judging import is_telling, judge

_TOLD = 4


@dataclass(frozen=True)
class Undecided:
    """An operation that NEW's declaration serves in several ways, of which nobody may choose."""

    operation: Operation
    candidates: tuple[Candidate, ...]

    def __str__(self) -> str:
        ways = [*map(str, self.candidates[:_TOLD]), *(["…"] if len(self.candidates) > _TOLD else [])]
        return f"{self.operation}: what NEW declares fits in several ways, none is taken: {' or '.join(ways)}"


def with_declared_requests(study: Study, declared: Declared) -> tuple[Study, list[Undecided]]:
    """The study with the rewritings that NEW's declaration alone says, of operations that the pairs say nothing of.

    An operation is in question where NEW, asked as before, did not give what OLD gave. A rewriting is taken where exactly one
    leaves nothing of the calls undeclared; where there are more, they are given back.
    """
    known = {each.operation for each in study.rewritings}
    pairs, undecided = [], []
    for operation, both in _asked_as_before(study).items():
        if operation in known or not _fails(both):
            continue
        candidates = declared.candidates(operation, [each.old for each in both])
        if len(candidates) == 1:
            pairs += [_rewritten(each.old, operation, candidates[0]) for each in both]
        elif candidates:
            undecided.append(Undecided(operation, tuple(candidates)))
    added = rewritings(gather(pairs, study.operation_of))
    return replace(study, rewritings=[*study.rewritings, *added]), undecided


def _asked_as_before(study: Study) -> dict[Operation, list[Paired]]:
    """The pairs by operation, of those whose calls NEW was asked in OLD's form."""
    found: dict[Operation, list[Paired]] = {}
    for pair in study.pairing.pairs:
        found.setdefault(study.operation_of(pair.old.request), []).append(pair)
    return {
        operation: both
        for operation, both in found.items()
        if all(
            (each.old.request.method, each.old.request.url) == (each.new.request.method, each.new.request.url)
            for each in both
        )
    }


def _call(exchange: Exchange) -> tuple[str, str]:
    return exchange.request.method, urlsplit(exchange.request.url)._replace(scheme="", netloc="").geturl()


def _fails(both: Sequence[Paired]) -> bool:
    """Whether NEW refuses what OLD answered, or answers less of it than what is taken for OLD's."""
    refused = any(_succeeds(each.old) and not _succeeds(each.new) for each in both)
    telling = [(each.old, each.new) for each in both if is_telling(each.old)]
    return refused or judge(telling).good < len(telling)


def _succeeds(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.status < 400


def _rewritten(old: Exchange, operation: Operation, candidate: Candidate) -> Paired:
    """OLD's call beside itself in NEW's form; with one answer, since only the requests are in question."""
    request = candidate.rewrite(operation)(old.request)
    return Paired(old, replace(old, request=request, meta={**old.meta, ASKED: written(candidate.steps)}))
