"""`backfit record`: one side is brought up and the plugin's calls are kept, made by its scenario or by a person who clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.corridor.baseline import Baseline, observed
from harness.corridor.beginning import begun, prepare
from harness.corridor.folders import save_contract
from harness.corridor.going import Going, Tell
from harness.corridor.keeping import keep_contract
from harness.corridor.sides import keep, system_up
from harness.corridor.watching import known_as
from harness.environments.driver import Wanted
from harness.environments.spec import Environment, SideName
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun
from harness.model.reads import OperationUse
from harness.record.recorder import recorder
from harness.record.setting import Reached
from harness.replay.ids import with_ids
from harness.replay.links import find_links

Person = Callable[[Reached], None]
"""Tells a person where to click, and comes back when the person is done."""


@dataclass(frozen=True)
class Recorded:
    """What was kept: `folder` is the run's, `run` the plugin's (None where a person clicked), `saved` the workspace's files."""

    folder: Path
    recording: Recording
    uses: tuple[OperationUse, ...]
    run: PluginRun | None = None
    notes: tuple[str, ...] = ()
    saved: tuple[Path, ...] = ()


def record(
    environment: Environment,
    *,
    side: SideName = "old",
    person: Person | None = None,
    driver: Wanted = "auto",
    workspace: Path = Path(),
    save: bool = False,
    frozen: bool = False,
    tell: Tell,
) -> Recorded:
    """Bring a side up and keep every call of the plugin, and what it reads of the answers; with `person`, of whoever clicks.

    Writes recording.har and contract.openapi.json to `workspace/.backfit/runs/<id>/`, without secrets; with `save` to
    `workspace/contracts/<plugin>/` as well. Every call that ended is on the disk at once, whatever happens then.
    """
    with begun(environment, f"{environment.name}-recording", driver=driver, workspace=workspace, tell=tell) as going:
        prepare(going, (side,), frozen=frozen)
        with system_up(going, side) as up:
            base = observed(going, up) if person is None else _clicked(going, up.system.url, person)
        keep(going, "recording", base.recording)
        keep_contract(going, base, workspace)
        saved = save_contract(going.folder, environment.plugin.name, workspace) if save else ()
        run = going.redactor.value(base.references[0]) if base.references else None
        return Recorded(going.folder, base.recording, going.uses, run, going.redactor.value(base.notes), tuple(saved))


def _clicked(going: Going, url: str, person: Person) -> Baseline:
    journal = going.folder / "recording.har.ndjson"
    with recorder(
        url,
        known_as=known_as(going.environment),
        allowed=going.environment.network.egress,
        keep=journal,
        redact=going.redactor.exchange,
    ) as recording:
        person(recording.reached)
        heard = with_ids(recording.recording())
    journal.unlink(missing_ok=True)
    return Baseline(heard, (), None, find_links(heard))
