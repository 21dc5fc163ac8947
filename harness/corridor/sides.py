"""One side of an upgrade: brought up, and asked again what the plugin asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from harness.corridor.customer import setting_of
from harness.corridor.going import Going
from harness.environments.driver import RunningSystem
from harness.environments.spec import SideName
from harness.model.exchange import Exchange, Recording
from harness.model.summary import Accounting
from harness.record.har import write_har
from harness.record.host_api import is_host_call
from harness.record.proxy import RecordingProxy
from harness.replay.host_calls import replay_host_calls
from harness.replay.links import Link
from harness.replay.replay import replay
from harness.replay.selection import is_safe as safe_call


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


def replayed_on(going: Going, up: Up, recording: Recording, name: str, links: Sequence[Link] = ()) -> Recording:
    """One replay, on data as at the beginning where a call may have changed it; a page's own API is called in the page."""
    system = up.system if is_safe(recording) else up.fresh()
    going.tell(f"replaying the plugin's calls ({name})")
    in_page, over_http = divided(recording)
    with going.clock.phase(f"replay {name}"):
        replayed = replay(over_http, system.url, links=links)
        answered, skipped = _in_page(going, in_page, system.url)
    accounting = replayed.accounting
    going.accounting[name] = Accounting(
        recorded=accounting.recorded + len(in_page.exchanges),
        replayed=accounting.replayed + len(answered),
        skipped={**accounting.skipped, **skipped},
    )
    whole = in_order(recording, (*replayed.recording.exchanges, *answered), replayed.recording.source)
    keep(going, name, whole)
    return whole


def _in_page(going: Going, recording: Recording, url: str) -> tuple[list[Exchange], Mapping[str, int]]:
    """Through a proxy of ours, as the plugin is: in its sandbox it reaches nothing but this machine's own address."""
    if not recording.exchanges:
        return [], {}
    with RecordingProxy(url) as proxy:
        return replay_host_calls(recording, proxy.url, setting_of(going), tell=going.tell)


def divided(recording: Recording) -> tuple[Recording, Recording]:
    """The calls of a page's own API, and those over HTTP."""
    in_page = tuple(exchange for exchange in recording.exchanges if is_host_call(exchange))
    over_http = tuple(exchange for exchange in recording.exchanges if not is_host_call(exchange))
    return replace(recording, exchanges=in_page), replace(recording, exchanges=over_http)


def in_order(recording: Recording, answered: Sequence[Exchange], source: str) -> Recording:
    """What was answered, in the order of the recording, by their ids."""
    order = {exchange.id: position for position, exchange in enumerate(recording.exchanges)}
    return Recording(tuple(sorted(answered, key=lambda exchange: order[exchange.id])), source=source)


def keep(going: Going, name: str, recording: Recording) -> None:
    """Write a recording to the run's folder, without its secrets."""
    write_har(going.folder / f"{name}.har", going.redactor.recording(recording))


def is_safe(recording: Recording) -> bool:
    """Whether no call can have changed the system."""
    return all(safe_call(exchange) for exchange in recording.exchanges)
