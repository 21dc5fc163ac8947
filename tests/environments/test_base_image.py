from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from harness.environments.base_image import base_image, is_kept, is_present, packages_of, pull
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
    assert packages_of(engine, name)["python3"].startswith("3.11.")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("127.0.0.1:1/nobody/has-this:1", "known: debian:bullseye, debian:bookworm, debian:trixie"),
        ("127.0.0.1:1/debian:bokworm", "did you mean 'debian:bookworm'?"),
    ],
)
def test__base_image__that_nobody_has__offers_the_nearest_and_says_what_can_be_done(
    engine: Engine, name: str, hint: str
) -> None:
    with pytest.raises(EnvironmentFailed, match=f"no image {name}: .*refused") as caught:
        base_image(engine, name, False, "run-base", ignore)
    assert hint in str(caught.value.hint)
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
    made, packages = engine.client.images.get(name), packages_of(engine, name)
    engine.client.images.remove(from_here)
    engine.client.images.remove(name)
    assert [line.partition(" ")[0] for line in told] == ["installing"]
    assert packages["python3"].startswith("3.11.")
    assert (made.labels["backfit.run"], made.labels["backfit.owner"]) == ("", "")


@pytest.mark.slow
def test__is_kept__image_that_is_here__is_marked_as_used_now(engine: Engine) -> None:
    name = base_image(engine, "debian:bookworm", False, "run-base", ignore)
    before = engine.client.images.get(name).attrs["Metadata"]["LastTagTime"]
    assert is_kept(engine, name)
    assert engine.client.images.get(name).attrs["Metadata"]["LastTagTime"] > before
    assert not is_kept(engine, "backfit/nobody:has-this")
