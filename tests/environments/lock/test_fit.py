from __future__ import annotations

import platform

import pytest

from harness.environments.lock.fit import fitting, host_of, misfits
from harness.environments.spec.lock import Lock, LockedDriver
from tests.environments.tiny import Write

MACHINE = f"{platform.system()}-{platform.machine()}".lower()
PYTHON = ".".join(platform.python_version_tuple()[:2])


def part(**host: str) -> LockedDriver:
    return LockedDriver.model_validate({"host": host, "old": {"asked": ["dep==1.0"]}})


@pytest.mark.parametrize(
    ("host", "asked", "expected"),
    [
        ({"os": "debian:bookworm"}, ["dep==1.0"], []),
        ({"os": "debian:trixie"}, ["dep==1.0"], ["os: locked with debian:trixie, now debian:bookworm"]),
        (
            {"os": "debian:bookworm"},
            ["dep==2.0"],
            [
                "old: dep==2.0 is asked, and is not in the lock",
                "old: dep==1.0 is in the lock, and is not asked any more",
            ],
        ),
    ],
)
def test__misfits__what_changed_since__is_named(
    write: Write, host: dict[str, str], asked: list[str], expected: list[str]
) -> None:
    locked = part(platform=MACHINE, **host)
    assert list(misfits(write(), "docker", locked, {"old": asked})) == expected


@pytest.mark.parametrize(
    ("python", "asked", "expected"), [(PYTHON, "dep==1.0", ["process"]), ("2.7", "dep==1.0", []), (PYTHON, "dep", [])]
)
def test__fitting__what_is_asked_where__is_taken_from_the_lock_or_not(
    write: Write, python: str, asked: str, expected: list[str]
) -> None:
    lock = Lock.model_validate({"schema": "backfit/lock/v1"})
    lock = lock.model_copy(update={"process": part(platform=MACHINE, python=python)})
    assert list(fitting(write().with_lock(lock), "old", [asked])) == expected


def test__host_of__a_driver__is_what_its_wheels_are_made_for(write: Write) -> None:
    assert host_of(write(), "docker") == {"platform": MACHINE, "os": "debian:bookworm"}
    assert host_of(write(), "process") == {"platform": MACHINE, "python": PYTHON}
