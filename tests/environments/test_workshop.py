from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.environments.base_image import base_image
from harness.environments.engine import OWNER_LABEL, Engine, connect
from harness.environments.recipe import Step
from harness.environments.workshop import workshop
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
KEPT = f"backfit/test-workshop:{secrets.token_hex(4)}"


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    if found.client.images.list(KEPT):
        found.client.images.remove(KEPT, force=True)
    found.client.close()


@pytest.fixture
def base(engine: Engine) -> str:
    return base_image(engine, "debian:bookworm", False, "run-base", ignore)


def left(engine: Engine, run_id: str) -> list[object]:
    return engine.client.containers.list(all=True, filters={"label": f"backfit.run={run_id}"})


def test__workshop__what_is_lent__works_and_is_not_kept(
    engine: Engine, run_id: str, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("PEM of the host")
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "a.whl").write_text("a wheel")
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@index/simple")
    with workshop(engine, base, run_id) as shop:
        script = "cat $PIP_CERT $PIP_FIND_LINKS/a.whl; echo $PIP_INDEX_URL; touch /made"
        said = shop.run(Step("looking", ("sh", "-c", script))).decode()
        assert said == "PEM of the hosta wheelhttps://me:secret@index/simple\n"
        shop.keep(KEPT, {"note": "1"})
    assert left(engine, run_id) == []
    image = engine.client.images.get(KEPT)
    assert image.labels.items() >= {"note": "1", OWNER_LABEL: "", "backfit.run": ""}.items()
    assert "secret" not in json.dumps([image.attrs, image.history()])
    assert str(tmp_path) not in json.dumps([image.attrs, image.history()])
    found = engine.client.containers.run(KEPT, entrypoint=["ls"], command=["-d", "/made", "/run"], remove=True)
    lent = engine.client.containers.run(KEPT, entrypoint=["ls"], command=["/run"], remove=True)
    assert (found, b"backfit" in lent) == (b"/made\n/run\n", False)


def test__workshop__step_that_fails__shows_its_last_lines_and_leaves_nothing(
    engine: Engine, run_id: str, base: str
) -> None:
    failing = Step("trying", ("sh", "-c", "echo out; echo err >&2; exit 3"))
    with (
        pytest.raises(EnvironmentFailed, match="trying: failed with exit code 3") as caught,
        workshop(engine, base, run_id) as shop,
    ):
        shop.run(failing)
    assert caught.value.hint == "its last lines:\n  | out\n  | err"
    assert left(engine, run_id) == []


def test__workshop__interrupted__leaves_nothing(engine: Engine, run_id: str, base: str) -> None:
    with pytest.raises(KeyboardInterrupt), workshop(engine, base, run_id):
        raise KeyboardInterrupt
    assert left(engine, run_id) == []
