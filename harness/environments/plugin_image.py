"""The image that a plugin runs in: the customer's machine, the browser with its driver, and the plugin's own packages."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.environments.base_image import base_image
from harness.environments.browser_layer import PROBE, RUNNER, browser_os, browser_steps
from harness.environments.engine import Engine, engine_errors
from harness.environments.host_layer import host_steps
from harness.environments.images import INSTALLED
from harness.environments.layers import layered
from harness.environments.lock.errors import lock_errors
from harness.environments.recipe import Recipe, Step, plugin_recipe, versions
from harness.environments.spec import Environment, ScenarioCommand
from harness.environments.store import Tell
from harness.environments.workshop import Workshop
from harness.record.browsers.sources import source_of

_BROWSER_LABEL = "backfit.browser"
_VERSIONS_LABEL = "backfit.versions"
_START = f"""
import os
from playwright.sync_api import sync_playwright
os.environ["HOME"] = "/tmp"
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path={PROBE!r}, args=["--no-sandbox", "--disable-gpu"])
    print(browser.version)
    browser.close()
"""


@dataclass(frozen=True)
class PluginImage:
    """An image, and where in it is what: `browser` and `runner` (the Python that drives it) are None without a browser,
    `python`, `bin_folders` and `modules` empty without packages of the plugin's own. `versions` are those packages',
    `browser_version` is that of the browser when it was started in there. `limits` are sentences for the person."""

    name: str
    versions: Mapping[str, str] = field(default_factory=dict)
    python: Path | None = None
    bin_folders: tuple[Path, ...] = ()
    modules: Path | None = None
    browser: Path | None = None
    browser_version: str = ""
    runner: Path | None = None
    limits: tuple[str, ...] = ()


def plugin_image(engine: Engine, environment: Environment, run_id: str, tell: Tell) -> PluginImage:
    """The image for the environment's plugin, made where it is not there: OS, browser, host and packages, a layer each.

    Raises UsageError where there is no such browser or it does not load the extension, before anything is made, and
    EnvironmentFailed with what failed.
    """
    browser, recipe = environment.browser, plugin_recipe(environment)
    source = source_of(browser, docker=True, extension=bool(environment.plugin.extension)) if browser else None
    inside = source if source and not source.remote else None
    with engine_errors(f"image of {environment.plugin.name}"):
        with_node = bool(recipe and recipe.npm) or bool(inside and inside.kind == "npm") or _runs_node(environment)
        os_name, note = browser_os(environment) if inside else (environment.host.os, "")
        name = base_image(engine, os_name, with_node, run_id, tell)
        if inside:
            steps = browser_steps(environment, inside)
            name = layered(engine, name, steps, "backfit/browser", run_id, tell, listing=_started)
        started = _label(engine, name, _BROWSER_LABEL) if inside else ""
        name = layered(engine, name, host_steps(environment), "backfit/host", run_id, tell)
        limits = (*(source.limits if source else ()), *filter(None, [note]))
        browsing = PluginImage(name, browser_version=started, limits=limits)
        if inside:
            browsing = replace(browsing, browser=Path(PROBE), runner=Path(RUNNER))
        return _with_packages(engine, browsing, recipe, run_id, tell) if recipe else browsing


def _runs_node(environment: Environment) -> bool:
    scenario = environment.scenario
    return isinstance(scenario, ScenarioCommand) and shlex.split(scenario.run)[0] in ("node", "npm", "npx")


def _with_packages(engine: Engine, image: PluginImage, recipe: Recipe, run_id: str, tell: Tell) -> PluginImage:
    steps = [Step("making a folder", ("mkdir", "-p", INSTALLED)), *recipe.steps(INSTALLED, "python3")]
    with lock_errors(recipe, "docker"):
        name = layered(
            engine, image.name, steps, "backfit/plugin", run_id, tell, listing=lambda shop: _listed(shop, recipe)
        )
    python, modules = recipe.python(INSTALLED), recipe.modules(INSTALLED)
    return replace(
        image,
        name=name,
        versions=json.loads(_label(engine, name, _VERSIONS_LABEL)),
        python=Path(python) if python else None,
        bin_folders=tuple(map(Path, recipe.bin_folders(INSTALLED))),
        modules=Path(modules) if modules else None,
    )


def _label(engine: Engine, name: str, label: str) -> str:
    return str(engine.client.images.get(name).labels[label])


def _listed(shop: Workshop, recipe: Recipe) -> dict[str, str]:
    found = versions(shop.run(step).decode() for step in recipe.listings(INSTALLED))
    return {_VERSIONS_LABEL: json.dumps(found)}


def _started(shop: Workshop) -> dict[str, str]:
    """The version that answers: a browser that does not start in its image is told when the image is made."""
    step = Step("starting the browser", (RUNNER, "-c", _START))
    return {_BROWSER_LABEL: shop.run(step).decode().strip()}
