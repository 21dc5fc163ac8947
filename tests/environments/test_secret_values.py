from __future__ import annotations

import pytest

from harness.environments.secret_values import plain, secrets_of
from harness.environments.spec import Secret
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write


def test__plain__each_place__gives_the_text(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(key__txt="from a file\r\n").folder
    monkeypatch.setenv("TOKEN", "from a variable")
    values: list[str | Secret] = ["as it is", Secret(env="TOKEN"), Secret.model_construct(file="key.txt", env=None)]
    assert [plain(value, folder) for value in values] == ["as it is", "from a variable", "from a file"]


@pytest.mark.parametrize(
    ("secret", "told"),
    [
        (Secret.model_construct(env="NOT_SET", file=None), "the secret $NOT_SET is not set\n  export NOT_SET=…"),
        (Secret.model_construct(env=None, file="none.txt"), "a secret cannot be read: "),
    ],
)
def test__plain__secret_that_is_not_there__is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch, secret: Secret, told: str
) -> None:
    monkeypatch.delenv("NOT_SET", raising=False)
    with pytest.raises(EnvironmentFailed) as caught:
        plain(secret, write().folder)
    assert told in str(caught.value)


def test__secrets_of__an_environment__are_those_of_sides_and_services(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        monkeypatch.setenv(f"SECRET_{name.upper()}", f"{name}{name}")
    environment = write(
        {
            "one}": "one, env: {X: {env: SECRET_B}, Y: plain}}",
            "two}": "two, env: {X: {env: SECRET_A}}}",
            "plugin:": "services: {db: {debian: redis, env: {P: {env: SECRET_C}, Q: {env: SECRET_A}}}}\nplugin:",
        }
    )
    assert secrets_of(environment) == ["aa", "bb", "cc"]
