"""NEW is asked for the same thing in another way: another window, another order, another body."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting
from harness.changes.explain import Explained
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.lens.steps.default import Default
from harness.lens.steps.rename import Rename
from harness.model.change import Level, Undone
from harness.model.paths import Path, format_path

KIND = Kind(
    id="request-changed",
    number=36,
    title="request asked otherwise",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(
        old=({"query": {"start": "0", "end": "10"}}, {"query": {"start": "20", "end": "40"}}),
        new=({"query": {"page": "1", "size": "10"}}, {"query": {"page": "2", "size": "20"}}),
    ),
    meaning="The recording of NEW asks in another form: asked as before, NEW answers something else.",
    undo="The shim asks in the new form, where the recorded calls show how.",
    advice="Ask in the new form where the plugin sends its calls.",
    rank=4,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """What was learned of the requests, less parameters renamed or added, which are kinds of their own; and what was not."""
    for each in study.rewritings:
        for found in each.explained:
            if not (is_parameter(found.at) and isinstance(found.step, (Rename, Default))):
                yield _sighting(str(each.operation), found)
        for rest in each.residue:
            path = f"request {format_path(rest.at)}"
            yield Sighting(str(each.operation), path, rest.message, rest.support, rest.old, rest.new, told=path)


def is_parameter(at: Path) -> bool:
    """Whether a place of a request holds parameters or headers."""
    return at in (("query",), ("header",))


def _sighting(operation: str, found: Explained) -> Sighting:
    path = f"request {format_path(found.at)}"
    if found.step is None:
        rivals = ", ".join(rival.said for rival in found.proposal.rivals)
        return Sighting(
            operation,
            path,
            found.proposal.message,
            found.support,
            how=f"ambiguous: {rivals} would do as well",
            told=path,
        )
    how = found.step.describe()
    return Sighting(operation, path, found.proposal.message, found.support, undone=Undone.UNDONE, how=how, told=how)
