from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.driver import choose_driver
from harness.environments.engine import connect
from harness.environments.lock.check import check_lock
from harness.environments.lock.making import locked
from harness.environments.lock.observed import folder_hash
from tests.environments.tiny import Write, ignore


def test__folder_hash__the_same_files__the_same_hash_and_another_for_any_change(tmp_path: Path) -> None:
    def made(name: str) -> Path:
        folder = tmp_path / name
        (folder / "in").mkdir(parents=True)
        (folder / "Dockerfile").write_text("FROM x")
        (folder / "in/a").write_text("a")
        return folder

    first, content, renamed, executable, linked = (made(name) for name in "abcde")
    assert folder_hash(first) == folder_hash(content)
    (content / "in/a").write_text("b")
    (renamed / "in/a").rename(renamed / "in/b")
    (executable / "in/a").chmod(0o755)
    (linked / "link").symlink_to("in/a")
    assert len({folder_hash(each) for each in (first, content, renamed, executable, linked)}) == 5


@pytest.mark.docker
@pytest.mark.slow
def test__locked__with_docker__is_what_is_there_and_a_second_time_the_same(write: Write, run_id: str) -> None:
    environment = write()
    driver, _ = choose_driver("docker", run_id, environment)
    lock = locked(environment, driver, update=False, tell=ignore)
    assert lock.docker is not None
    base = "debian:bookworm with Python"
    assert lock.docker.images[base].startswith("sha256:")
    assert lock.docker.debian["base-files"].startswith("12")
    pinned = environment.with_lock(lock)
    assert locked(pinned, driver, update=False, tell=ignore) == lock
    check_lock(pinned, driver, ("old", "new"), ignore, frozen=True)
    driver.close()
    assert not connect().client.containers.list(all=True, filters={"label": f"backfit.run={run_id}"})
