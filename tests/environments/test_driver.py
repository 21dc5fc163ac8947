from __future__ import annotations

import re

import pytest

from harness.environments.driver import choose_driver
from harness.model.errors import EnvironmentFailed, UsageError
from tests.environments.tiny import Write

NOWHERE = "unix:///nonexistent/docker.sock"
IMAGE = {"{pip: [], options: one}": "{image: 'x:1'}"}


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", NOWHERE)


@pytest.mark.usefixtures("no_engine")
def test__choose_driver__auto_without_engine__takes_processes_and_says_why(write: Write) -> None:
    driver, reason = choose_driver("auto", "run-1", write())
    assert (driver.name, reason) == ("process", f"process, because no Docker engine answers at {NOWHERE}")


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize(("wanted", "replace"), [("docker", {}), ("auto", IMAGE)])
def test__choose_driver__docker_is_needed_without_engine__fails(
    write: Write, wanted: str, replace: dict[str, str]
) -> None:
    with pytest.raises(EnvironmentFailed, match="no Docker engine answers") as caught:
        choose_driver("docker" if wanted == "docker" else "auto", "run-1", write(replace))
    assert "--driver process" in str(caught.value.hint)


def test__choose_driver__process_for_an_image__is_a_wrong_call(write: Write) -> None:
    with pytest.raises(UsageError, match="need Docker: the process driver cannot"):
        choose_driver("process", "run-1", write(IMAGE))


def test__choose_driver__process__is_taken_without_asking_an_engine(write: Write) -> None:
    assert choose_driver("process", "run-1", write())[1] == "process, because it was asked for"


@pytest.mark.docker
@pytest.mark.parametrize(("wanted", "why"), [("auto", "an engine answers"), ("docker", "it was asked for")])
def test__choose_driver__with_engine__takes_it_and_names_its_version(write: Write, wanted: str, why: str) -> None:
    driver, reason = choose_driver("docker" if wanted == "docker" else "auto", "run-1", write())
    assert driver.name == "docker"
    assert re.fullmatch(rf"docker, because {why} \(\d+\.\d+.*\)", reason)
