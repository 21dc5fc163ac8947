from __future__ import annotations

from typing import Any

import pytest

from harness.environments.lock.check import check_lock, drift
from harness.environments.lock.fit import host_of
from harness.environments.process import ProcessDriver
from harness.environments.spec import Environment
from harness.environments.spec.lock import Lock, LockedDriver
from harness.model.errors import EnvironmentFailed, UsageError
from tests.environments.tiny import Write

NOW = {"images": {"a": "1"}, "debian": {"x": "2"}, "browser": {"name": "chromium", "version": "112"}}


@pytest.mark.parametrize(
    ("found", "whole", "expected"),
    [
        (NOW, True, []),
        ({**NOW, "images": {"a": "9"}}, True, ["image a: locked 1, here 9"]),
        ({**NOW, "debian": {"x": "2", "y": "3"}}, True, ["Debian's y: locked none, here 3"]),
        ({**NOW, "debian": {}}, True, ["Debian's x: locked 2, here none"]),
        ({**NOW, "debian": {}}, False, []),
        ({**NOW, "folders": {"f": "a" * 64}}, True, [f"folder f: locked none, here {'a' * 64}"]),
        (
            {**NOW, "browser": {"name": "chromium", "version": "113"}},
            True,
            ["browser chromium: locked 112, here 113"],
        ),
    ],
)
def test__drift__what_is_here__is_held_against_the_lock(
    found: dict[str, Any], whole: bool, expected: list[str]
) -> None:
    locked, here = (LockedDriver.model_validate({"host": {}, **each}) for each in (NOW, found))
    assert list(drift(locked, here, whole=whole)) == expected


def with_lock(environment: Environment, **part: Any) -> Environment:
    whole = {"host": host_of(environment, "process"), **part}
    return environment.with_lock(Lock.model_validate({"schema": "backfit/lock/v1", "process": whole}))


def test__check_lock__no_lock__is_refused_only_where_frozen(write: Write, run_id: str) -> None:
    environment, told = write(), list[str]()
    check_lock(environment, ProcessDriver(run_id), ("old",), told.append, frozen=False)
    assert told == []
    with pytest.raises(UsageError, match="nothing is locked for the process driver") as caught:
        check_lock(environment, ProcessDriver(run_id), ("old",), told.append, frozen=True)
    assert "backfit env lock" in str(caught.value)
    assert str(environment.path.with_suffix(".lock")) in str(caught.value)


def test__check_lock__another_requirement__is_told_or_refused(write: Write, run_id: str) -> None:
    environment = with_lock(
        write({"{pip: [], options: one}": "{pip: [dep==2], options: one}"}), old={"asked": ["dep==1"]}
    )
    told = list[str]()
    check_lock(environment, ProcessDriver(run_id), ("old",), told.append, frozen=False)
    assert told[0].splitlines() == [
        "not installed as locked:",
        "  old: dep==2 is asked, and is not in the lock",
        "  old: dep==1 is in the lock, and is not asked any more",
    ]
    with pytest.raises(UsageError, match="is not what was locked:\n  old: dep==2 is asked"):
        check_lock(environment, ProcessDriver(run_id), ("old",), told.append, frozen=True)


def test__check_lock__as_locked__is_fine_and_another_browser_is_not(write: Write, run_id: str) -> None:
    told = list[str]()
    check_lock(with_lock(write()), ProcessDriver(run_id), ("old", "new"), told.append, frozen=True)
    assert told == []
    other = with_lock(write(), browser={"name": "chromium", "version": "112"})
    with pytest.raises(EnvironmentFailed, match="browser chromium: locked 112, here none"):
        check_lock(other, ProcessDriver(run_id), ("old", "new"), told.append, frozen=True)
