"""`backfit check`: bring both versions up, watch the plugin, learn, watch again, report."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from harness.changes.study import Study, study
from harness.corridor.baseline import Baseline, observed
from harness.corridor.beginning import begun, prepare
from harness.corridor.conclusion import concluded, summary_of, write_reports
from harness.corridor.examples import asked, joined, shown
from harness.corridor.going import Going, Tell
from harness.corridor.keeping import keep_contract, redirected
from harness.corridor.kept import with_hand_work
from harness.corridor.probing import probed
from harness.corridor.sides import Up, is_safe, keep, replayed_on, system_up
from harness.corridor.under_faults import under_faults
from harness.corridor.watching import NAMES, Eyes, watch
from harness.environments.driver import Wanted
from harness.environments.spec import Environment
from harness.gate.ignore import Ignore
from harness.gate.ignore_file import FILE_NAME, read_ignore
from harness.model.errors import BackfitError, BadFile, EnvironmentFailed
from harness.model.outcome import PluginRun, Result, Side
from harness.model.summary import CheckSummary
from harness.record.outcome import agreed, compare_outcome
from harness.schema.discriminators import discriminator
from harness.shims.document import Shim
from harness.shims.javascript import emit
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.serve import ShimServer


def check(
    environment: Environment, *, driver: Wanted = "auto", workspace: Path = Path(), frozen: bool = False, tell: Tell
) -> CheckSummary:
    """Bring OLD and NEW up, watch the plugin on both, learn a shim, watch it again behind the shim, and report.

    Writes everything to `workspace/.backfit/runs/<id>/`. Raises EnvironmentFailed where the environment is at fault:
    that is never a break, and the reports say so; where it is `frozen`, everything must be as environment.lock says.
    Whatever was started is ended, on Ctrl-C as well.
    """
    ignore = read_ignore(workspace / FILE_NAME) if (workspace / FILE_NAME).exists() else None
    with begun(environment, environment.name, driver=driver, workspace=workspace, tell=tell) as going:
        try:
            prepare(going, ("old", "new"), frozen=frozen)
            found, shim = _evidence(going, workspace)
            summary = _concluded(going, found, shim, ignore)
        except EnvironmentFailed as error:
            failed = replace(summary_of(going), notes=(str(error),))
            with suppress(BackfitError):  # a full disk may be what failed: the first error is the one to tell
                write_reports(going.redactor.value(failed))
            raise
    write_reports(summary)
    return summary


def _concluded(going: Going, found: Study, shim: Shim, ignore: Ignore | None) -> CheckSummary:
    """What the reports say, without secrets."""
    begun_with = summary_of(going)
    try:
        return going.redactor.value(concluded(begun_with, going, found, shim, ignore))
    except BadFile:  # an accepted change that is gone: told when everything else is on the disk
        write_reports(going.redactor.value(concluded(begun_with, going, found, shim)))
        raise


def _evidence(going: Going, workspace: Path) -> tuple[Study, Shim]:
    """OLD's half, then NEW's: one version runs at a time, so that neither can see the other."""
    with system_up(going, "old") as up:
        answered_old = asked(going, up)
        base = observed(going, up)
        going.runs.append(base.references[0])
        going.notes += base.notes
        recording = base.recording
        keep(going, "recording", recording)
        keep_contract(going, base, workspace)
        if going.runs[0].result is not Result.WORKS:
            going.tell("the plugin fails on the old version already")
        old = (
            replayed_on(going, up, recording, "old-1", base.links),
            replayed_on(going, up, recording, "old-2", base.links),
        )
        _on_faulty_network(going, up, Side.OLD, base)
    with system_up(going, "new") as up:
        answered_new = asked(going, up)
        going.runs.append(_on_new(going, up, base))
        examples = shown(recording, answered_old, answered_new)
        calls = examples.in_new_form(recording)
        first = replayed_on(going, up, calls, "new-1", base.links)
        probing = probed(going, up, old[0], first, examples.rewritings)
        if probing.calls:
            calls = probing.in_new_form(calls)
            first = replayed_on(going, up, calls, "new-1", base.links)
        new = first, replayed_on(going, up, calls, "new-2", base.links)
        going.notes += redirected(first)
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
            going.runs.append(_behind(going, up, shim, base))
        _on_faulty_network(going, up, Side.NEW, base)
    return found, shim


def _on_faulty_network(going: Going, up: Up, side: Side, base: Baseline) -> None:
    """The plugin on the customer's network, where it works on a clean one: what fails there is no break of the upgrade."""
    network = going.environment.network
    works = {run.side for run in going.runs if run.result is Result.WORKS}
    if network.faulty and {Side.OLD, side} <= works:
        going.faulty.append(under_faults(going, up, side, base.references, network.runs))


def _on_new(going: Going, up: Up, base: Baseline) -> PluginRun:
    """The plugin on NEW; where it breaks, once more: what comes and goes is no break."""
    run = _compared(going, up.system.url, Side.NEW, Eyes("new"), base)
    if run.result is not Result.BROKEN or base.references[0].result is not Result.WORKS:
        return run
    system = up.system if is_safe(base.recording) else up.fresh()
    return agreed(run, _compared(going, system.url, Side.NEW, Eyes("new-again", kept=False), base))


def _behind(going: Going, up: Up, shim: Shim, base: Baseline) -> PluginRun:
    """The plugin on NEW behind the shim; what the page itself is asked is turned in the page."""
    system = up.fresh() if not is_safe(base.recording) else up.system
    scripts = [emit(shim, host_api=going.environment.host_api, host_only=True)] if going.environment.host_api else []
    with ShimServer(Program(shim, discriminator), system.url) as server:
        return _compared(going, server.url, Side.SHIMMED, Eyes("shimmed", page_scripts=scripts), base)


def _compared(going: Going, url: str, side: Side, eyes: Eyes, base: Baseline) -> PluginRun:
    going.tell(f"the plugin on {NAMES[side]}")
    with going.clock.phase(f"plugin on {NAMES[side]}"):
        return compare_outcome(base.references, watch(going, url, side, eyes).run)
