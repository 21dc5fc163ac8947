"""Asking pip and npm what a recipe comes to, with every package's hash, without installing it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from harness.environments import commands
from harness.environments.engine import Engine, engine_errors
from harness.environments.installation import INSTALL_TIMEOUT, install_variables
from harness.environments.launch import Scratch
from harness.environments.layers import host_image
from harness.environments.lock.pinned import npm_packages, pip_packages
from harness.environments.recipe import Recipe, Step
from harness.environments.spec import Environment
from harness.environments.spec.lock import LockedPackages
from harness.environments.store import Tell, scratch_folder
from harness.environments.workshop import workshop

Run = Callable[[Step], str]
"""Runs a step where the packages are for, and gives its output back. Raises EnvironmentFailed."""

_FOLDER = "/opt/backfit-lock"
_REPORTING = "pip>=22.2"
"""The first pip that can say what it would install."""


def resolved_here(recipe: Recipe, run_id: str, tell: Tell) -> LockedPackages:
    """What this machine's Python and npm would install. Raises EnvironmentFailed, UsageError for what has no hash."""
    scratch = Scratch(scratch_folder(run_id, "lock"))
    cwd, env, log = scratch.folder, install_variables(), scratch.log

    def run(step: Step) -> str:
        tell(step.title)
        log.unlink(missing_ok=True)
        commands.run(step.argv, title=step.title, cwd=cwd, env=env, log=log, timeout=INSTALL_TIMEOUT)
        return log.read_text(encoding="utf-8")

    try:
        return _resolved(recipe, str(scratch.folder), sys.executable, run)
    finally:
        scratch.remove()


def resolved_in_container(
    engine: Engine, environment: Environment, recipe: Recipe, run_id: str, tell: Tell
) -> LockedPackages:
    """What the environment's own OS would install. Raises as resolved_here does."""

    def run(step: Step) -> str:
        tell(f"{step.title} (in a container)")
        return shop.run(step).decode()

    with engine_errors("resolving packages"):
        image = host_image(engine, environment, bool(recipe.npm), run_id, tell)
        with workshop(engine, image, run_id) as shop:
            run(Step("making a folder", ("mkdir", "-p", _FOLDER)))
            return _resolved(recipe, _FOLDER, "python3", run)


def _resolved(recipe: Recipe, folder: str, python: str, run: Run) -> LockedPackages:
    pip = _pip_report(recipe.pip, folder, python, run) if recipe.pip else None
    npm = _package_lock(recipe.npm, folder, run) if recipe.npm else None
    return LockedPackages(
        asked=recipe.asked,
        pip=pip_packages(pip) if pip else {},
        npm=npm_packages(npm) if npm else {},
    )


def _pip_report(asked: tuple[str, ...], folder: str, python: str, run: Run) -> str:
    own, report = f"{folder}/python", f"{folder}/report.json"
    pip = (f"{own}/bin/python", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check")
    run(Step("making a virtual environment", (python, "-m", "venv", own)))
    run(Step("having a pip that reports", (*pip, _REPORTING)))
    dry = ("--dry-run", "--ignore-installed", "--report", report)
    run(Step(f"resolving {' '.join(asked)}", (*pip, *dry, *asked)))
    return run(Step("reading pip's report", ("cat", report)))


def _package_lock(asked: tuple[str, ...], folder: str, run: Run) -> str:
    run(Step("making a folder", ("mkdir", "-p", f"{folder}/node")))
    options = ("--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
    run(Step(f"resolving {' '.join(asked)}", ("npm", "install", "--prefix", f"{folder}/node", *options, *asked)))
    return run(Step("reading npm's lock", ("cat", f"{folder}/node/package-lock.json")))
