"""The contract of a run: what the plugin called, what it read, and what an ablation found it to need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.atomic import write_atomically
from harness.contract.contract import Contract
from harness.contract.reading import read_contract
from harness.contract.uses import Needs, uses
from harness.contract.workspace import CONTRACTS, FILE_NAME, folder_name
from harness.contract.writing import contract_text, written
from harness.corridor.baseline import Baseline
from harness.corridor.going import Going
from harness.model.exchange import Recording
from harness.replay.redirects import FOLLOWED
from harness.replay.selection import reason_to_skip
from harness.schema.observed import observe
from harness.schema.operations import learn_operations


def contract_file(going: Going) -> Path:
    """Where the run keeps it."""
    return going.folder / FILE_NAME


def keep_contract(going: Going, base: Baseline, workspace: Path, needs: Needs | None = None) -> Contract:
    """Write the contract, without secrets; with the needs that the workspace's own contract has from an earlier ablation."""
    called = Recording(tuple(each for each in base.recording.exchanges if reason_to_skip(each) is None))
    operations = learn_operations(called.exchanges)
    used = None
    if base.told is not None:
        used = uses(base.told.accesses, operations, called, roots(going), base.told.seen)
    document = written(
        observe(going.redactor.recording(called).exchanges, operations),
        going.environment.plugin.name,
        used,
        _kept_needs(going, workspace) if needs is None else needs,
    )
    write_atomically(contract_file(going), [contract_text(document)])
    contract = read_contract(contract_file(going))
    going.uses = contract.used()
    return contract


def redirected(recording: Recording) -> Iterator[str]:
    """What NEW sent elsewhere and was followed, for the report."""
    for exchange in recording.exchanges:
        if went := exchange.meta.get(FOLLOWED):
            yield f"{exchange.request.method} {exchange.request.path} is redirected now and was followed: {', '.join(went)}"


def roots(going: Going) -> list[Path]:
    """Folders of the plugin's own code: places in it are told relative to these."""
    tools = going.place.tools
    installed = [*tools.bin_folders, *([tools.modules] if tools.modules else [])] if tools else []
    return [*going.environment.folders, *(Path(folder).parent for folder in installed)]


def _kept_needs(going: Going, workspace: Path) -> Needs | None:
    file = workspace / CONTRACTS / folder_name(going.environment.plugin.name) / FILE_NAME
    if not file.is_file():
        return None
    return {
        each.operation: {place.place: place.need for place in each.places if place.need}
        for each in read_contract(file).used()
    }
