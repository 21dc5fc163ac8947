"""Needs as an ablation finds them, for tests of what is made of them."""

from __future__ import annotations

from harness.ablation.edits import How
from harness.ablation.needs import Finding, Needs, Place, Together
from harness.model.reads import Need

ERROR = "TypeError: Cannot read properties of undefined (reading 'map')"
TOLERATED = Finding(Need.TOLERATED)
UNTRIED = Finding(Need.UNOBSERVED, "not tried")

NEEDS = Needs(
    operations={
        "GET /bikes": {
            "$.rows": {
                How.REMOVED: Finding(Need.NEEDED, ERROR),
                How.NULL: Finding(Need.NEEDED, ERROR),
                How.RETYPED: TOLERATED,
            },
            "$.took": {How.REMOVED: TOLERATED},
            "$.name": {How.REMOVED: TOLERATED},
            "$.title": {How.REMOVED: TOLERATED},
            "header etag": {How.REMOVED: UNTRIED},
            "status": {How.RETYPED: TOLERATED},
        },
        "GET /": {'$["a\ud800\u001b"]': {How.REMOVED: Finding(Need.NEEDED, "\ud800\x1b[31m")}},
    },
    together=(Together(How.REMOVED, (Place("GET /bikes", "$.name"), Place("GET /bikes", "$.title")), "no title"),),
    remarks=("a remark",),
    runs=41,
    seconds=52.25,
    stopped="the budget of 1:00 was spent",
)
