"""`backfit check`: the whole corridor, from an environment file to a verdict, each arrow a file in the run's folder."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from harness.atomic import write_atomically
from harness.changes.findings import findings
from harness.changes.study import Study, study
from harness.environments.driver import Driver, RunningSystem, Wanted, choose_driver
from harness.environments.installation import Installation, install_plugin
from harness.environments.owner import current_owner
from harness.environments.reap import reap_orphans
from harness.environments.spec import Environment, ScenarioCommand
from harness.environments.store import cache_folder, scratch_folders
from harness.model.change import Change, Level, Undone
from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.exchange import Recording
from harness.model.json_text import serialize
from harness.model.outcome import PluginRun, Result, Side, Verdict, decide
from harness.model.summary import Accounting, CheckSummary, ShimSummary
from harness.record.browser import HINT, find_browser
from harness.record.har import write_har
from harness.record.offline import resolve_offline
from harness.record.outcome import compare_outcome
from harness.record.proxy import RecordingProxy
from harness.record.scenario import run_scenario
from harness.record.scenario_file import Command
from harness.replay.ids import with_ids
from harness.replay.replay import replay
from harness.replay.selection import reason_to_skip
from harness.report.diff_report import changes_as_json
from harness.report.html import write_html
from harness.report.json_report import write_json
from harness.report.junit import write_junit
from harness.schema.discriminators import discriminator
from harness.schema.observed import observe
from harness.schema.openapi import openapi
from harness.schema.operations import learn_operations
from harness.shims.document import Entry, Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.serve import ShimServer
from harness.shims.verify import verify
from harness.shims.yaml_file import shim_text, write_shim

Tell = Callable[[str], None]

RUNS = Path(".backfit") / "runs"
CONTRACTS = Path("contracts")
SHIMS = Path("shims")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_PLACES_TOLD = 5


@dataclass
class _Clock:
    """Seconds that each phase took, in the order in which they began."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - begun


@dataclass
class _Check:
    """What one check knows of itself while it goes on."""

    environment: Environment
    run_id: str
    folder: Path
    driver: Driver
    reason: str
    browser: Path | None
    tell: Tell
    clock: _Clock
    plugin: Installation | None = None
    offline: dict[str, Path] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    plugin_version: str = ""
    runs: list[PluginRun] = field(default_factory=list)
    accounting: dict[str, Accounting] = field(default_factory=dict)
    systems: list[RunningSystem] = field(default_factory=list)


def check(environment: Environment, *, driver: Wanted = "auto", workspace: Path = Path(), tell: Tell) -> CheckSummary:
    """Bring OLD and NEW up, watch the plugin on both, learn a shim, watch it again behind the shim, and report.

    Writes everything to `workspace/.backfit/runs/<id>/`. Raises EnvironmentFailed where the environment is at fault:
    that is never a break, and the reports say so. Whatever was started is ended, on Ctrl-C as well.
    """
    started = datetime.now(UTC)
    for reaped in reap_orphans():
        tell(f"cleaned up after a run that was killed: {reaped}")
    browser = _browser(environment)
    folder = _run_folder(workspace, started, environment.name)
    chosen, reason = choose_driver(driver, folder.name, environment)
    tell(reason)
    going = _Check(environment, folder.name, folder, chosen, reason, browser, tell, _Clock())
    try:
        _prepare(going)
        found, shim = _evidence(going)
        summary = _concluded(_summary(going, started), going, found, shim)
    except KeyboardInterrupt:
        _end(going)
        raise
    except EnvironmentFailed as error:
        failed = replace(_summary(going, started), notes=(str(error),))
        with suppress(BackfitError):  # a full disk may be what failed: the first error is the one to tell
            _write_reports(failed)
        raise
    _write_reports(summary)
    return summary


def _end(going: _Check) -> None:
    """Once more: the Ctrl-C may have fallen into the middle of an ending, or of a beginning."""
    for system in going.systems:
        system.stop()
    for folder, owner in scratch_folders():
        if owner == current_owner():
            shutil.rmtree(folder, ignore_errors=True)


