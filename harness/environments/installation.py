"""Installations on this machine: a virtual environment, an npm prefix or both, made once and kept by content."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.environments import commands
from harness.environments.lock.errors import lock_errors
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.environments.recipe import Recipe, Step, plugin_recipe, versions
from harness.environments.spec import Environment
from harness.environments.store import Tell, content_key, kept

INSTALL_TIMEOUT = 1800.0
"""Seconds that one installation command may take."""


@dataclass(frozen=True)
class Installation:
    """What a recipe became on this machine: programs, a Python (None without pip), and package -> version."""

    recipe: Recipe
    folder: Path
    versions: Mapping[str, str]

    @property
    def bin_folders(self) -> list[str]:
        """The folders that come first on the PATH."""
        return self.recipe.bin_folders(str(self.folder))

    @property
    def python(self) -> Path | None:
        """The installation's interpreter."""
        found = self.recipe.python(str(self.folder))
        return Path(found) if found else None

    @property
    def modules(self) -> Path | None:
        """The folder of its npm packages, for NODE_PATH."""
        found = self.recipe.modules(str(self.folder))
        return Path(found) if found else None

    def path(self) -> str:
        """The value of PATH with the installation's programs first."""
        return os.pathsep.join([*self.bin_folders, os.environ.get("PATH", os.defpath)])


def install_plugin(environment: Environment, tell: Tell) -> Installation | None:
    """The plugin's own installation (`into: own`), cached; None when it lives in the system."""
    recipe = plugin_recipe(environment)
    return install(recipe, tell) if recipe else None


def install(recipe: Recipe, tell: Tell) -> Installation:
    """The installation of `recipe`, from the cache where it is whole. Raises EnvironmentFailed with what failed."""

    def steps(folder: str) -> list[Step]:
        return recipe.steps(folder, sys.executable, "process")

    def make(folder: Path) -> dict[str, str]:
        env, log = install_variables(), folder / "install.log"
        with lock_errors(recipe, "process"):
            for step in steps(str(folder)):
                tell(step.title)
                commands.run(step.argv, title=step.title, cwd=folder, env=env, log=log, timeout=INSTALL_TIMEOUT)
        return versions(_output(step) for step in recipe.listings(str(folder)))

    key = content_key("process", [step.argv for step in steps("")], sys.base_prefix, sys.version)
    folder, notes = kept(key, make, tell)
    return Installation(recipe, folder, notes)


def install_variables() -> dict[str, str]:
    """The user's variables, which say where packages come from, without those that would mix in another Python."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**mine, ENVIRONMENT_VARIABLE: current_owner().token}


def _output(step: Step) -> str:
    done = subprocess.run(step.argv, capture_output=True, text=True, env=install_variables(), check=False)
    if done.returncode != 0:
        raise commands.failed(f"{step.title}: failed with exit code {done.returncode}", step.argv, done.stderr)
    return done.stdout
