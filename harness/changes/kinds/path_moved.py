"""The same call is served at another path or with another method."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level, Support, Undone

KIND = Kind(
    id="request-path-moved",
    number=33,
    title="call moved to another path",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"path": "/api/3/cpu"},), new=({"path": "/api/4/cpu"},)),
    meaning="The plugin calls a path at which NEW does not serve it any more.",
    undo="The shim forwards the call to where NEW serves it.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Groups of calls that NEW was asked for in another form."""
    for group in study.groups:
        if group.forward and group.operation is not None:
            count = len(group.cases)
            yield Sighting(
                group.name,
                "$",
                f"NEW serves this call at {group.forward}",
                Support(count, count, len({case.pair.old.request.path for case in group.cases})),
                old=f"{group.operation.method} {group.operation.template}",
                new=group.forward,
                undone=Undone.UNDONE,
                how=f"forwarded to {group.forward}",
                told=_change_of(group.operation.template, group.forward.partition(" ")[2]),
            )


def _change_of(old: str, new: str) -> str:
    """What the paths do not share: a prefix that moved with all its calls is one change."""
    here, there = old.split("/"), new.split("/")
    while here and there and here[-1] == there[-1]:
        here.pop()
        there.pop()
    return f"{'/'.join(here)} {'/'.join(there)}"
