"""A diagnosis for a person, the heaviest mismatch first, and for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.parity.comparing import Mismatch, Parity
from harness.parity.doctor import Diagnosis

_SOUND = "no mismatch that weighs: what could be compared is as it should be"
_OTHER = "mismatches that weigh: what works here need not work there"
_SHOWN = 20
"""Unknown facts that are named; the rest is counted."""


def as_text(diagnosis: Diagnosis) -> str:
    """Lines of text."""
    return "\n".join(_lines(diagnosis)) + "\n"


def as_json(diagnosis: Diagnosis) -> str:
    """All of it, with every fact that was collected."""
    found = {
        "environment": diagnosis.environment,
        "side": diagnosis.side,
        "driver": diagnosis.driver,
        "healthy": diagnosis.healthy,
        "file": _parity(diagnosis.file),
        "reports": None if diagnosis.reports is None else _parity(diagnosis.reports),
        "running": [_fact(fact) for fact in diagnosis.running],
        "notes": list(diagnosis.notes),
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    yield f"{diagnosis.environment} ({diagnosis.side}), {diagnosis.reason}"
    yield from _told("what the file asks", diagnosis.file, "asked")
    if diagnosis.reports is not None:
        yield from _told("what the customer reports", diagnosis.reports, "reported")
    yield from (f"note: {note}" for note in diagnosis.notes)
    yield _SOUND if diagnosis.healthy else _OTHER


def _told(title: str, parity: Parity, verb: str) -> Iterator[str]:
    total = len(parity.matches) + len({each.wanted for each in parity.mismatches}) + len(parity.unknown)
    yield ""
    yield f"{title}: {len(parity.matches)} of {total} so here"
    for each in parity.mismatches:
        yield f"  {each.weight:<11}  {_name(each.wanted)}: {verb} {_said(each.wanted)}, is {_said(each.found)}"
        yield f"               {each.why}" + (f"; {each.wanted.note}" if each.wanted.note else "")
    if parity.unknown:
        named = ", ".join(f"{_name(fact)} {fact.value}" for fact in parity.unknown[:_SHOWN])
        more = f" and {len(parity.unknown) - _SHOWN} more" if len(parity.unknown) > _SHOWN else ""
        yield f"  not known here: {named}{more}"


def _name(fact: Fact) -> str:
    return f"{fact.subject} {fact.name}"


def _said(fact: Fact) -> str:
    return f"{fact.value} ({fact.source})"


def _parity(parity: Parity) -> dict[str, object]:
    return {
        "matches": [_fact(fact) for fact in parity.matches],
        "mismatches": [_mismatch(each) for each in parity.mismatches],
        "unknown": [_fact(fact) for fact in parity.unknown],
    }


def _mismatch(mismatch: Mismatch) -> dict[str, object]:
    return {
        "weight": mismatch.weight.value,
        "why": mismatch.why,
        "wanted": _fact(mismatch.wanted),
        "found": _fact(mismatch.found),
    }


def _fact(fact: Fact) -> dict[str, str]:
    note = {"note": fact.note} if fact.note else {}
    return {"subject": fact.subject, "name": fact.name, "value": fact.value, "source": fact.source, **note}
