from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from harness.environments.base_image import base_image, is_present, pull
from harness.environments.engine import Engine, connect
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import ignore

pytestmark = pytest.mark.docker


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.mark.slow
def test__base_image__debian__is_had_and_not_made_again(engine: Engine) -> None:
    name = base_image(engine, "debian:bookworm", False, "run-base", ignore)
    told: list[str] = []
    assert base_image(engine, "debian:bookworm", False, "run-base", told.append) == name
    assert (is_present(engine, name), told) == (True, [])
    said = engine.client.containers.run(name, ["python3", "-c", "import venv, ensurepip; print('fine')"], remove=True)
    assert said == b"fine\n"


@pytest.mark.slow
def test__base_image__that_nobody_has__says_what_can_be_done(engine: Engine) -> None:
    with pytest.raises(EnvironmentFailed, match="only Debian can be made here") as caught:
        base_image(engine, "127.0.0.1:1/nobody/has-this:1", False, "run-base", ignore)
    assert "--driver process" in str(caught.value.hint)


def test__pull__registry_that_does_not_answer__gives_the_reason_and_the_time_limit_back(engine: Engine) -> None:
    before = engine.client.api.timeout
    assert "refused" in str(pull(engine, "127.0.0.1:1/nobody/has-this", ignore))
    assert engine.client.api.timeout == before


@pytest.mark.slow
def test__base_image__of_an_image_that_is_here__is_made_from_it(engine: Engine) -> None:
    from_here = f"backfit/test-base:{secrets.token_hex(4)}"
    engine.client.images.get(base_image(engine, "debian:bookworm", False, "run-base", ignore)).tag(from_here)
    told: list[str] = []
    name = base_image(engine, from_here, False, "run-base", told.append)
    made = engine.client.images.get(name)
    engine.client.images.remove(from_here)
    engine.client.images.remove(name)
    assert [line.partition(" ")[0] for line in told] == ["installing"]
    assert (made.labels["backfit.run"], made.labels["backfit.owner"]) == ("", "")
