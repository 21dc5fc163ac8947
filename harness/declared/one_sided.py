"""A recording on one side and a declaration on the other: what the one sent that the other cannot send.

A declaration that takes what was recorded says nothing: an answer is a sample, so only what contradicts it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from harness.declared.api import Api
from harness.declared.bodies import UNKNOWN
from harness.declared.recorded import CONTENT_TYPE, STATUS, Deviation, OperationsOf, deviations
from harness.declared.request_ids import BOUNDS
from harness.declared.request_rules import request_rules
from harness.declared.rules import declared_rules
from harness.declared.tally import Seen
from harness.declared.values import short
from harness.declared.violations import OPEN_ENDED
from harness.model.change import Change, Level, Support, fingerprint
from harness.model.exchange import Exchange

_OTHERWISE = "response-value-not-declared"


@dataclass(frozen=True)
class _Named:
    """`{}` in the id is body or property."""

    id: str
    level: Level
    message: str


_TO_NEW: Mapping[str, _Named] = {
    "required": _Named("response-required-property-added", Level.INFO, "NEW declares this member as required"),
    "type": _Named("response-{}-type-changed", Level.BREAK, "NEW declares another type"),
    "null": _Named("response-{}-became-not-nullable", Level.INFO, "NEW does not declare null"),
    "narrower": _Named("response-{}-type-specialized", Level.INFO, "NEW declares whole numbers"),
    "enum": _Named("response-property-enum-value-removed", Level.INFO, "NEW does not declare this value"),
    "const": _Named("response-{}-const-changed", Level.BREAK, "NEW declares another value"),
    "always": _Named("response-required-property-removed", Level.RISK, "NEW does not declare this member"),
    "sometimes": _Named("response-optional-property-removed", Level.RISK, "NEW does not declare this member"),
    "success": _Named("response-success-status-removed", Level.BREAK, "NEW does not declare this status"),
    "failure": _Named("response-non-success-status-removed", Level.INFO, "NEW does not declare this status"),
    CONTENT_TYPE: _Named("response-media-type-removed", Level.BREAK, "NEW does not declare this media type"),
}  # fmt: skip
"""What OLD sent, held against NEW's declaration."""

_TO_OLD: Mapping[str, _Named] = {
    "required": _Named("response-required-property-removed", Level.BREAK, "OLD declares that it is always there"),
    "type": _Named("response-{}-type-changed", Level.BREAK, "OLD declares another type"),
    "null": _Named("response-{}-became-nullable", Level.BREAK, "OLD does not declare null"),
    "narrower": _Named("response-{}-type-generalized", Level.BREAK, "OLD declares whole numbers"),
    "enum": _Named("response-property-enum-value-added", Level.RISK, "OLD does not declare this value"),
    "const": _Named("response-{}-const-changed", Level.BREAK, "OLD declares another value"),
    "always": _Named("response-optional-property-added", Level.INFO, "OLD does not declare this member"),
    "sometimes": _Named("response-optional-property-added", Level.INFO, "OLD does not declare this member"),
    "success": _Named("response-success-status-added", Level.RISK, "OLD does not declare this status"),
    "failure": _Named("response-non-success-status-added", Level.INFO, "OLD does not declare this status"),
    CONTENT_TYPE: _Named("response-media-type-added", Level.RISK, "OLD does not declare this media type"),
    **{
        keyword: _Named(f"response-{{}}-{name}-{'increased' if name.startswith(('max', 'exclusive-max')) else 'decreased'}",
                        Level.BREAK, f"OLD declares a {keyword}")
        for keyword, name in BOUNDS.items() if name in ("max", "min", "exclusive-max", "exclusive-min", "max-length",
                                                         "min-length", "min-items", "max-contains", "min-contains")
    },
}  # fmt: skip
"""What NEW sent, held against OLD's declaration."""


_ELSE = _Named(_OTHERWISE, Level.RISK, "the other side does not declare such a value")


def sent_by_old(recorded: Iterable[Exchange], new: Api, operations_of: OperationsOf) -> list[Change]:
    """What OLD sent, and what NEW's declaration does not have. `old` is the sample, `new` what is declared."""
    how = f"OLD sent it in {{}}; {new.source} declares what NEW sends"
    return _once(_change(*row, _TO_NEW, how) for row in deviations(recorded, new, operations_of))


def sent_by_new(recorded: Iterable[Exchange], old: Api, operations_of: OperationsOf) -> list[Change]:
    """What NEW sent, and what OLD's declaration does not have. `new` is the sample, `old` what is declared."""
    how = f"NEW sent it in {{}}; {old.source} declares what OLD sent"
    changes = _once(_change(*row, _TO_OLD, how) for row in deviations(recorded, old, operations_of))
    return [replace(change, old=change.new, new=change.old) for change in changes]


def _once(changes: Iterable[Change]) -> list[Change]:
    """Two keywords of a schema can say the same of a place."""
    return list({(each.fingerprint, each.path): each for each in changes}.values())


def _change(seen: Seen[Deviation], support: Support, table: Mapping[str, _Named], how: str) -> Change:
    each = seen.first
    named = table.get(_word(each, support), _ELSE)
    kind = named.id.format("property" if each.in_body else "body")
    level = Level.BREAK if each.keyword in OPEN_ENDED and named.level is Level.RISK else named.level
    count = f"{support.agreeing} of {support.pairs} answers"
    return Change(
        kind=kind,
        title=(request_rules() if kind == _OTHERWISE else declared_rules())[kind].title,
        level=level,
        operation=seen.operation,
        path=each.path,
        message=f"{named.message}: {short(each.value)}"
        + (f" ({each.keyword}: {short(each.stated)})" if each.stated else ""),
        reason=how.format(count),
        support=support,
        old=each.value,
        new=each.stated,
        question="does the other version really send no such thing?" if level is Level.RISK else "",
        fingerprint=fingerprint(kind, seen.operation, each.path, each.keyword if kind == _OTHERWISE else None),
    )


def _word(each: Deviation, support: Support) -> str:
    """What the tables call a deviation."""
    if each.keyword == STATUS:
        return "success" if each.value < 400 else "failure"
    if each.keyword in (UNKNOWN, *OPEN_ENDED):
        return "always" if support.agreeing == support.pairs else "sometimes"
    if each.keyword == "type" and each.value is None:
        return "null"
    if each.keyword == "type" and isinstance(each.value, float) and "integer" in each.stated:
        return "narrower"
    if each.keyword == "enum" and not each.in_body:
        return ""
    return each.keyword
