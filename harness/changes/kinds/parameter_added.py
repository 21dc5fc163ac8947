"""NEW must be asked with a parameter or a header that OLD was not asked with."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.lens.steps.default import Default
from harness.model.change import Level, Undone

KIND = Kind(
    id="request-parameter-added",
    number=35,
    title="request parameter added",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(
        old=({"query": {"a": "1"}}, {"query": {"a": "2"}}),
        new=({"query": {"a": "1", "v": "2"}}, {"query": {"a": "2", "v": "2"}}),
    ),
    meaning="The recording of NEW sends a parameter or a header that OLD was not sent: the plugin does not send it.",
    undo="The shim sends it.",
    advice="Find out what NEW answers without it.",
    rank=3,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """What is sent with the same value whenever NEW is asked so."""
    for each in study.rewritings:
        for found in each.explained:
            if found.kind is KIND and isinstance(found.step, Default):
                place = f"{found.at[0]} {found.step.key}"
                yield Sighting(
                    str(each.operation),
                    place,
                    f"NEW is asked with {found.proposal.message}",
                    found.support,
                    None,
                    found.new,
                    Undone.UNDONE,
                    found.step.describe(),
                    told=place,
                )
