"""The customer's side of a run, from the environment's file and from where the plugin runs."""

from __future__ import annotations

from pathlib import Path

from harness.corridor.going import Going
from harness.environments import clock
from harness.environments.launch import host_variables
from harness.environments.spec import Environment
from harness.record.setting import Clock, Setting


def setting_of(going: Going) -> Setting:
    """Browser, machine and tools of the customer; nothing is watched yet."""
    environment, place = going.environment, going.place
    width, _, height = environment.viewport.partition("x")
    extension = environment.plugin.extension
    tools = place.tools
    return Setting(
        browser=place.browser,
        engine=place.engine,
        remote=place.remote,
        offline=going.offline,
        locale=environment.host.locale,
        timezone=environment.host.timezone,
        viewport=(int(width), int(height)),
        extension=environment.folder / extension if extension else None,
        scripts=environment.plugin.scripts,
        host_api=environment.host_api,
        timeout=environment.timeout,
        python=tools.python if tools else None,
        path=[Path(folder) for folder in tools.bin_folders] if tools else (),
        modules=tools.modules if tools else None,
        sandbox=place.sandbox,
        runner=place.runner,
        variables=host_variables(environment, going.run_id, place.machine),
        clock=_clock(environment, going.run_id),
    )


def _clock(environment: Environment, run_id: str) -> Clock | None:
    """The clock of pages: what the system and the plugin's programs see."""
    written, zone = environment.host.clock, environment.host.timezone
    if written is None:
        return None
    frozen = clock.moment(written, zone) if written.frozen else None
    return Clock(offset=clock.offset(written, zone, clock.began(run_id)), frozen=frozen)
