"""One run of a plugin: its scenario in a process of its own, for a bounded time, judged by what came of it."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import harness
from harness.model.errors import EnvironmentFailed
from harness.model.json_text import Json
from harness.model.outcome import PluginRun, Side
from harness.record import scenario_runner
from harness.record.attribution import Plugin, ToldCall
from harness.record.bounded import Ended, run_bounded
from harness.record.browser import HINT
from harness.record.extension import Prepared, prepared_extension
from harness.record.injected import bindings, first_script, flush, in_extension
from harness.record.journal import Events, anonymous, read_journal, told_calls
from harness.record.judgement import Course, judge, refuse
from harness.record.machine import files, for_program, language, machine
from harness.record.outputs import append, move
from harness.record.scenario_file import Command, wants_page
from harness.record.scratch import scratch
from harness.record.setting import Clock, Reached, Setting
from harness.record.trust import spki_hash

_JOURNAL, _READS, _HOST_CALLS, _OUT = "journal", "reads.ndjson", "host-calls.ndjson", "out"
"""What the plugin's side writes below the folder of the run; pictures and the trace lie in the last one."""
_LOOPBACK = ("127.0.0.1", "localhost")
_PICTURE = re.compile(r"screenshots/[A-Za-z0-9-]+\.png")


@dataclass(frozen=True)
class Watched:
    """A run, and what tells its calls apart afterwards: those that the browser told of, and the extension's id."""

    run: PluginRun
    calls: tuple[ToldCall, ...] = ()
    extension_id: str | None = None


def run_scenario(scenario: Path | Command, at: Reached, side: Side, folder: Path, setting: Setting) -> PluginRun:
    """What `watch_scenario` gives, without what the browser told of single calls."""
    return watch_scenario(scenario, at, side, folder, setting).run


def watch_scenario(scenario: Path | Command, at: Reached, side: Side, folder: Path, setting: Setting) -> Watched:
    """Run `scenario` against the system that is reached by `at`, as `setting` says; pictures and the trace go below `folder`.

    What was at `at.url` is `system.test` in the result, so that runs can be compared; in `calls` it is not.
    Raises EnvironmentFailed where no browser starts, UsageError where the scenario cannot be run at all.
    """
    with scratch() as made:
        stage = _Stage(made, at, side, _inside(setting, made))
        try:
            if isinstance(scenario, Command):
                return Watched(stage.run_command(scenario))
            if not wants_page(scenario):
                return Watched(stage.run_file(scenario))
            if setting.browser is None and setting.remote is None:
                raise EnvironmentFailed("no browser was found", where=str(scenario), hint=HINT)
            return stage.run_page(scenario, folder)
        finally:
            for name, target in ((_READS, setting.reads), (_HOST_CALLS, setting.host_calls)):
                if target:
                    append(made / name, target)


def _inside(setting: Setting, made: Path) -> Setting:
    """The setting, with what the plugin's side writes to in the folder of the run alone."""
    return replace(
        setting,
        reads=made / _READS if setting.reads else None,
        host_calls=made / _HOST_CALLS if setting.host_calls else None,
    )


