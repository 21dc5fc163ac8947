"""NEW is asked the same thing with other parameters."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds.request_changed import is_parameter
from harness.changes.study import Study
from harness.lens.steps.rename import Rename
from harness.model.change import Level, Undone

KIND = Kind(
    id="request-parameter-renamed",
    number=35,
    title="request parameter renamed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"query": {"_limit": "5"}},), new=({"query": {"_per_page": "5"}},)),
    meaning="The recording of NEW sends a value under another name: the plugin still sends the old one.",
    undo="The shim sends it under the new name.",
    advice="Rewrite the request where the plugin sends it.",
    rank=3,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """The renamings that make NEW's requests of OLD's."""
    for each in study.rewritings:
        for found in each.explained:
            if isinstance(found.step, Rename) and is_parameter(found.at):
                old, new = found.step.from_, found.step.to
                message = f"NEW is asked with {new!r} where OLD was asked with {old!r}"
                how = found.step.describe()
                path = f"{found.at[0]} {old}"
                yield Sighting(
                    str(each.operation), path, message, found.support, old, new, Undone.UNDONE, how, told=new
                )