def save(summary: CheckSummary, workspace: Path = Path()) -> list[Path]:
    """Copy what a check found to where a workspace keeps it: the recording, the contract and the shim. Gives the files.

    Nothing is kept of a plugin that fails on OLD already: what it did then is nobody's contract.
    """
    if summary.verdict not in (Verdict.OK, Verdict.BROKEN, Verdict.BROKEN_SHIMMED) or summary.shim is None:
        return []
    run, plugin = Path(summary.folder), _file_name(summary.plugin)
    shim = Path(summary.shim.file)
    copies = {
        run / "recording.har": workspace / CONTRACTS / plugin / "recording.har",
        run / "contract.openapi.json": workspace / CONTRACTS / plugin / "contract.openapi.json",
        shim: workspace / SHIMS / plugin / shim.name,
    }
    for source, target in copies.items():
        _make_folder(target.parent)
        write_atomically(target, [source.read_bytes()])
    return list(copies.values())


def _run_folder(workspace: Path, started: datetime, name: str) -> Path:
    stem = f"{started:%Y%m%d-%H%M%S}-{name}"
    for suffix in ("", *(f"-{number}" for number in range(2, 100))):
        folder = workspace / RUNS / f"{stem}{suffix}"
        with suppress(FileExistsError):
            _make_folder(folder, new=True)
            return folder
    raise EnvironmentFailed("a hundred runs began in this second", where=str(workspace / RUNS))


def _make_folder(folder: Path, *, new: bool = False) -> None:
    """Make it with those above it; a `new` one must not be there yet (FileExistsError). Raises EnvironmentFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=not new)
    except FileExistsError:
        raise
    except OSError as error:
        hint = "free some space, or run where you may write"
        raise EnvironmentFailed(f"cannot make a folder: {error.strerror}", where=str(folder), hint=hint) from error


def _browser(environment: Environment) -> Path | None:
    if environment.browser is None:
        return None
    found = find_browser()
    if found is None:
        raise EnvironmentFailed("no browser was found", where=str(environment.path), hint=HINT)
    return found


def _prepare(going: _Check) -> None:
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


def _evidence(going: _Check) -> tuple[Study, Shim]:
    """OLD's half, then NEW's: one version runs at a time, so that neither can see the other."""
    with _system(going, "old") as up:
        going.runs.append(_watch(going, up.system.url, Side.OLD, recorded := _Recorded()))
        recording = with_ids(recorded.recording)
        _keep(going, "recording", recording)
        _keep_contract(going, recording)
        if going.runs[0].result is not Result.WORKS:
            going.tell("the plugin fails on the old version already")
        old = _replayed(going, up, recording, "old-1"), _replayed(going, up, recording, "old-2")
    with _system(going, "new") as up:
        going.runs.append(compare_outcome(going.runs[0], _watch(going, up.system.url, Side.NEW, _Recorded())))
        new = _replayed(going, up, recording, "new-1"), _replayed(going, up, recording, "new-2")
        with going.clock.phase("learn"):
            found = study(old[0], new[0], old[1], new[1], tell=going.tell)
            shim = shim_from(
                found,
                system=going.environment.system.name,
                old=going.versions["old"],
                new=going.versions["new"],
                tell=going.tell,
            )
            write_shim(_shim_file(going), shim)
        if going.runs[1].result is Result.BROKEN and going.runs[0].result is Result.WORKS:
            fresh = up.fresh() if not _is_safe(recording) else up.system
            with ShimServer(Program(shim, discriminator), fresh.url) as server:
                run = _watch(going, server.url, Side.SHIMMED, _Recorded())
                going.runs.append(compare_outcome(going.runs[0], run))
    return found, shim


@dataclass
class _Recorded:
    """What the recorder saw of one run."""

    recording: Recording = field(default_factory=lambda: Recording(()))


class _Up:
    """A side that is up; `fresh` starts it anew, with its data as at the beginning."""

    def __init__(self, going: _Check, side: str, stack: ExitStack) -> None:
        self._going, self._side, self._stack = going, side, stack
        self.system = self._start()

    def fresh(self) -> RunningSystem:
        self.system.stop()
        self.system = self._start()
        return self.system

    def _start(self) -> RunningSystem:
        going, side = self._going, "old" if self._side == "old" else "new"
        going.tell(f"starting {going.environment.system.name} ({side})")
        with going.clock.phase(f"start {side}"):
            system = going.driver.start(going.environment, "old" if side == "old" else "new", going.tell)
        self._stack.callback(system.stop)
        going.systems.append(system)
        going.versions[side] = system.version
        going.plugin_version = going.plugin_version or system.plugin_version
        return system


@contextmanager
def _system(going: _Check, side: str) -> Iterator[_Up]:
    with ExitStack() as stack:
        yield _Up(going, side, stack)


def _watch(going: _Check, url: str, side: Side, recorded: _Recorded) -> PluginRun:
    """The plugin's scenario once, through the recorder."""
    environment = going.environment
    going.tell(f"the plugin on {_NAMES[side]}")
    with going.clock.phase(f"plugin on {_NAMES[side]}"), RecordingProxy(url) as proxy:
        run = run_scenario(
            _scenario(environment, side),
            proxy.url,
            side,
            going.folder,
            browser=going.browser,
            offline=going.offline,
            locale=environment.host.locale,
            timezone=environment.host.timezone,
            timeout=environment.timeout,
            python=going.plugin.python if going.plugin else None,
            path=[Path(folder) for folder in going.plugin.bin_folders] if going.plugin else (),
        )
        recorded.recording = proxy.recording()
    return replace(run, calls=len(recorded.recording.exchanges))


