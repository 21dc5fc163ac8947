"""An environment brought up and asked what it is, so that "works here" can be held against what the customer has."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.corridor.beginning import begun, prepare
from harness.corridor.customer import setting_of
from harness.corridor.going import Going, Tell
from harness.corridor.sides import system_up
from harness.environments import clock
from harness.environments.driver import RunningSystem, Wanted
from harness.environments.spec import Environment, SideName
from harness.environments.store import scratch_folder
from harness.intake.fact import Fact
from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun, Side
from harness.parity import places
from harness.parity.asked import asked
from harness.parity.comparing import Parity, comparable, compared
from harness.parity.containers import container_facts
from harness.record.recorder import recorder
from harness.record.scenario import run_scenario
from harness.record.setting import Setting

_PROBES = Path(__file__).with_name("probes")


@dataclass(frozen=True)
class Diagnosis:
    """What was found: `file` is how what runs fits the environment's file, `reports` how it fits the customer's own reports.

    `running` are all facts that were collected, `notes` what could not be asked and why.
    """

    environment: str
    side: SideName
    driver: str
    reason: str
    file: Parity
    reports: Parity | None
    running: tuple[Fact, ...]
    notes: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether no mismatch can make a difference."""
        return not (self.file.weighty or (self.reports is not None and self.reports.weighty))


def diagnose(
    environment: Environment,
    *,
    side: SideName,
    reported: Iterable[Fact] | None = None,
    driver: Wanted = "auto",
    workspace: Path = Path(),
    tell: Tell,
) -> Diagnosis:
    """Bring a side up, ask every place what is there, and compare. Raises EnvironmentFailed where it does not come up."""
    with begun(environment, f"{environment.name}-doctor", driver=driver, workspace=workspace, tell=tell) as going:
        prepare(going, (side,))
        with system_up(going, side) as up:
            tell("asking what is there")
            asking = _Asking(going, side, up.system)
            running = tuple(going.redactor.value(asking.everywhere()))
        told = comparable(reported, running) if reported is not None else None
        return Diagnosis(
            environment=environment.name,
            side=side,
            driver=going.driver.name,
            reason=going.reason,
            file=compared(asked(environment, side, clock.began(going.run_id)), running),
            reports=compared(told, running) if told is not None else None,
            running=running,
            notes=tuple(going.redactor.value(asking.notes)),
        )


class _Asking:
    """The rounds of one doctor; what cannot be asked becomes a note, for the rest is worth knowing."""

    def __init__(self, going: Going, side: SideName, system: RunningSystem) -> None:
        self._going, self._side, self._system = going, side, system
        self.notes = [*going.notes, *going.driver.limits(going.environment)]

    def everywhere(self) -> list[Fact]:
        """The facts of all places."""
        system, place = self._system, f"{self._going.environment.system.name}'s machine"
        return [
            *self._installed(),
            *self._noted(place, lambda: places.machine(system.run, place, time.time())),
            *self._noted("the containers", lambda: container_facts(system.containers)),
            *self._noted("the plugin's place", self._of_plugin),
        ]

    def _installed(self) -> Iterator[Fact]:
        """What the drivers know to have installed."""
        environment, tools = self._going.environment, self._going.place.tools
        yield Fact("system", "name", environment.system.name, "installed")
        yield Fact("system", "version", self._system.version, "installed")
        if self._system.plugin_version:
            yield Fact("plugin", environment.plugin.name, self._system.plugin_version, "installed")
        kind = "pip" if environment.plugin.pip else "npm"
        yield from (Fact(kind, name, version, "plugin") for name, version in (tools.versions if tools else {}).items())

    def _of_plugin(self) -> Iterator[Fact]:
        """The built-in scenario, run as the plugin's own is, and what the system got of it."""
        paged, setting = self._going.environment.browser is not None, setting_of(self._going)
        run, recording = self._watched(_PROBES / ("page.py" if paged else "program.py"), setting)
        yield from places.headers(recording.exchanges)
        answers = run.observations.get("answers")
        if not isinstance(answers, dict):
            raise EnvironmentFailed(run.headline)
        try:
            yield from self._read(answers, setting, paged=paged)
        except (KeyError, TypeError, ValueError) as error:  # a stranger's page or Python had its hands in them
            raise EnvironmentFailed(f"its answers cannot be read: {error!r}") from error

    @staticmethod
    def _read(answers: Mapping[str, Any], setting: Setting, *, paged: bool) -> list[Fact]:
        if paged:
            return places.page(answers, time.time())
        own = setting.python is not None or setting.sandbox is not None
        return places.program(
            answers, time.time(), own=own
        )  # else it ran in Backfit's Python, whose packages are nobody's

    def _watched(self, probe: Path, setting: Setting) -> tuple[PluginRun, Recording]:
        going = self._going
        scratch = scratch_folder(going.run_id, "doctor")
        try:
            with recorder(self._system.url, redact=going.redactor.exchange) as recording:
                run = run_scenario(probe, recording.reached, Side(self._side), scratch, setting)
                return run, recording.recording()
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _noted(self, place: str, ask: Callable[[], Iterable[Fact]]) -> list[Fact]:
        """What can be had there; else a note that says why not."""
        try:
            return list(ask())
        except EnvironmentFailed as error:
            self.notes.append(f"{place} could not be asked: {error.what}")
            return []
