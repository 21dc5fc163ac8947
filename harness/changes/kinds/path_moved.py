"""The same call is served at another path or with another method."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="request-path-moved",
    number=33,
    title="call moved to another path",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"path": "/api/3/cpu"},), new=({"path": "/api/4/cpu"},)),
    meaning="The plugin calls a path at which NEW does not serve it any more.",
    undo="The shim forwards the call to where NEW serves it.",
)
