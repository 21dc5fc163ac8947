"""Whether a lock is one of what is asked now: of these requirements, for this OS, this Python, this kind of machine."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence

from harness.environments.spec import Environment
from harness.environments.spec.lock import Installed, LockedDriver, LockedPackages

DRIVERS = ("docker", "process")
"""The parts of a lock: with containers, however they are brought up, and without."""


def host_of(environment: Environment, driver: str) -> dict[str, str]:
    """What an installation depends on besides its packages: a wheel is made for a Python on a kind of machine."""
    machine = f"{platform.system()}-{platform.machine()}".lower()
    if driver == "docker":
        return {"platform": machine, "os": environment.host.os}
    return {"platform": machine, "python": ".".join(platform.python_version_tuple()[:2])}


def fitting(environment: Environment, name: Installed, asked: Sequence[str]) -> dict[str, LockedPackages]:
    """What the lock has for the installation `name` that answers `asked`, by driver."""
    found = {driver: environment.lock.driver(driver) for driver in DRIVERS} if environment.lock else {}
    return {
        driver: packages
        for driver, locked in found.items()
        if locked
        and (packages := locked.packages(name))
        and not any(misfits(environment, driver, locked, {name: asked}))
    }


def misfits(
    environment: Environment, driver: str, locked: LockedDriver, asked: Mapping[Installed, Sequence[str]]
) -> Iterator[str]:
    """What changed in the environment since it was locked, a line each; `asked` has the requirements by installation."""
    host = host_of(environment, driver)
    for key in sorted({*host, *locked.host}):
        if host.get(key) != locked.host.get(key):
            yield f"{key}: locked with {locked.host.get(key, 'none')}, now {host.get(key, 'none')}"
    for name, words in asked.items():
        packages = locked.packages(name)
        before = packages.asked if packages else ()
        yield from (f"{name}: {each} is asked, and is not in the lock" for each in words if each not in before)
        yield from (f"{name}: {each} is in the lock, and is not asked any more" for each in before if each not in words)
