"""The plugin's scenario, run once and watched: what it came to, what it called, what it read of the answers."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.corridor.customer import setting_of
from harness.corridor.going import Going
from harness.environments.spec import Environment, ScenarioCommand
from harness.environments.store import scratch_folder
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun, Side
from harness.reads.lines import Told, read_told
from harness.reads.pages import worker_prelude
from harness.record.attribution import attributed
from harness.record.host_api import read_host_calls, with_host_calls
from harness.record.recorder import recorder
from harness.record.scenario import watch_scenario
from harness.record.scenario_file import Command
from harness.record.setting import Setting
from harness.replay.ids import with_ids
from harness.replay.selection import reason_to_skip
from harness.schema.operations import learn_operations

NAMES = {Side.OLD: "old", Side.NEW: "new", Side.SHIMMED: "new + shim"}


@dataclass(frozen=True)
class Watched:
    """One run: its outcome, the calls with what is known of who made them, and what was read (None where nobody looked)."""

    run: PluginRun
    recording: Recording
    told: Told | None = None


@dataclass(frozen=True)
class Eyes:
    """What is looked at besides the outcome. `name` tells runs of one side apart; what a further run shows on its pictures is
    not kept. `limit` are the seconds that the scenario may take, the environment's own where it is None.
    """

    name: str
    tracked: bool = False
    kept: bool = True
    limit: float | None = None
    page_scripts: Sequence[str] = ()


def watch(going: Going, url: str, side: Side, eyes: Eyes) -> Watched:
    """The plugin's scenario once, through the recorder, against the system at `url`."""
    environment = going.environment
    scratch = scratch_folder(going.run_id, f"plugin-{eyes.name}")
    reads = scratch / "reads.ndjson" if eyes.tracked else None
    journal = going.folder / f"{eyes.name}.har.ndjson" if eyes.kept else None
    setting = _setting(going, scratch, reads, eyes)
    try:
        with recorder(
            url,
            known_as=known_as(environment),
            allowed=environment.network.egress,
            keep=journal,
            reads=reads,
            prelude=worker_prelude(setting.scripts) if reads else b"",
            redact=going.redactor.exchange,
        ) as recording:
            watched = watch_scenario(
                _scenario(going, side), recording.reached, side, going.folder if eyes.kept else scratch, setting
            )
            heard = recording.recording()
        called = attributed(heard, watched.calls, setting.scripts, watched.extension_id)
        whole = with_ids(with_host_calls(called, read_host_calls(scratch / "host-calls.ndjson", setting.scripts)))
        told = read_told(reads) if reads and reads.exists() else None
        if journal is not None:
            journal.unlink(missing_ok=True)  # it was for an end in between: from here on the recording itself is kept
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Watched(_counted(going, watched.run, whole), whole, told)


def known_as(environment: Environment) -> Sequence[str]:
    """The addresses that the plugin has for the system; where it may speak to others, it has one as well, to be led by."""
    egress = environment.network.egress
    return environment.system.known_as or (("http://localhost:8000",) if egress else ())


def _setting(going: Going, scratch: Path, reads: Path | None, eyes: Eyes) -> Setting:
    usual = setting_of(going)
    return replace(
        usual,
        timeout=min(eyes.limit or usual.timeout, usual.timeout),
        reads=reads,
        host_calls=scratch / "host-calls.ndjson" if usual.host_api else None,
        page_scripts=eyes.page_scripts,
        trace=eyes.kept,
    )


def _counted(going: Going, run: PluginRun, recording: Recording) -> PluginRun:
    """The run with the calls that the plugin made: how many, and of which operations, as they are called on OLD."""
    called = [exchange.request for exchange in recording.exchanges if reason_to_skip(exchange) is None]
    going.operations = going.operations or learn_operations(
        [exchange for exchange in recording.exchanges if reason_to_skip(exchange) is None]
    )
    made = Counter(str(going.operations.of(request)) for request in called)
    return replace(run, calls=run.calls or len(called), made=dict(sorted(made.items())))


def _scenario(going: Going, side: Side) -> Path | Command:
    """The scenario as the recorder takes it; behind the shim a command is told `new`, which is what it talks to."""
    environment = going.environment
    written = environment.scenario
    if not isinstance(written, ScenarioCommand):
        return environment.folder / written
    return Command(written.run.replace("{side}", "old" if side is Side.OLD else "new"), environment.command_folder)
