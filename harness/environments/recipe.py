"""How a version and its plugin are installed: the same commands for a cached folder here and for an image's folder."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from harness.environments.lock.fit import fitting
from harness.environments.lock.pinned import package_files, requirements
from harness.environments.spec import Environment, SideName
from harness.environments.spec.lock import Installed, LockedPackages
from harness.model.errors import EnvironmentFailed

_PIP = ("--no-input", "--disable-pip-version-check")
_NPM = ("--no-audit", "--no-fund")
_PIECE = 60_000
"""Characters that one word of a command may have: the kernel takes 128 KiB."""


@dataclass(frozen=True)
class Step:
    """One command of an installation; `title` says what it does, in a person's words."""

    title: str
    argv: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """What is installed together. `pip` is None where no Python is asked for, and empty for a bare one.

    `locks` has, by driver, what exactly that was the last time: it is installed to the byte then.
    """

    pip: tuple[str, ...] | None = None
    npm: tuple[str, ...] = ()
    locks: Mapping[str, LockedPackages] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """All requirements."""
        return (*(self.pip or ()), *self.npm)

    def steps(self, folder: str, python: str, driver: str = "docker") -> list[Step]:
        """The commands that install into `folder` (absolute), with the base interpreter `python`."""
        locked = self.locks.get(driver)
        steps = []
        if self.pip is not None:
            options = () if self.pip else ("--without-pip",)
            steps.append(Step("making a virtual environment", (python, "-m", "venv", *options, f"{folder}/python")))
        if self.pip:
            steps += self._pip_install(folder, locked)
        if self.npm:
            steps += self._npm_install(folder, locked)
        return steps

    def _pip_install(self, folder: str, locked: LockedPackages | None) -> list[Step]:
        install = (self.python(folder) or "", "-m", "pip", "install", *_PIP)
        if locked is None:
            return [Step(f"pip install {' '.join(self.pip or ())}", (*install, *(self.pip or ())))]
        file = f"{folder}/requirements.txt"
        argv = (*install, "--no-deps", "--require-hashes", "--requirement", file)
        title = f"pip install, {len(locked.pip)} packages as locked"
        return [*writing(file, requirements(locked.pip)), Step(title, argv)]

    def _npm_install(self, folder: str, locked: LockedPackages | None) -> list[Step]:
        prefix = f"{folder}/node"
        if locked is None:
            argv = ("npm", "install", "--prefix", prefix, *_NPM, *self.npm)
            return [Step(f"npm install {' '.join(self.npm)}", argv)]
        steps = [Step("making a folder", ("mkdir", "-p", prefix))]
        for name, text in package_files(locked.npm).items():
            steps += writing(f"{prefix}/{name}", text)
        title = f"npm ci, {len(locked.npm) - 1} packages as locked"
        return [*steps, Step(title, ("npm", "ci", "--prefix", prefix, *_NPM))]

    def listings(self, folder: str) -> list[Step]:
        """The commands whose output, one after the other, `versions` reads."""
        steps = []
        if self.pip:
            argv = (self.python(folder) or "", "-m", "pip", "list", "--format=json", "--disable-pip-version-check")
            steps.append(Step("pip list", argv))
        if self.npm:
            steps.append(Step("npm's list", ("cat", f"{folder}/node/node_modules/.package-lock.json")))
        return steps

    def python(self, folder: str) -> str | None:
        """The installation's interpreter."""
        return f"{folder}/python/bin/python" if self.pip is not None else None

    def modules(self, folder: str) -> str | None:
        """Where Node.js finds the installed packages."""
        return f"{folder}/node/node_modules" if self.npm else None

    def bin_folders(self, folder: str) -> list[str]:
        """The folders that come first on the PATH: the asked Node.js, then programs."""
        modules = self.modules(folder)
        node = [f"{modules}/{name}/bin" for name in map(package_name, self.npm) if name.startswith(_NODE_PREFIX)]
        python = [f"{folder}/python/bin"] if self.pip is not None else []
        return [*node, *python, *([f"{modules}/.bin"] if self.npm else [])]


