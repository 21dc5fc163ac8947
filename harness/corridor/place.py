"""Where the plugin runs: in a container of its own beside the system's, or on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.environments.driver import Driver
from harness.environments.installation import Installation, install_plugin
from harness.environments.launch import CONTAINER, Machine
from harness.environments.plugin_container import PluginContainer
from harness.environments.plugin_image import PluginImage, plugin_image
from harness.environments.process_start import machine_here
from harness.environments.spec import Environment
from harness.environments.store import Tell
from harness.record.browsers.here import browser_here
from harness.record.browsers.remote import Remote
from harness.record.sandbox import Sandbox


@dataclass(frozen=True)
class Place:
    """`tools` are what was installed of the plugin; in a `sandbox` all paths are those inside of it.

    `limits` says what this browser cannot do, a line each.
    """

    tools: Installation | PluginImage | None = None
    browser: Path | None = None
    engine: str = "chromium"
    remote: Remote | None = None
    sandbox: Sandbox | None = None
    runner: Path | None = None
    machine: Machine = CONTAINER
    limits: tuple[str, ...] = ()


def place_of(environment: Environment, driver: Driver, run_id: str, folder: Path, tell: Tell) -> Place:
    """The place, made or fetched where it is not there; `folder` takes what it needs of files.

    Raises EnvironmentFailed or UsageError.
    """
    remote = environment.browser is not None and environment.browser.remote is not None
    if driver.engine is None or remote:
        return _here(environment, driver, folder, tell)
    image = plugin_image(driver.engine, environment, run_id, tell)
    return Place(
        tools=image,
        browser=image.browser,
        sandbox=PluginContainer(driver.engine, image.name, environment, run_id),
        runner=image.runner,
        limits=image.limits,
    )


def _here(environment: Environment, driver: Driver, folder: Path, tell: Tell) -> Place:
    for limit in driver.limits(environment):
        tell(limit)
    tools = install_plugin(environment, tell) if environment.plugin_into == "own" else None
    machine = machine_here(environment, folder)
    if environment.browser is None:
        return Place(tools=tools, machine=machine)
    found = browser_here(environment.browser, tell, extension=environment.plugin.extension is not None)
    return Place(tools, found.program, found.engine, found.remote, machine=machine, limits=found.limits)
