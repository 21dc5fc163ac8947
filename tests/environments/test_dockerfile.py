from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.environments.base_image import base_image
from harness.environments.dockerfile import build_folder, lend
from harness.environments.engine import Engine, connect
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import ignore


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.fixture
def base(engine: Engine) -> str:
    return base_image(engine, "debian:bookworm", False, "run-base", ignore)


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        ("FROM a\nRUN b\n", "FROM a\nCOPY --from=s:1 / /run/backfit-build/\nARG X\nRUN b\n"),
        (
            "ARG V\nfrom \\\n a:$V as b\nRUN c",
            "ARG V\nfrom \\\n a:$V as b\nCOPY --from=s:1 / /run/backfit-build/\nARG X\nRUN c",
        ),
    ],
)
def test__lend__a_stage__gets_the_builds_settings(dockerfile: str, expected: str) -> None:
    assert lend(dockerfile, ["X"], "s:1") == expected


def test__lend__two_stages__both_are_lent_to() -> None:
    assert lend("FROM a\nFROM b", ["X"], None) == "FROM a\nARG X\nFROM b\nARG X"


@pytest.mark.docker
@pytest.mark.npm
@pytest.mark.slow
def test__build_folder__settings_of_the_host__are_there_for_the_build_only(
    engine: Engine, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "web"
    folder.mkdir()
    (tmp_path / "ca.pem").write_text("PEM of the host")
    (tmp_path / ".npmrc").write_text("registry=https://npm.example/\n//npm.example/:_authToken=secret\n")
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(tmp_path / ".npmrc"))
    (folder / "kept.txt").write_text("kept")
    (folder / "ignored.txt").write_text("ignored")
    (folder / ".dockerignore").write_text("# all but one\n*\n!kept.txt\n")
    script = "cat $PIP_CERT > seen && echo $PIP_INDEX_URL $NPM_CONFIG_REGISTRY >> seen"
    (folder / "Dockerfile").write_text(f"FROM {base}\nWORKDIR /site\nCOPY . .\nRUN {script}\nENTRYPOINT []\n")
    built = engine.client.images.get(build_folder(engine, folder))
    said = engine.client.containers.run(
        built, ["sh", "-c", "ls; cat seen; test ! -e /run/backfit-build"], remove=True
    ).decode()
    attributes = json.dumps([built.attrs, built.history()])
    engine.client.images.remove(str(built.id), force=True)
    lines = ["kept.txt", "seen", "PEM of the hosthttps://index.example/simple https://npm.example/"]
    assert said.splitlines() == lines
    assert "echo $PIP_INDEX_URL" in attributes
    assert [
        lent for lent in ("secret", "index.example", "npm.example", "/run/backfit-build") if lent in attributes
    ] == []


@pytest.mark.docker
@pytest.mark.slow
def test__build_folder__step_that_fails__shows_the_last_lines_and_leaves_no_container(
    engine: Engine, base: str, run_id: str, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM {base}\nLABEL backfit.test={run_id}\nRUN echo tried hard && exit 3\n")
    with pytest.raises(EnvironmentFailed, match="returned a non-zero code: 3") as caught:
        build_folder(engine, tmp_path)
    assert "| tried hard" in str(caught.value)
    mine = {"label": f"backfit.test={run_id}"}
    assert engine.client.containers.list(all=True, filters=dict(mine), ignore_removed=True) == []
