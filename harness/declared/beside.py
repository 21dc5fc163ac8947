"""Declarations beside recordings, or in the place of one: what all of them together say of an upgrade.

What is declared and what was recorded can contradict each other. Then the declaration is wrong, which is worth knowing, since
whoever trusts it is misled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from harness.declared.api import BARE, Api
from harness.declared.bodies import UNKNOWN
from harness.declared.members import Deprecations
from harness.declared.merge import SERVED, merged
from harness.declared.one_sided import sent_by_new, sent_by_old
from harness.declared.recorded import STATUS, UNCHECKED, OperationsOf, deviations
from harness.declared.request_rules import request_rules
from harness.declared.requests import request_findings
from harness.declared.responses import compare_responses
from harness.declared.routes import Routes, operation_name
from harness.declared.transitions import claimed
from harness.declared.values import short
from harness.model.change import Change, Level, Support, fingerprint
from harness.model.exchange import Exchange
from harness.schema.operations import learn_operations

__all__ = ["declared_findings", "merged"]

_VIOLATED = "declared-schema-violated"
_REFUSED = 400
_UNCALLED = "the recordings hold no call of this operation"


def declared_findings(
    old: Api | None,
    new: Api | None,
    recorded_old: Sequence[Exchange] = (),
    recorded_new: Sequence[Exchange] = (),
    deprecations: Deprecations | None = None,
) -> list[Change]:
    """All that declarations say of an upgrade, alone or beside what was recorded; a row a place, as the observed changes.

    Two declarations are compared. One declaration and the other side's recording are held against each other. The plugin's
    requests are held against NEW's declaration, and each version's answers against its own. `support.pairs` of a compared change
    counts NEW's answers that could show it. `deprecations` says how long before its end a field has to be marked.
    """
    operations_of = learn_operations((*recorded_old, *recorded_new)).of
    found: list[Change] = []
    if old is not None and new is not None:
        changes = claimed(old, new, compare_responses(old, new, deprecations))
        found += _weighed(changes, old, recorded_old, recorded_new)
    elif new is not None and not recorded_new:
        found += sent_by_old(recorded_old, new, operations_of)
    elif old is not None and not recorded_old:
        found += sent_by_new(recorded_new, old, operations_of)
    if new is not None:
        asked = request_findings(recorded_old, old, new, operations_of)
        found += _taken(asked, recorded_new, old or new)
    for side, api, recorded in (("OLD", old, recorded_old), ("NEW", new, recorded_new)):
        if api is not None:
            found += _contradictions(side, api, recorded, operations_of)
    return found


def _weighed(
    changes: Iterable[Change], old: Api, recorded_old: Sequence[Exchange], recorded_new: Sequence[Exchange]
) -> Iterator[Change]:
    """What is declared of calls that nobody made harms nobody; of the others, with the number of answers that could show it."""
    recorded = recorded_old or recorded_new
    called = _calls(recorded, old)
    answered = _calls(recorded_new, old) if recorded_old else {}
    for each in changes:
        if recorded and each.operation not in called and each.operation != str(BARE):
            yield replace(each, level=Level.INFO, reason=f"{each.reason}; {_UNCALLED}")
            continue
        name = next((name for name, _ in called.get(each.operation, ())), each.operation)
        facts = each.facts if name == each.operation else {**each.facts, SERVED: name}
        yield replace(each, facts=facts, support=Support(len(answered.get(each.operation, ())), 0, 0))


def _calls(recorded: Iterable[Exchange], api: Api) -> dict[str, list[tuple[str, int]]]:
    """The recorded calls by declared operation: what the recordings call it, and the status of the answer."""
    routes = Routes(api)
    found: dict[str, list[tuple[str, int]]] = {}
    for exchange in recorded:
        match = routes.match(exchange.request)
        if match is not None and exchange.response is not None:
            found.setdefault(operation_name(match.declared), []).append((match.name, exchange.response.status))
    return found


def _taken(asked: Iterable[Change], recorded_new: Sequence[Exchange], api: Api) -> Iterator[Change]:
    """A request that is not as NEW declares it, and that NEW took whenever it was sent, is at most a risk."""
    statuses: dict[str, list[int]] = {}
    for name, status in (call for calls in _calls(recorded_new, api).values() for call in calls):
        statuses.setdefault(name, []).append(status)
    for each in asked:
        got = statuses.get(each.operation, [])
        if each.level is not Level.BREAK or not got or max(got) >= _REFUSED:
            yield each
            continue
        reason = f"{each.reason}; declared, but NEW took {len(got)} such call{'s' if len(got) > 1 else ''} all the same"
        yield replace(each, level=Level.RISK, reason=reason, question="does NEW take such requests in all cases?")


def _contradictions(side: str, api: Api, recorded: Iterable[Exchange], operations_of: OperationsOf) -> Iterator[Change]:
    """Answers that their own declaration does not allow, a finding an operation and place."""
    told: set[tuple[str, str]] = set()
    for seen, support in deviations(recorded, api, operations_of):
        each = seen.first
        failed = each.keyword == STATUS and each.value >= _REFUSED  # hardly a declaration lists all the ways to fail
        if failed or each.keyword in (UNKNOWN, UNCHECKED) or (seen.operation, each.path) in told:
            continue
        told.add((seen.operation, each.path))
        stated = f"{each.keyword}: {short(each.stated)}"
        yield Change(
            kind=_VIOLATED,
            title=request_rules()[_VIOLATED].title,
            level=Level.INFO,
            operation=seen.operation,
            path=each.path,
            message=f"{side} answered {short(each.value)}, and declares {stated}",
            reason=f"{support.agreeing} of {support.pairs} answers are not what {api.source} declares: the declaration is wrong",
            support=support,
            old=each.value if side == "OLD" else None,
            new=each.value if side == "NEW" else None,
            facts={"side": side, "declared": each.stated},
            fingerprint=fingerprint(_VIOLATED, seen.operation, each.path, side),
        )
