"""What an environment is made of besides its packages, as it is now: images, folders, Debian packages, the browser."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.environments.base_image import base_image
from harness.environments.compose.tool import resolved_config
from harness.environments.driver import Driver
from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.images import named_image, side_image
from harness.environments.lock.fit import host_of
from harness.environments.plugin_image import PluginImage, plugin_image
from harness.environments.recipe import recipe_for
from harness.environments.services.plan import plans
from harness.environments.spec import Environment, SideName
from harness.environments.spec.lock import LockedBrowser, LockedDriver
from harness.environments.store import Tell
from harness.record.browsers.here import browser_here, version_of


def part_for(driver: Driver) -> str:
    """The part of a lock that is about what `driver` brings up: with containers, or without."""
    return "process" if driver.engine is None else "docker"


def observed(
    environment: Environment, driver: Driver, sides: Sequence[SideName], run_id: str, tell: Tell
) -> LockedDriver:
    """What `driver` brings up on `sides`, made or fetched where it is not there; no packages of pip and npm."""
    if driver.engine is None:
        return _on_this_machine(environment, tell)
    return _in_containers(driver.engine, environment, sides, run_id, tell)


@dataclass(frozen=True)
class _Seen:
    """What an environment is made of: images that are `taken` as they are (name -> what the engine calls it), images
    that are `made` of packages, and `folders` that are built."""

    taken: dict[str, str] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)


def _in_containers(
    engine: Engine, environment: Environment, sides: Sequence[SideName], run_id: str, tell: Tell
) -> LockedDriver:
    seen = _Seen()
    for side in sides:
        _see_side(seen, engine, environment, side, run_id, tell)
    _see_services(seen, engine, environment, run_id, tell)
    plugin = plugin_image(engine, environment, run_id, tell)
    seen.made.add(plugin.name)
    with engine_errors("looking at images"):
        return LockedDriver(
            host=host_of(environment, "docker"),
            images={name: _image_id(engine, image, tell) for name, image in sorted(seen.taken.items())},
            folders={name: folder_hash(environment.folder / name) for name in sorted(seen.folders)},
            debian=_debian(engine, sorted(seen.made), run_id),
            browser=_browser(environment, plugin),
        )


def _see_side(seen: _Seen, engine: Engine, environment: Environment, side: SideName, run_id: str, tell: Tell) -> None:
    spec = environment.side(side).spec
    if spec.image:
        seen.taken[spec.image] = spec.image
    elif spec.build:
        seen.folders.add(spec.build)
    elif spec.compose:
        images, folders = _composed(environment, spec.compose)
        seen.taken.update({image: image for image in images})
        seen.folders.update(folders)
    else:
        with_node = bool(recipe_for(environment, side).npm)
        base = base_image(engine, environment.host.os, with_node, run_id, tell)
        seen.taken[f"{environment.host.os} with {'Node.js' if with_node else 'Python'}"] = base
        seen.made.add(side_image(engine, environment, environment.side(side), run_id, tell).name)


def _see_services(seen: _Seen, engine: Engine, environment: Environment, run_id: str, tell: Tell) -> None:
    for name, plan in plans(engine, environment, run_id, tell).items():
        service = environment.services[name]
        if service.image:
            seen.taken[service.image] = service.image
        elif service.build:
            seen.folders.add(service.build)
        else:
            seen.made.add(plan.image)


def _on_this_machine(environment: Environment, tell: Tell) -> LockedDriver:
    browser = environment.browser
    found = browser_here(browser, tell, extension=bool(environment.plugin.extension)) if browser else None
    locked = None
    if browser and found and found.program:
        locked = LockedBrowser(name=browser.name, version=version_of(found.program) or browser.version)
    return LockedDriver(host=host_of(environment, "process"), browser=locked)


def _composed(environment: Environment, over: str) -> tuple[set[str], set[str]]:
    """The images that a side's compose files name, and the folders that they build."""
    files = [environment.folder / name for name in (str(environment.compose), over)]
    services = resolved_config(files)["services"].values()
    builds = [each["build"] for each in services if each.get("build")]
    contexts = {str(each["context"] if isinstance(each, Mapping) else each) for each in builds}
    return (
        {str(each["image"]) for each in services if not each.get("build")},
        {os.path.relpath(each, environment.folder) for each in contexts},
    )


def folder_hash(folder: Path) -> str:
    """The SHA-256 over the names, kinds and contents of all files below the folder."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or file.is_file():
            content = str(file.readlink()).encode() if file.is_symlink() else file.read_bytes()
            executable = not file.is_symlink() and bool(file.stat().st_mode & 0o100)
            words = (file.relative_to(folder).as_posix(), file.is_symlink(), executable, len(content))
            total.update(repr(words).encode() + content)
    return total.hexdigest()


def _image_id(engine: Engine, name: str, tell: Tell) -> str:
    return str(engine.client.images.get(named_image(engine, name, tell)).id)


def _debian(engine: Engine, images: Iterable[str], run_id: str) -> dict[str, str]:
    """The Debian packages of all the images, name -> version; of several, each."""
    found: dict[str, set[str]] = {}
    for image in images:
        listed = engine.client.containers.run(
            image,
            entrypoint=["dpkg-query"],
            command=["--show", "--showformat", "${Package} ${Version}\\n"],
            network_mode="none",
            labels=labels(run_id, "lock"),
            remove=True,
        )
        for line in listed.decode().splitlines():
            name, _, version = line.partition(" ")
            found.setdefault(name, set()).add(version)
    return {name: ", ".join(sorted(versions)) for name, versions in sorted(found.items())}


def _browser(environment: Environment, plugin: PluginImage) -> LockedBrowser | None:
    if environment.browser is None or not plugin.browser_version:
        return None
    return LockedBrowser(name=environment.browser.name, version=plugin.browser_version)
