"""A guess at how NEW wants an operation's calls: another path or method, and the request steps that a shim would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.lens.request import call_of, document_of, edited, rewritten
from harness.lens.step import Step
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.model.template import PathTemplate

Steps = tuple[Step, ...]
Rewrite = Callable[[Request], Request]

QUERY = ("query",)
HEADER = ("header",)


@dataclass(frozen=True)
class Candidate:
    """`forward` is `METHOD /path/{variable}` in OLD's variables, "" where nothing moved; `steps` edit the request's document.

    `why` says in a few words what speaks for it.
    """

    forward: str = ""
    steps: Steps = ()
    why: str = ""

    def with_steps(self, steps: Steps, why: str) -> Candidate:
        """The same place, with further steps behind its own."""
        return Candidate(self.forward, self.steps + steps, ", ".join(filter(None, (self.why, why))))

    def rewrite(self, operation: Operation) -> Rewrite:
        """The candidate as a function on the operation's calls; one that it does not fit stays as it is."""
        asked = PathTemplate(operation.template)
        method, _, path = self.forward.partition(" ")
        served = PathTemplate(path) if path else asked
        steps = [step.compile() for step in self.steps]

        def rewrite(request: Request) -> Request:
            raw, values = asked.raw(request.path), asked.match(request.path)
            if raw is None or values is None:
                return request
            document = edited(document_of(request, values), steps, call_of(request, values))
            return rewritten(request, raw, document, served, method or request.method)

        return rewrite

    def __str__(self) -> str:
        parts = [self.forward, *(step.describe() for step in self.steps)]
        return "; ".join(filter(None, parts)) or "as before"


AS_BEFORE = Candidate()
