"""NEW is asked the same thing with other parameters."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.evidence import Case
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level, Support

KIND = Kind(
    id="request-parameter-renamed",
    number=35,
    title="request parameter renamed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"query": {"_limit": "5"}},), new=({"query": {"_per_page": "5"}},)),
    meaning="The recording of NEW sends a value under another name: the plugin still sends the old one.",
    undo="None yet: the shim does not rewrite parameters.",
    advice="Rewrite the request where the plugin sends it.",
    rank=3,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Pairs of which NEW's request lacks a parameter of OLD's, and has another one with the same value."""
    found: dict[tuple[str, str, str], list[Case]] = {}
    asked: dict[str, int] = {}
    cases = [case for group in study.groups for case in group.cases] + [row[2] for row in study.crossed]
    for case in cases:
        operation = str(case.operation)
        asked[operation] = asked.get(operation, 0) + 1
        for old, new in _renamed(dict(case.pair.old.request.query), dict(case.pair.new.request.query)):
            found.setdefault((operation, old, new), []).append(case)
    for (operation, old, new), cases in found.items():
        values = {dict(case.pair.old.request.query)[old] for case in cases}
        support = Support(asked[operation], len(cases), len(values))
        message = f"NEW is asked with {new!r} where OLD was asked with {old!r}"
        yield Sighting(operation, f"query {old}", message, support, old, new, told=new)


def _renamed(old: dict[str, str], new: dict[str, str]) -> Iterator[tuple[str, str]]:
    gone = [name for name in old if name not in new]
    for name in gone:
        same = [other for other in new if other not in old and new[other] == old[name]]
        if len(same) == 1 and sum(old[other] == old[name] for other in gone) == 1:
            yield name, same[0]
