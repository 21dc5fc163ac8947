"""OLD's contract held against answers, NEW's as they come and behind the shim: jsonschema judges, not we.

The contract is what somebody declared, or what OLD's own recording shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from harness.changes.evidence import OperationOf
from harness.changes.pairing import Paired
from harness.declared.api import Api
from harness.declared.bodies import UNKNOWN
from harness.declared.documents import Documents
from harness.declared.load import load_declared
from harness.declared.openapi import read_openapi
from harness.declared.recorded import UNCHECKED, Deviation, deviations
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import serialize
from harness.model.verification import Breach, ContractCheck
from harness.schema.observed import observe
from harness.schema.openapi import openapi
from harness.schema.operations import learn_operations
from harness.shims.program import Program

_EXCERPT = 60
_WORDS = {
    "required": "is missing",
    "type": "has another type than {}",
    "enum": "is none of {}",
    "const": "is not {}",
    "status": "is none of {}",
    "content type": "is none of {}",
    "false": "must not be there",
    "additionalProperties": "must not be there",
    "unevaluatedProperties": "must not be there",
    UNCHECKED: "is nested too deep to be checked",
}

_MEASURES = frozenset({
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
    "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
})  # fmt: skip
"""A recording promises forms; how long a list or how big a number was in it, it does not promise."""

Breaches = Mapping[tuple[str, str, str], int]
"""Operation, place and message, and the number of answers."""


@dataclass(frozen=True)
class Contract:
    """What OLD promises: `inferred` from its recording, or declared by somebody."""

    api: Api
    inferred: bool

    def check(self, program: Program, pairs: Iterable[Paired], operation_of: OperationOf) -> ContractCheck:
        """Every answer to a call of OLD's. Members that the contract does not name are no breach."""
        both = [each for each in pairs if each.new.response is not None]
        sides = (
            [each.old for each in both],
            [replace(each.new, request=each.old.request) for each in both],
            [_shimmed(program, each) for each in both],
        )
        old, before, after = (self._breaches(side, operation_of) for side in sides)
        places = dict.fromkeys((*after, *before))
        breaches = (Breach(*at, old=old.get(at, 0), before=before.get(at, 0), after=after.get(at, 0)) for at in places)
        return ContractCheck(self.api.source, self.inferred, len(both), tuple(breaches))

    def _breaches(self, answers: Iterable[Exchange], operation_of: OperationOf) -> Breaches:
        passed = {UNKNOWN, *(_MEASURES if self.inferred else ())}
        found: dict[tuple[str, str, str], int] = {}
        for seen, support in deviations(answers, self.api, operation_of, most=math.inf):
            if seen.first.keyword not in passed:
                at = seen.operation, seen.first.path, _message(seen.first)
                found[at] = found.get(at, 0) + support.agreeing
        return found


def inferred_contract(old: Recording) -> Contract:
    """What a recording of OLD shows."""
    document = openapi(observe(old.exchanges, learn_operations(old.exchanges)), old.source)
    return Contract(read_openapi(Documents(Path(old.source), document), old.source), inferred=True)


def declared_contract(file: Path) -> Contract:
    """What an OpenAPI document, or a JSON Schema of every answer, declares. Raises BadFile."""
    return Contract(load_declared(file), inferred=False)


def _shimmed(program: Program, paired: Paired) -> Exchange:
    assert paired.new.response is not None
    applied = program.answer(program.as_asked(paired.new.request), paired.new.response)
    return Exchange(paired.old.request, applied.response)


def _message(found: Deviation) -> str:
    words = _WORDS.get(found.keyword, f"breaks {found.keyword}: {{}}")
    stated = serialize(found.stated).decode()
    return words.format(stated if len(stated) <= _EXCERPT else stated[:_EXCERPT] + "…")
