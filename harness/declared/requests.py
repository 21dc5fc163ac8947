"""What NEW's declaration makes of the requests that the plugin sends: which of its recorded calls it would refuse, or not know.

A finding is made where a real call is invalid on NEW and was valid on OLD: a declaration that grew narrower where nobody calls it
says nothing. Where there is no recording, the two declarations are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harness.declared.api import BARE, Api
from harness.declared.calls import Call
from harness.declared.moved import moved_to
from harness.declared.naming import MOVED, Invalid, gone, invalid, unchecked
from harness.declared.narrowings import narrowings
from harness.declared.recorded import OperationsOf
from harness.declared.request_rules import request_title
from harness.declared.routes import Match, Routes
from harness.declared.tally import Tally
from harness.declared.validators import Validators
from harness.model.change import Change, Support, fingerprint
from harness.model.exchange import Exchange, Request

_REFUSED = 400


def request_findings(calls: Iterable[Exchange], old: Api | None, new: Api, operations_of: OperationsOf) -> list[Change]:
    """What in the plugin's `calls` NEW's declaration refuses or does not know, a finding a change.

    Calls that OLD itself refused say nothing. `operations_of` names a call that no declaration names. `support` counts the
    calls of the operation (`pairs`), those that are concerned (`agreeing`) and their different values. Without calls, both
    declarations are compared, and what would be refused is a risk.
    """
    if BARE in new.operations or (old is not None and BARE in old.operations):
        return []
    made = list(calls)
    if not made:
        return narrowings(old, new) if old is not None else []
    asked = [call.request for call in made if call.response is None or call.response.status < _REFUSED]
    return list(_Judge(old, new, operations_of).findings(asked))


class _Judge:
    def __init__(self, old: Api | None, new: Api, operations_of: OperationsOf) -> None:
        self.old = None if old is None else (Routes(old), Validators(old))
        self.new = Routes(new), Validators(new)
        self.operations_of = operations_of

    def findings(self, asked: Sequence[Request]) -> Iterator[Change]:
        tally: Tally[Invalid] = Tally()
        for request in asked:
            before = self.old[0].match(request) if self.old else None
            found = self._found(request, before)
            tally.add(self._named(request, before), (((each.kind, each.path), each, each.old) for each in found))
        for seen, support in tally:
            yield self._change(seen.operation, seen.first, support)

    def _named(self, request: Request, before: Match | None) -> str:
        match = before or self.new[0].match(request)
        return match.name if match else str(self.operations_of(request))

    def _found(self, request: Request, before: Match | None) -> list[Invalid]:
        try:
            return list(self._judged(request, before))
        except RecursionError:
            return [unchecked()]

    def _judged(self, request: Request, before: Match | None) -> Iterator[Invalid]:
        """What is wrong with the call. What neither declaration names is nobody's business."""
        routes, validators = self.new
        was = Call(request, before, self.old[1]) if before and self.old else None
        match = routes.match(request)
        if match is None and not (_is_implied(request, routes) or (self.old and before is None)):
            match = moved_to(before, self.old[0], routes) if before and self.old else None
            if match is None:
                yield gone(before, path_served=any(routes.at(request)))
            elif before:
                yield Invalid(MOVED, "$", f"NEW declares this call at {match.name}", before.name, match.name)
        if match is not None:
            yield from invalid(Call(request, match, validators), was)

    def _change(self, operation: str, each: Invalid, support: Support) -> Change:
        was = ", and was valid on OLD" if self.old else ""
        calls = f"{support.agreeing} of {support.pairs} recorded calls"
        return Change(
            kind=each.kind,
            title=request_title(each.kind),
            level=each.level,
            operation=operation,
            path=each.path,
            message=each.message,
            reason=f"{calls}: not what {self.new[0].api.source} declares{was}",
            support=support,
            old=each.old,
            new=each.new,
            question=each.question,
            fingerprint=fingerprint(each.kind, operation, each.path, each.new if each.kind == MOVED else None),
        )


def _is_implied(request: Request, routes: Routes) -> bool:
    """HEAD comes with GET, and OPTIONS is the browser's own question."""
    return request.method == "OPTIONS" or (request.method == "HEAD" and any(routes.at(request, "GET")))