def _scenario(environment: Environment, side: Side) -> Path | Command:
    """The scenario as the recorder takes it; behind the shim a command is told `new`, which is what it talks to."""
    written = environment.scenario
    if not isinstance(written, ScenarioCommand):
        return environment.folder / written
    return Command(written.run.replace("{side}", "old" if side is Side.OLD else "new"), environment.folder)


_NAMES = {Side.OLD: "old", Side.NEW: "new", Side.SHIMMED: "new + shim"}


def _replayed(going: _Check, up: _Up, recording: Recording, name: str) -> Recording:
    """One replay, on data as at the beginning where a call may have changed it."""
    system = up.system if _is_safe(recording) else up.fresh()
    going.tell(f"replaying the plugin's calls ({name})")
    with going.clock.phase(f"replay {name}"):
        replayed = replay(recording, system.url)
    going.accounting[name] = replayed.accounting
    _keep(going, name, replayed.recording)
    return replayed.recording


def _is_safe(recording: Recording) -> bool:
    return all(exchange.request.method in _SAFE_METHODS for exchange in recording.exchanges)


def _keep(going: _Check, name: str, recording: Recording) -> None:
    write_har(going.folder / f"{name}.har", recording)


def _keep_contract(going: _Check, recording: Recording) -> None:
    """What the plugin relies on, as far as its calls show it."""
    called = [exchange for exchange in recording.exchanges if reason_to_skip(exchange) is None]
    document = openapi(observe(called, learn_operations(called)), going.environment.plugin.name)
    write_atomically(going.folder / "contract.openapi.json", [json.dumps(document, indent=2).encode(), b"\n"])


def _shim_file(going: _Check) -> Path:
    return going.folder / f"{_file_name(going.versions['old'])}..{_file_name(going.versions['new'])}.shim.yaml"


def _file_name(text: str) -> str:
    """A version or a plugin's name as one name in a folder: `@scope/name` and `../up` have no say in where it goes."""
    return re.sub(r"[^\w.+@-]+", "-", text).strip(".-") or "unnamed"


