"""What a customer runs, as written in environment.yaml: the shape of the file, and what each key means."""

from __future__ import annotations

from harness.environments.spec.browser import Browser
from harness.environments.spec.environment import Environment
from harness.environments.spec.host import Clock, Host
from harness.environments.spec.network import Fault, Network, Phase
from harness.environments.spec.parts import DEFAULT_TIMEOUT, Part, Ready, Secret, SideName
from harness.environments.spec.plugin import Example, ExampleCall, Plugin, Scenario, ScenarioCommand
from harness.environments.spec.services import SeedStep, Service
from harness.environments.spec.system import Installer, Side, SideSpec, System

__all__ = [
    "DEFAULT_TIMEOUT",
    "Browser",
    "Clock",
    "Environment",
    "Example",
    "ExampleCall",
    "Fault",
    "Host",
    "Installer",
    "Network",
    "Part",
    "Phase",
    "Plugin",
    "Ready",
    "Scenario",
    "ScenarioCommand",
    "Secret",
    "SeedStep",
    "Service",
    "Side",
    "SideName",
    "SideSpec",
    "System",
]
