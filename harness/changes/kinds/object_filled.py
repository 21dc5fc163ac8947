"""An object that was always empty has members: `{}` became `{"id": 7, …}`."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-object-filled",
    number=31,
    title="object that was empty has members",
    level=Level.INFO,
    stage=Stage.RAW,
    witness=Witness(old=({},), new=({"id": 7, "name": "ann"},)),
    meaning="NEW says something where OLD said nothing.",
    undo="The object is emptied again.",
    advice="Nothing, unless the plugin tests that it is empty.",
)