@dataclass(frozen=True)
class _Stage:
    """Where a scenario runs: a folder of its own that is thrown away, and the settings of the customer's machine."""

    scratch: Path
    at: Reached
    side: Side
    setting: Setting

    def run_command(self, command: Command) -> PluginRun:
        variables = self._for_program()
        words = command.words(self.at.url, None if self.setting.sandbox else variables["PATH"])
        ended, seconds = self._run(words, command.folder, variables)
        return judge(_of_command(ended, self.at.url), self._course(ended, seconds))

    def run_file(self, scenario: Path) -> PluginRun:
        command = [self._python(), scenario_runner.__file__, self._job(scenario, {})]
        ended, seconds = self._run(command, scenario.absolute().parent, self._for_program())
        events = read_journal(self._journal, self.at.url)
        refuse(events, ended, where=str(scenario), in_browser=False)
        return judge(events, self._course(ended, seconds))

    def run_page(self, scenario: Path, folder: Path) -> Watched:
        extension = self._extension()
        job = self._job(scenario, self._page_job(extension))
        command = [str(self.setting.runner or sys.executable), "-m", "harness.record.browser_runner", job]
        variables = {**machine(self.setting, self.scratch), "PYTHONPATH": str(Path(harness.__path__[0]).parent)}
        ended, seconds = self._run(command, scenario.absolute().parent, variables)
        events = self._shown(read_journal(self._journal, self.at.url), folder)
        refuse(events, ended, where=str(scenario), in_browser=True)
        plugin = Plugin(self.setting.scripts, extension.id if extension else None)
        run = judge(events, self._course(ended, seconds), self._known(plugin))
        return Watched(run, told_calls(self._journal), plugin.extension_id)

    def _python(self) -> str:
        return str(self.setting.python or ("python3" if self.setting.sandbox else sys.executable))

    def _shown(self, events: Events, folder: Path) -> Events:
        """The events without the pictures and the trace that are not there; those that are go below `folder`."""
        pictures = [shot for shot in events.get("screenshot", ()) if _PICTURE.fullmatch(shot["file"])]
        traces = [name for name in events.get("trace", ()) if name == self._trace.name]
        return {
            **events,
            "screenshot": [shot for shot in pictures if move(self._out / shot["file"], folder / shot["file"])],
            "trace": [name for name in traces if move(self._trace, folder / name)],
        }

    def _known(self, plugin: Plugin) -> Plugin:
        """The plugin as its scripts are called in what is told: with the system's address replaced."""
        return replace(plugin, scripts=[anonymous(glob, self.at.url) for glob in plugin.scripts])

    def _extension(self) -> Prepared | None:
        if self.setting.extension is None:
            return None
        scripts = in_extension(self.setting, self.at.url)
        return prepared_extension(self.setting.extension, self.scratch, scripts, push=self.at.url)

    def _page_job(self, extension: Prepared | None) -> dict[str, Json]:
        return {
            "engine": self.setting.engine,
            "browser": str(self.setting.browser or ""),
            "remote": asdict(self.setting.remote) if self.setting.remote else None,
            "folder": str(self._out),
            "clock": _clock(self.setting.clock) if self.setting.clock else None,
            "language": language(self.setting.locale),
            "timezone": self.setting.timezone,
            "viewport": list(self.setting.viewport),
            "offline": {glob: str(file.absolute()) for glob, file in self.setting.offline.items()},
            "extension": str(extension.folder) if extension else "",
            "popup": extension.popup if extension else "",
            "proxy": self.at.proxy or "",
            "trusted_key": spki_hash(self.at.ca) if self.at.ca else "",
            "first": first_script(self.setting, self.at.url, extension.id if extension else None),
            "bindings": {name: str(file) for name, file in bindings(self.setting).items()},
            "flush": flush(self.setting),
            "trace": str(self._trace) if self.setting.trace else "",
        }

    def _run(self, command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> tuple[Ended, float]:
        clock, limit = time.monotonic(), self.setting.timeout
        if self.setting.sandbox is None:
            ended = run_bounded(command, folder=folder, scratch=self.scratch, environment=variables, timeout=limit)
        else:
            ended = self.setting.sandbox.run(
                command,
                folder=folder,
                scratch=self.scratch,
                environment=variables,
                timeout=limit,
                ports=self._ports(),
                files=[*files(self.at), *self.setting.offline.values()],
                gives=[_JOURNAL, _READS, _HOST_CALLS, _OUT],
            )
        return ended, time.monotonic() - clock

    def _ports(self) -> list[int]:
        """The ports of this machine that lead to the system."""
        addresses = [urlsplit(url) for url in (self.at.url, self.at.proxy) if url]
        return [each.port for each in addresses if each.port and each.hostname in _LOOPBACK]

    def _course(self, ended: Ended, seconds: float) -> Course:
        return Course(self.side, ended, self.setting.timeout, seconds)

    @property
    def _journal(self) -> Path:
        return self.scratch / _JOURNAL

    @property
    def _out(self) -> Path:
        return self.scratch / _OUT

    @property
    def _trace(self) -> Path:
        return self._out / f"trace-{self.side}.zip"

    def _job(self, scenario: Path, more: Mapping[str, Json]) -> str:
        job = {"scenario": str(scenario.absolute()), "journal": str(self._journal), "url": self.at.url}
        file = self.scratch / "job.json"
        file.write_text(json.dumps({**job, "side": self.side.value, **more}), encoding="utf-8")
        return str(file)

    def _for_program(self) -> dict[str, str]:
        return for_program(machine(self.setting, self.scratch), self.at, self.setting)


def _clock(clock: Clock) -> dict[str, Json]:
    return {"offset": clock.offset} if clock.frozen is None else {"frozen": clock.frozen}


def _of_command(ended: Ended, url: str) -> Events:
    """The events that a scenario would have told: a command says `returned` by printing, `raised` by its exit code."""
    if ended.code is None or ended.code < 0:
        return {}
    if ended.code:
        lines = anonymous(ended.stderr, url).strip().splitlines() or [f"exit code {ended.code}, without a word"]
        return {"raised": [lines[-1]]}
    printed = anonymous(ended.stdout, url).strip()
    try:
        value = json.loads(printed)
    except ValueError:
        value = printed
    return {"returned": [value if isinstance(value, dict) else {"output": value}]}
