from __future__ import annotations

import pytest
from pydantic import ValidationError

from harness.environments.spec.lock import Lock, LockedDriver

HEAD = {"schema": "backfit/lock/v1"}


def test__lock__a_part_of_each_driver__is_found_by_name() -> None:
    lock = Lock.model_validate({**HEAD, "docker": {"host": {"os": "x"}, "old": {"asked": ["a"]}}})
    assert lock.process is None
    docker = lock.driver("docker")
    assert isinstance(docker, LockedDriver)
    old = docker.packages("old")
    assert old is not None
    assert old.asked == ("a",)
    assert docker.packages("plugin") is None


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"host": {}, "more": 1},
        {"host": {}, "folders": {"a": "no hash"}},
        {"host": {}, "old": {"asked": [], "pip": {"a": {"version": "1", "sha256": "short"}}}},
    ],
)
def test__lock__what_no_lock_says__is_refused(part: object) -> None:
    with pytest.raises(ValidationError):
        Lock.model_validate({**HEAD, "docker": part})


def test__lock__versions_written_as_numbers__are_texts() -> None:
    lock = Lock.model_validate({**HEAD, "process": {"host": {"python": 3.11}}})
    assert lock.process is not None
    assert lock.process.host == {"python": "3.11"}