def recipe_for(environment: Environment, side: SideName) -> Recipe:
    """The side's packages, and the plugin's where it is installed beside the system."""
    spec, plugin = environment.side(side).spec, environment.plugin
    beside = environment.plugin_into == "system"
    plugin_pip = plugin.pip if beside else None
    pip = None if spec.pip is None and plugin_pip is None else (*(spec.pip or ()), *(plugin_pip or ()))
    npm = (*node_package(spec.node), *(spec.npm or ()), *((plugin.npm or ()) if beside else ()))
    return _with_locks(Recipe(pip, npm), environment, side)


def plugin_recipe(environment: Environment) -> Recipe | None:
    """The plugin's packages, where it has an installation of its own."""
    plugin = environment.plugin
    if environment.plugin_into == "system" or not (plugin.pip or plugin.npm):
        return None
    return _with_locks(Recipe(plugin.pip, plugin.npm or ()), environment, "plugin")


def recipes(environment: Environment) -> dict[Installed, Recipe]:
    """Every installation of packages that the environment asks for; a side that is an image has none."""
    sides: tuple[SideName, ...] = ("old", "new")
    found: dict[Installed, Recipe] = {side: recipe_for(environment, side) for side in sides}
    if own := plugin_recipe(environment):
        found["plugin"] = own
    return {name: recipe for name, recipe in found.items() if recipe.asked}


def _with_locks(recipe: Recipe, environment: Environment, name: Installed) -> Recipe:
    return replace(recipe, locks=fitting(environment, name, recipe.asked))


def writing(file: str, text: str) -> list[Step]:
    """The commands that write a new file, piece by piece."""
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    return [
        Step(f"writing {file.rpartition('/')[2]}", ("sh", "-c", 'printf %s "$0" >> "$1"', piece, file))
        for piece in pieces
    ]


def versions(listings: Iterable[str]) -> dict[str, str]:
    """Normalised package name -> version, from what the commands of `Recipe.listings` printed."""
    found: dict[str, str] = {}
    for text in listings:
        listing = json.loads(text)
        if isinstance(listing, list):
            found |= {normalised(each["name"]): each["version"] for each in listing}
        else:
            places = listing["packages"].items()
            direct = ((place.removeprefix("node_modules/"), each) for place, each in places)
            found |= {normalised(name): each["version"] for name, each in direct if "node_modules/" not in name}
    return found


def version_of(name: str, requirements: Iterable[str], installed: dict[str, str]) -> str | None:
    """The installed version of the package `name` if it is one of `requirements`, else that of the first one."""
    names = [package for each in requirements if not (package := package_name(each)).startswith(_NODE_PREFIX)]
    wanted = [each for each in names if each == normalised(name)] or names[:1]
    return installed.get(wanted[0]) if wanted else None


def package_name(requirement: str) -> str:
    """The normalised name in a requirement of pip or npm: `datasette` of `datasette[x]==1`, `@a/b` of `@a/b@2`."""
    match = re.match(r"@?[A-Za-z0-9._/-]+", requirement)
    return normalised(match.group()) if match else requirement


def normalised(name: str) -> str:
    """PEP 503's normal form; npm's names are in it but for dots and underscores."""
    return re.sub(r"[-_.]+", "-", name).lower()


_NODE_PREFIX = "node-linux-"


def node_package(version: str | None) -> tuple[str, ...]:
    """The npm package that carries the `node` program of `version`, for this machine."""
    if version is None:
        return ()
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine())
    if platform.system() != "Linux" or machine is None:
        raise EnvironmentFailed(
            f"npm has no Node.js for {platform.system()} on {platform.machine()} that Backfit knows",
            hint="leave `node` out and put the wanted Node.js on the PATH",
        )
    return (f"{_NODE_PREFIX}{machine}@{version}",)
