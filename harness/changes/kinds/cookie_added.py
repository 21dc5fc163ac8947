"""NEW sets a cookie that OLD did not."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.cookies import cookie_sighting, cookies_of
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-cookie-added",
    number=30,
    title="cookie added",
    level=Level.INFO,
    stage=Stage.ANSWER,
    witness=Witness(old=({"headers": {}},), new=({"headers": {"Set-Cookie": "sid=1"}},)),
    meaning="NEW remembers something more of its callers.",
    undo="It is left as it is.",
    advice="Nothing, unless calls fail without it.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """A finding an operation and cookie that OLD's answers lack."""
    for operation, name, rows in cookies_of(study):
        came = [row for row in rows if row.old is None and row.new is not None]
        if came:
            yield cookie_sighting(operation, name, len(rows), came, f"cookie {name} is new")
