"""One run of a plugin: its scenario in a process of its own, for a bounded time, judged by what came of it."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import harness
from harness.model.errors import EnvironmentFailed
from harness.model.json_text import Json
from harness.model.outcome import PluginRun, Side
from harness.record import scenario_runner
from harness.record.bounded import Ended, run_bounded
from harness.record.browser import HINT
from harness.record.journal import Events, anonymous, read_journal
from harness.record.judgement import judge, refuse
from harness.record.scenario_file import Command, wants_page

_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PLAYWRIGHT_NODEJS_PATH")
"""All that a plugin learns of our own environment variables: the others may hold secrets."""

_LONGEST_FOLDER = 40


def run_scenario(
    scenario: Path | Command,
    url: str,
    side: Side,
    folder: Path,
    *,
    browser: Path | None = None,
    offline: Mapping[str, Path] | None = None,
    locale: str = "en_US.UTF-8",
    timezone: str = "UTC",
    timeout: float = 60.0,
    python: Path | None = None,
    path: Sequence[Path] = (),
    modules: Path | None = None,
) -> PluginRun:
    """Run `scenario` against the system at `url` for at most `timeout` seconds; screenshots go below `folder`.

    `offline` maps URL globs to files. A scenario without a browser runs in `python` (ours by default), `path` goes before
    the other folders on PATH, and Node.js finds packages in `modules`. What was at `url` is `system.test` in the result,
    so that runs can be compared.
    Raises EnvironmentFailed where no browser starts, UsageError where the scenario cannot be run at all.
    """
    with tempfile.TemporaryDirectory(prefix="backfit-", dir=_short_folder(), ignore_cleanup_errors=True) as made:
        stage = _Stage(Path(made), url, side, locale, timezone, timeout, path, modules)
        if isinstance(scenario, Command):
            return stage.run_command(scenario)
        if not wants_page(scenario):
            return stage.run_file(scenario, python or Path(sys.executable))
        if browser is None:
            raise EnvironmentFailed("no browser was found", where=str(scenario), hint=HINT)
        return stage.run_page(scenario, folder, browser, offline or {})


@dataclass(frozen=True)
class _Stage:
    """Where a scenario runs: a folder of its own that is thrown away, and the settings of the customer's machine."""

    scratch: Path
    url: str
    side: Side
    locale: str
    timezone: str
    timeout: float
    path: Sequence[Path]
    modules: Path | None

    def run_command(self, command: Command) -> PluginRun:
        variables = self._variables()
        ended, seconds = self._run(command.words(self.url, variables["PATH"]), command.folder, variables)
        return judge(_of_command(ended, self.url), ended, side=self.side, timeout=self.timeout, seconds=seconds)

    def run_file(self, scenario: Path, python: Path) -> PluginRun:
        job = self._job(scenario, {})
        return self._run_told(scenario, [str(python), scenario_runner.__file__, job], self._variables(), False)

    def run_page(self, scenario: Path, folder: Path, browser: Path, offline: Mapping[str, Path]) -> PluginRun:
        (folder / "screenshots").mkdir(parents=True, exist_ok=True)
        more: dict[str, Json] = {
            "browser": str(browser),
            "folder": str(folder.absolute()),
            "locale": _language(self.locale),
            "timezone": self.timezone,
            "offline": {glob: str(file.absolute()) for glob, file in offline.items()},
        }
        command = [sys.executable, "-m", "harness.record.browser_runner", self._job(scenario, more)]
        variables = {**self._variables(), "PYTHONPATH": str(Path(harness.__path__[0]).parent)}
        return self._run_told(scenario, command, variables, True)

    def _run_told(
        self, scenario: Path, command: Sequence[str], variables: Mapping[str, str], in_browser: bool
    ) -> PluginRun:
        ended, seconds = self._run(command, scenario.absolute().parent, variables)
        events = read_journal(self._journal, self.url)
        refuse(events, ended, where=str(scenario), in_browser=in_browser)
        return judge(events, ended, side=self.side, timeout=self.timeout, seconds=seconds, in_browser=in_browser)

    def _run(self, command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> tuple[Ended, float]:
        clock = time.monotonic()
        ended = run_bounded(command, folder=folder, scratch=self.scratch, environment=variables, timeout=self.timeout)
        return ended, time.monotonic() - clock

    @property
    def _journal(self) -> Path:
        return self.scratch / "journal"

    def _job(self, scenario: Path, more: Mapping[str, Json]) -> str:
        job = {"scenario": str(scenario.absolute()), "journal": str(self._journal), "url": self.url}
        file = self.scratch / "job.json"
        file.write_text(json.dumps({**job, "side": self.side.value, **more}), encoding="utf-8")
        return str(file)

    def _variables(self) -> dict[str, str]:
        """The process's environment variables: a home of its own, so that no run finds what an earlier one left."""
        home = self.scratch / "home"
        home.mkdir()
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        node = {"NODE_PATH": str(self.modules)} if self.modules else {}
        return {
            **inherited,
            **node,
            "PATH": os.pathsep.join([*map(str, self.path), inherited.get("PATH", os.defpath)]),
            "HOME": str(home),
            "TMPDIR": str(self.scratch),
            "LANG": self.locale,
            "LC_ALL": self.locale,
            "TZ": self.timezone,
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def _short_folder() -> str:
    """Where temporary files go. Chromium puts a socket there, whose whole path may hold some hundred bytes."""
    usual = tempfile.gettempdir()
    return usual if len(usual) <= _LONGEST_FOLDER or not Path("/tmp").is_dir() else "/tmp"  # noqa: S108


def _language(locale: str) -> str:
    """`en-GB` for `en_GB.UTF-8`."""
    name = locale.partition(".")[0].partition("@")[0]
    return "en-US" if name in ("", "C", "POSIX") else name.replace("_", "-")


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
