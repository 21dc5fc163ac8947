"""`backfit check`: bring both versions up, watch the plugin, learn, watch again, report."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from harness.atomic import write_atomically
from harness.changes.study import Study, study
from harness.corridor.conclusion import concluded, summary_of, write_reports
from harness.corridor.examples import asked, joined, shown
from harness.corridor.folders import run_folder
from harness.corridor.going import Clock, Going, Tell
from harness.corridor.kept import with_hand_work
from harness.corridor.probing import probed
from harness.corridor.sides import Recorded, is_safe, replayed_on, system_up, watch
from harness.environments.driver import Wanted, choose_driver
from harness.environments.installation import install_plugin
from harness.environments.owner import current_owner
from harness.environments.reap import reap_orphans
from harness.environments.spec import Environment
from harness.environments.store import cache_folder, scratch_folders
from harness.gate.ignore_file import FILE_NAME, read_ignore
from harness.model.errors import BackfitError, BadFile, EnvironmentFailed
from harness.model.exchange import Recording
from harness.model.outcome import Result, Side
from harness.model.summary import CheckSummary
from harness.record.browser import HINT, find_browser
from harness.record.har import write_har
from harness.record.offline import resolve_offline
from harness.record.outcome import compare_outcome
from harness.replay.ids import with_ids
from harness.replay.selection import reason_to_skip
from harness.schema.discriminators import discriminator
from harness.schema.observed import observe
from harness.schema.openapi import openapi
from harness.schema.operations import learn_operations
from harness.shims.document import Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.serve import ShimServer


def check(environment: Environment, *, driver: Wanted = "auto", workspace: Path = Path(), tell: Tell) -> CheckSummary:
    """Bring OLD and NEW up, watch the plugin on both, learn a shim, watch it again behind the shim, and report.

    Writes everything to `workspace/.backfit/runs/<id>/`. Raises EnvironmentFailed where the environment is at fault:
    that is never a break, and the reports say so. Whatever was started is ended, on Ctrl-C as well.
    """
    started = datetime.now(UTC)
    for reaped in reap_orphans():
        tell(f"cleaned up after a run that was killed: {reaped}")
    browser = _browser(environment)
    folder = run_folder(workspace, started, environment.name)
    chosen, reason = choose_driver(driver, folder.name, environment)
    tell(reason)
    ignore = read_ignore(workspace / FILE_NAME) if (workspace / FILE_NAME).exists() else None
    going = Going(environment, folder.name, folder, chosen, reason, browser, tell, Clock())
    try:
        _prepare(going)
        found, shim = _evidence(going, workspace)
        begun = summary_of(going, started)
        try:
            summary = concluded(begun, going, found, shim, ignore)
        except BadFile:  # an accepted change that is gone: told when everything else is on the disk
            write_reports(concluded(begun, going, found, shim))
            raise
    except KeyboardInterrupt:
        _end(going)
        raise
    except EnvironmentFailed as error:
        failed = replace(summary_of(going, started), notes=(str(error),))
        with suppress(BackfitError):  # a full disk may be what failed: the first error is the one to tell
            write_reports(failed)
        raise
    write_reports(summary)
    return summary


def _end(going: Going) -> None:
    """Once more: the Ctrl-C may have fallen into the middle of an ending, or of a beginning."""
    for system in going.systems:
        system.stop()
    for folder, owner in scratch_folders():
        if owner == current_owner():
            shutil.rmtree(folder, ignore_errors=True)


def _browser(environment: Environment) -> Path | None:
    if environment.browser is None:
        return None
    found = find_browser()
    if found is None:
        raise EnvironmentFailed("no browser was found", where=str(environment.path), hint=HINT)
    return found


def _prepare(going: Going) -> None:
    """Install both sides and what the page loads from elsewhere: slow the first time, then cached."""
    environment = going.environment
    with going.clock.phase("prepare"):
        going.offline = {
            glob: resolve_offline(environment.folder, spec, cache_folder())
            for glob, spec in environment.offline.items()
        }
        going.plugin = install_plugin(environment, going.tell) if environment.plugin_into == "own" else None
        going.driver.prepare(environment, "old", going.tell)
        going.driver.prepare(environment, "new", going.tell)


def _evidence(going: Going, workspace: Path) -> tuple[Study, Shim]:
    """OLD's half, then NEW's: one version runs at a time, so that neither can see the other."""
    with system_up(going, "old") as up:
        answered_old = asked(going, up)
        going.runs.append(watch(going, up.system.url, Side.OLD, recorded := Recorded()))
        recording = with_ids(recorded.recording)
        _keep(going, "recording", recording)
        _keep_contract(going, recording)
        if going.runs[0].result is not Result.WORKS:
            going.tell("the plugin fails on the old version already")
        old = replayed_on(going, up, recording, "old-1"), replayed_on(going, up, recording, "old-2")
    with system_up(going, "new") as up:
        answered_new = asked(going, up)
        going.runs.append(compare_outcome(going.runs[0], watch(going, up.system.url, Side.NEW, Recorded())))
        examples = shown(recording, answered_old, answered_new)
        calls = examples.in_new_form(recording)
        first = replayed_on(going, up, calls, "new-1")
        probing = probed(going, up, old[0], first, examples.rewritings)
        if probing.calls:
            calls = probing.in_new_form(calls)
            first = replayed_on(going, up, calls, "new-1")
        new = first, replayed_on(going, up, calls, "new-2")
        with going.clock.phase("learn"):
            found = study(
                joined(old[0], examples.old),
                joined(new[0], examples.new),
                old[1],
                new[1],
                rewritings=probing.rewritings(old[0], new[0], examples.rewritings),
                tell=going.tell,
            )
            learned = shim_from(
                found,
                system=going.environment.system.name,
                old=going.versions["old"],
                new=going.versions["new"],
                tell=going.tell,
            )
            shim = with_hand_work(going, workspace, found, old[0], learned)
        if going.runs[1].result is Result.BROKEN and going.runs[0].result is Result.WORKS:
            fresh = up.fresh() if not is_safe(recording) else up.system
            with ShimServer(Program(shim, discriminator), fresh.url) as server:
                run = watch(going, server.url, Side.SHIMMED, Recorded())
                going.runs.append(compare_outcome(going.runs[0], run))
    return found, shim


def _keep(going: Going, name: str, recording: Recording) -> None:
    write_har(going.folder / f"{name}.har", recording)


def _keep_contract(going: Going, recording: Recording) -> None:
    """What the plugin relies on, as far as its calls show it."""
    called = [exchange for exchange in recording.exchanges if reason_to_skip(exchange) is None]
    document = openapi(observe(called, learn_operations(called)), going.environment.plugin.name)
    write_atomically(going.folder / "contract.openapi.json", [json.dumps(document, indent=2).encode(), b"\n"])
