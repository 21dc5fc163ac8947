"""A cookie has other attributes: its path, its domain, SameSite, Secure, HttpOnly."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.cookies import cookie_sighting, cookies_of
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-cookie-changed",
    number=30,
    title="attributes of a cookie changed",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(
        old=({"headers": {"Set-Cookie": "sid=1; Path=/"}},),
        new=({"headers": {"Set-Cookie": "sid=1; Path=/; SameSite=Strict; Secure"}},),
    ),
    meaning="A browser may send the cookie in fewer places, or not let scripts read it.",
    undo="None: NEW means what it says.",
    advice="Try the plugin in the browser and on the scheme (http, https) that the customer has.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """A finding an operation and cookie whose attributes differ; values and times are each run's own."""
    for operation, name, rows in cookies_of(study):
        both = [row for row in rows if row.old is not None and row.new is not None and row.old != row.new]
        if both:
            yield cookie_sighting(operation, name, len(rows), both, f"cookie {name} has other attributes")
