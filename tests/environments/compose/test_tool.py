from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.compose.tool import compose_variables, compose_words, resolved_config
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.model.errors import BadFile, EnvironmentFailed


@pytest.mark.compose
def test__resolved_config__a_file_and_one_over_it__are_one_with_absolute_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET", "of the user")
    (tmp_path / ".env").write_text("TAG=1.5")
    (tmp_path / "a.yaml").write_text(
        "services: {web: {image: 'x:${TAG}', volumes: ['./data:/d'], environment: {S: '${A_SECRET:-}'}}}"
    )
    (tmp_path / "b.yaml").write_text("services: {web: {command: run}}")
    web = resolved_config([tmp_path / "a.yaml", tmp_path / "b.yaml"])["services"]["web"]
    assert web["image"] == "x:1.5"
    assert str(tmp_path / "data") in str(web["volumes"])
    assert not web["environment"]["S"]
    assert "run" in str(web["command"])


@pytest.mark.compose
@pytest.mark.parametrize("text", ["services: {web: {imgae: x}}", "services: [", "a: b"])
def test__resolved_config__a_file_that_compose_refuses__is_refused_in_its_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(BadFile, match=r"docker compose refuses it: .+") as caught:
        resolved_config([tmp_path / "a.yaml"])
    assert caught.value.where == str(tmp_path / "a.yaml")


def test__compose_words__nowhere__says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFailed, match="which is not here"):
        compose_words()


def test__compose_variables__of_the_users__hold_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "of the user")
    variables = compose_variables()
    assert "A_SECRET" not in variables
    assert variables[ENVIRONMENT_VARIABLE] == current_owner().token
