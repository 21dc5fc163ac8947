"""A cookie that OLD set is not set any more."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.cookies import cookie_sighting, cookies_of
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-cookie-removed",
    number=30,
    title="cookie removed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"headers": {"Set-Cookie": "sid=1"}},), new=({"headers": {}},)),
    meaning="A plugin that sends the cookie back, or reads it, has none.",
    undo="None: its value was OLD's.",
    advice="Look how NEW recognises its callers now.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """A finding an operation and cookie that some answers lack."""
    for operation, name, rows in cookies_of(study):
        gone = [row for row in rows if row.old is not None and row.new is None]
        if gone:
            yield cookie_sighting(operation, name, len(rows), gone, f"cookie {name} is not set any more")