def _summary(going: _Check, started: datetime) -> CheckSummary:
    """What is known of the check without its evidence; nothing can be said yet, and that is its verdict."""
    environment = going.environment
    return CheckSummary(
        run_id=going.run_id,
        environment=environment.name,
        customer=environment.customer,
        system=environment.system.name,
        old_version=going.versions.get("old", "?"),
        new_version=going.versions.get("new", "?"),
        plugin=environment.plugin.name,
        plugin_version=_plugin_version(going),
        driver=going.driver.name,
        driver_reason=going.reason,
        browser=environment.browser or "",
        verdict=Verdict.ENVIRONMENT_FAILED,
        folder=str(going.folder),
        started=started.isoformat(timespec="seconds"),
        runs=tuple(going.runs),
        accounting=going.accounting,
        seconds=going.clock.seconds,
    )


def _concluded(summary: CheckSummary, going: _Check, found: Study, shim: Shim) -> CheckSummary:
    """The summary with the verdict, and with what the evidence shows."""
    results = {run.side: run.result for run in going.runs}
    old, new, shimmed = (results.get(side, Result.NOT_RUN) for side in (Side.OLD, Side.NEW, Side.SHIMMED))
    silent = "the plugin made no call that can be replayed: what changed between the versions cannot be seen"
    return replace(
        summary,
        verdict=decide(old, new, shimmed),
        changes=tuple(_as_experienced(findings(found), shimmed)),
        shim=_shim_summary(going, found, shim),
        notes=() if found.pairing.pairs else (silent,),
    )


def _as_experienced(changes: list[Change], shimmed: Result) -> list[Change]:
    """What the shim cannot bring back, the plugin did without: it came to OLD's outcome behind the shim, with it missing."""
    if shimmed is not Result.WORKS:
        return changes
    reason = "the plugin came to the same outcome without it, behind the shim"
    return [
        replace(change, level=Level.INFO, reason=reason) if change.undone is Undone.LOST else change
        for change in changes
    ]


def _plugin_version(going: _Check) -> str:
    if going.plugin_version or going.plugin is None:
        return going.plugin_version
    return going.plugin.versions.get(going.environment.plugin.name, "")


def _shim_summary(going: _Check, found: Study, shim: Shim) -> ShimSummary:
    pairs = found.pairing.pairs
    operations = learn_operations([each.old for each in pairs])
    checked = verify(Program(shim, discriminator), pairs, operations.of, found.noise)
    return ShimSummary(
        file=str(_shim_file(going)),
        steps=sum(1 for _ in shim.steps()),
        pairs=len(pairs),
        mapping=shim_text(shim),
        lost=tuple(_lost(entry) for entry in shim.entries if entry.lost),
        ambiguous=tuple(f"{entry.match}  {text}" for entry in shim.entries for text in entry.ambiguous),
        agreement=checked.agreement,
    )


def _lost(entry: Entry) -> str:
    """`GET /articles: $.total, $.next (2 places)`: which calls, and where; why stands in the shim's file."""
    places = [lost.path for lost in entry.lost]
    told = ", ".join(places[:_PLACES_TOLD]) + (", …" if len(places) > _PLACES_TOLD else "")
    return f"{entry.match}: {told} ({len(places)} {'place' if len(places) == 1 else 'places'})"


def _write_reports(summary: CheckSummary) -> None:
    folder = Path(summary.folder)
    write_atomically(folder / "changes.json", [serialize(changes_as_json(summary.changes, {}))])
    write_json(summary, folder / "report.json")
    write_junit([summary], folder / "report.junit.xml")
    write_html(summary, folder / "report.html")


def exit_code(summary: CheckSummary, *, accept_shim: bool = False) -> int:
    """0 safe, 1 broken, 3 where nothing can be said; with `accept_shim` a plugin that works behind the shim is safe."""
    match summary.verdict:
        case Verdict.OK | Verdict.FIXED:
            return 0
        case Verdict.BROKEN_SHIMMED:
            return 0 if accept_shim else 1
        case Verdict.BROKEN:
            return 1
        case _:
            return 3
