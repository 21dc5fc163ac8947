"""Two environments, or locks, in words that can be held against each other: one fact for each thing that a file says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from harness.environments.file_checks import name_inside
from harness.environments.lock.fit import DRIVERS, host_of
from harness.environments.lock.observed import folder_hash
from harness.environments.recipe import package_name, recipes
from harness.environments.spec import Environment, Service, SideSpec
from harness.environments.spec.lock import INSTALLED, Lock, LockedDriver
from harness.intake.fact import Fact

Described = Mapping[tuple[str, str], Fact]
"""(group, name) -> what is said of it; the fact's subject and name say by which rule a difference weighs."""

_APART = ("format", "extends", "host", "system", "plugin", "services", "network", "browser")
_HOST = {"os": ("os", "version"), "clock": ("host", "clock ahead"), "packages": ("debian", ""), "fonts": ("font", "")}


def environment_facts(environment: Environment) -> Described:
    """What an environment says, its files by their contents, and what its lock says where it has one."""
    said = environment.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    found = {
        **_each("host", said.get("host", {}), _host_subject),
        **_system(said["system"]),
        **_each("plugin", said["plugin"], partial(_named_alike, "plugin")),
        **_each("network", said.get("network", {}), partial(_named_alike, "network")),
        **_each("browser", said.get("browser") or {}, _browser_subject),
        **_each("scenario", {key: said[key] for key in said if key not in _APART}, partial(_named_alike, "scenario")),
        **_files(environment),
    }
    for name, service in said.get("services", {}).items():
        found |= _each(f"service {name}", service, partial(_named_alike, f"service {name}"))
    return {**found, **(lock_facts(environment.lock) if environment.lock else {})}


def lock_facts(lock: Lock) -> Described:
    """What a lock says of versions."""
    found: dict[tuple[str, str], Fact] = {}
    for driver, part in _parts(lock):
        group = f"locked ({driver})"
        found |= _facts(group, "os", part.host.items())
        found |= _facts(group, "image", part.images.items())
        found |= _facts(group, "folder", part.folders.items())
        found |= _facts(group, "debian", part.debian.items())
        if part.browser:
            found |= _facts(group, "browser", [("version", f"{part.browser.name} {part.browser.version}")])
        for side in INSTALLED:
            if packages := part.packages(side):
                place = f"locked {side} ({driver})"
                found |= _facts(place, "pip", ((name, each.version) for name, each in packages.pip.items()))
                found |= _facts(place, "npm", _npm_versions(packages.npm))
    return found


def asked_of_environment(environment: Environment, lock: Lock) -> Described:
    """What an environment asks for, of what `lock` can say: requirements, OS and Python."""
    found: dict[tuple[str, str], Fact] = {}
    for driver, _ in _parts(lock):
        found |= _facts(f"asked ({driver})", "os", host_of(environment, driver).items())
        for side, recipe in recipes(environment).items():
            found |= _facts(f"asked {side} ({driver})", "pip", ((package_name(each), each) for each in recipe.asked))
    return found


def asked_of_lock(lock: Lock) -> Described:
    """What the locked environment asked for, in the words of asked_of_environment."""
    found: dict[tuple[str, str], Fact] = {}
    for driver, part in _parts(lock):
        found |= _facts(f"asked ({driver})", "os", part.host.items())
        for side in INSTALLED:
            if packages := part.packages(side):
                asked = ((package_name(each), each) for each in packages.asked)
                found |= _facts(f"asked {side} ({driver})", "pip", asked)
    return found


def _parts(lock: Lock) -> Iterator[tuple[str, LockedDriver]]:
    for driver in DRIVERS:
        if part := lock.driver(driver):
            yield driver, part


def _system(said: Mapping[str, Any]) -> dict[tuple[str, str], Fact]:
    common = {name: value for name, value in said.items() if name not in ("old", "new")}
    found = _each("system", common, partial(_named_alike, "system"))
    for side in ("old", "new"):
        found |= _each(
            side, said[side], lambda name: ("system", "version" if name in ("pip", "npm", "image") else name)
        )
    return found


def _files(environment: Environment) -> dict[tuple[str, str], Fact]:
    names = sorted(set(_named(environment)))
    return _facts("files", "file", ((name_inside(name), _content(environment.folder / name)) for name in names))


def _named(environment: Environment) -> Iterator[str]:
    """The files and folders that an environment names."""
    yield from (*environment.host.ca, *environment.system.files)
    given = [environment.system.seed, environment.compose, environment.reads, environment.plugin.extension]
    given += [environment.scenario if isinstance(environment.scenario, str) else None]
    yield from filter(None, given)
    yield from (each for each in environment.offline.values() if not each.startswith("npm:"))
    for spec in (environment.system.old, environment.system.new):
        yield from _of_side(spec)
    for service in environment.services.values():
        yield from _of_service(service)


def _of_side(spec: SideSpec) -> Iterator[str]:
    yield from filter(None, (*spec.files, spec.seed, spec.build, spec.compose))


def _of_service(service: Service) -> Iterator[str]:
    yield from filter(None, (*service.files, service.build, *(step.sql for step in service.seed)))


def _content(path: Path) -> str:
    found = folder_hash(path) if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    return f"sha256 {found[:12]}"


def _each(
    group: str, said: Mapping[str, Any], subject: Callable[[str], tuple[str, str]]
) -> dict[tuple[str, str], Fact]:
    """A fact for each key; `subject` says of what, by the rules of weights."""
    found = {}
    for name, value in said.items():
        about, what = subject(name)
        found[group, name] = Fact(about, what, _text(value))
    return found


def _facts(group: str, subject: str, values: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Fact]:
    return {(group, name): Fact(subject, name, value) for name, value in values}


def _named_alike(subject: str, name: str) -> tuple[str, str]:
    return subject, name


def _side_subject(name: str) -> tuple[str, str]:
    return "system", "version" if name in ("pip", "npm", "image") else name


def _host_subject(name: str) -> tuple[str, str]:
    return _HOST.get(name, ("host", name))


def _browser_subject(name: str) -> tuple[str, str]:
    return "browser", {"name": "engine"}.get(name, "version")


def _npm_versions(places: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each package with its version; with all of them where it is there several times."""
    found: dict[str, set[str]] = {}
    for place, each in places.items():
        if place:
            found.setdefault(place.rpartition("node_modules/")[2], set()).add(str(each["version"]))
    return ((name, ", ".join(sorted(versions))) for name, versions in sorted(found.items()))


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(map(name_inside, value))
    return name_inside(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
