"""One side of an upgrade: brought up, watched with the plugin, and asked again what the plugin asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.corridor.going import Going
from harness.environments.driver import RunningSystem
from harness.environments.spec import Environment, ScenarioCommand, SideName
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun, Side
from harness.record.har import write_har
from harness.record.proxy import RecordingProxy
from harness.record.scenario import run_scenario
from harness.record.scenario_file import Command
from harness.replay.replay import replay
from harness.replay.selection import reason_to_skip

NAMES = {Side.OLD: "old", Side.NEW: "new", Side.SHIMMED: "new + shim"}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@dataclass
class Recorded:
    """What the recorder saw of one run."""

    recording: Recording = field(default_factory=lambda: Recording(()))


class Up:
    """A side that is up; `fresh` starts it anew, with its data as at the beginning."""

    def __init__(self, going: Going, side: SideName, stack: ExitStack) -> None:
        self._going, self.side, self._stack = going, side, stack
        self.system = self._start()

    def fresh(self) -> RunningSystem:
        """The side, started once more."""
        self.system.stop()
        self.system = self._start()
        return self.system

    def _start(self) -> RunningSystem:
        going, side = self._going, self.side
        going.tell(f"starting {going.environment.system.name} ({side})")
        with going.clock.phase(f"start {side}"):
            system = going.driver.start(going.environment, side, going.tell)
        self._stack.callback(system.stop)
        going.systems.append(system)
        going.versions[side] = system.version
        going.plugin_version = going.plugin_version or system.plugin_version
        return system


@contextmanager
def system_up(going: Going, side: SideName) -> Iterator[Up]:
    """A side for as long as the block goes on."""
    with ExitStack() as stack:
        yield Up(going, side, stack)


def watch(going: Going, url: str, side: Side, recorded: Recorded) -> PluginRun:
    """The plugin's scenario once, through the recorder."""
    environment = going.environment
    going.tell(f"the plugin on {NAMES[side]}")
    with going.clock.phase(f"plugin on {NAMES[side]}"), RecordingProxy(url) as proxy:
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
            modules=going.plugin.modules if going.plugin else None,
        )
        recorded.recording = proxy.recording()
    sent = sum(reason_to_skip(exchange) is None for exchange in recorded.recording.exchanges)
    return replace(run, calls=run.calls or sent)


def _scenario(environment: Environment, side: Side) -> Path | Command:
    """The scenario as the recorder takes it; behind the shim a command is told `new`, which is what it talks to."""
    written = environment.scenario
    if not isinstance(written, ScenarioCommand):
        return environment.folder / written
    return Command(written.run.replace("{side}", "old" if side is Side.OLD else "new"), environment.folder)


def replayed_on(going: Going, up: Up, recording: Recording, name: str) -> Recording:
    """One replay, on data as at the beginning where a call may have changed it."""
    system = up.system if is_safe(recording) else up.fresh()
    going.tell(f"replaying the plugin's calls ({name})")
    with going.clock.phase(f"replay {name}"):
        replayed = replay(recording, system.url)
    going.accounting[name] = replayed.accounting
    write_har(going.folder / f"{name}.har", replayed.recording)
    return replayed.recording


def is_safe(recording: Recording) -> bool:
    """Whether no call can have changed the system (RFC 9110, 9.2.1)."""
    return all(exchange.request.method in _SAFE_METHODS for exchange in recording.exchanges)
