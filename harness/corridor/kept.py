"""The shim that a check tries: what it learned, with what a person wrote into the workspace's own file."""

from __future__ import annotations

from pathlib import Path

from harness.changes.study import Study
from harness.contract.workspace import folder_name
from harness.corridor.conclusion import shim_file
from harness.corridor.folders import SHIMS
from harness.corridor.going import Going
from harness.model.exchange import Recording
from harness.redaction.files import redact_file
from harness.schema.operations import learn_operations
from harness.shims.contract import inferred_contract
from harness.shims.document import Shim
from harness.shims.required import with_required
from harness.shims.settling import Bench
from harness.shims.yaml_file import relearned, write_shim


def with_hand_work(going: Going, workspace: Path, found: Study, old: Recording, learned: Shim) -> Shim:
    """The shim for the run, written to its folder with the comments of `workspace/shims/<plugin>/<old>..<new>.shim.yaml`.

    Raises BadFile where that file is no shim, or one for another upgrade.
    """
    operation_of = learn_operations(old.exchanges).of
    learned = with_required(learned, Bench.of(found), inferred_contract(old), operation_of)
    file = workspace / SHIMS / folder_name(going.environment.plugin.name) / shim_file(going).name
    merged, like = relearned(file, learned)
    if like is not None:
        going.tell(f"what is written by hand in {file} stands")
    for note in merged.notes:
        going.tell(note.text)
    write_shim(shim_file(going), merged.shim, like, merged.notes)
    redact_file(shim_file(going), going.redactor)
    return merged.shim
