"""The environment file, and the drivers that bring one up as containers or as plain processes."""

from __future__ import annotations

from harness.environments.driver import Driver, RunningSystem, choose_driver
from harness.environments.installation import Installation, install_plugin
from harness.environments.load import environment_schema, load_environment
from harness.environments.reap import reap_orphans
from harness.environments.spec import Environment, ScenarioCommand, SideName
from harness.environments.store import cache_folder

__all__ = [
    "Driver",
    "Environment",
    "Installation",
    "RunningSystem",
    "ScenarioCommand",
    "SideName",
    "cache_folder",
    "choose_driver",
    "environment_schema",
    "install_plugin",
    "load_environment",
    "reap_orphans",
]
