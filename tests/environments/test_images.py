from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from harness.environments.base_image import base_image
from harness.environments.engine import Engine, connect
from harness.environments.images import USER, lend, side_image
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, ignore

docker_test = pytest.mark.docker
SIDE = "{pip: [], options: one}"


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        ("FROM a\nRUN b\n", "FROM a\nCOPY .backfit-build/ /run/backfit-build/\nARG X\nRUN b\n"),
        (
            "ARG V\nfrom \\\n a:$V as b\nRUN c",
            "ARG V\nfrom \\\n a:$V as b\nCOPY .backfit-build/ /run/backfit-build/\nARG X\nRUN c",
        ),
    ],
)
def test__lend__each_stage__gets_the_builds_settings(dockerfile: str, expected: str) -> None:
    assert lend(dockerfile, ["X"], with_files=True) == expected


def test__lend__two_stages__both_are_lent_to() -> None:
    assert lend("FROM a\nFROM b", ["X"], with_files=False) == "FROM a\nARG X\nFROM b\nARG X"


@docker_test
@pytest.mark.slow
def test__side_image__pip__is_made_once_with_the_plugin_beside(
    engine: Engine, write: Write, wheels: Callable[[str, str], None]
) -> None:
    wheels("alpha", "1.5")
    wheels("plug", "0.2")
    plugin = "{name: plug, pip: plug==0.2, into: system}"
    environment = write(
        {SIDE: "{pip: alpha==1.5}", "{name: plug}": plugin, "timezone:": "locale: de_DE.UTF-8, timezone:"}
    )
    told: list[str] = []
    image, again = (side_image(engine, environment, environment.side("old"), "run-1", told.append) for _ in range(2))
    assert image == again
    assert (image.version, image.plugin_version, image.user) == ("1.5", "0.2", USER)
    assert sum("pip install" in line for line in told) <= 1
    run = {"environment": {"PATH": image.path, "LANG": "de_DE.UTF-8"}, "user": str(USER), "remove": True}
    assert engine.client.containers.run(image.name, entrypoint=["alpha"], command=[], **run) == b"1.5\n"
    locales = engine.client.containers.run(image.name, entrypoint=["locale"], command=["-a"], **run)
    assert b"de_DE.utf8" in locales


@docker_test
@pytest.mark.slow
def test__side_image__build_that_fails__shows_the_last_lines_and_leaves_no_container(
    engine: Engine, write: Write
) -> None:
    base = base_image(engine, "debian:bookworm", False, "run-1", ignore)
    before = {each.id for each in engine.client.containers.list(all=True)}
    folder = write().folder / "web"
    folder.mkdir()
    (folder / "Dockerfile").write_text(f"FROM {base}\nRUN echo tried hard && exit 3\n")
    environment = write({SIDE: "{build: web}"})
    with pytest.raises(EnvironmentFailed, match="returned a non-zero code: 3") as caught:
        side_image(engine, environment, environment.side("old"), "run-1", ignore)
    assert "| tried hard" in str(caught.value)
    mine = [
        each for each in engine.client.containers.list(all=True) if each.id not in before and base in str(each.image)
    ]
    assert mine == []


@docker_test
def test__side_image__that_nobody_has__says_what_can_be_done(engine: Engine, write: Write) -> None:
    environment = write({SIDE: "{image: '127.0.0.1:1/nobody:1'}"})
    with pytest.raises(EnvironmentFailed, match="is not here and cannot be pulled") as caught:
        side_image(engine, environment, environment.side("old"), "run-1", ignore)
    assert "docker load" in str(caught.value.hint)
