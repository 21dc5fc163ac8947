from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from harness.environments.spec.lock import Lock
from harness.parity.described import asked_of_environment, asked_of_lock, environment_facts, lock_facts
from tests.environments.tiny import SERVER, TINY

LOCK = Lock.model_validate(
    {
        "schema": "backfit/lock/v1",
        "process": {
            "host": {"python": "3.11"},
            "browser": {"name": "chromium", "version": "137.0.1"},
            "old": {
                "asked": ["dep==1"],
                "pip": {"dep": {"version": "1", "sha256": "a" * 64}},
                "npm": {
                    "": {},
                    "node_modules/x": {"version": "1"},
                    "node_modules/y/node_modules/x": {"version": "2"},
                },
            },
        },
    }
)


def tiny(folder: Path, text: str = TINY) -> Environment:
    folder.mkdir(exist_ok=True)
    (folder / "environment.yaml").write_text(text)
    (folder / "server.py").write_text(SERVER)
    return load_environment(folder)


def test__environment_facts__of_what_is_said__and_of_nothing_else(tmp_path: Path) -> None:
    found = environment_facts(tiny(tmp_path / "a"))
    assert {group for group, _ in found} == {"host", "system", "old", "new", "plugin", "scenario", "files"}
    assert found["host", "timezone"].value == "Europe/London"
    assert (found["old", "pip"].subject, found["old", "pip"].name) == ("system", "version")
    assert found["files", "server.py"].value.startswith("sha256 ")


def test__environment_facts__of_an_overlay__are_those_of_the_same_said_in_one_file(tmp_path: Path) -> None:
    whole = tiny(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/environment.yaml").write_text("extends: ../a")
    assert environment_facts(load_environment(tmp_path / "b")) == environment_facts(whole)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("locked old (process)", "dep"), ("pip", "1")),
        (("locked old (process)", "x"), ("npm", "1, 2")),
        (("locked (process)", "version"), ("browser", "chromium 137.0.1")),
        (("locked (process)", "python"), ("os", "3.11")),
    ],
)
def test__lock_facts__a_lock__says_versions(key: tuple[str, str], expected: tuple[str, str]) -> None:
    fact = lock_facts(LOCK)[key]
    assert (fact.subject, fact.value) == expected


def test__asked__of_an_environment_and_its_lock__are_in_the_same_words(tmp_path: Path) -> None:
    environment = tiny(tmp_path / "a", TINY.replace("{pip: [], options: one}", "{pip: [dep==2], options: one}"))
    asked, locked = asked_of_environment(environment, LOCK), asked_of_lock(LOCK)
    key = ("asked old (process)", "dep")
    assert (asked[key].value, locked[key].value) == ("dep==2", "dep==1")
    assert {group for group, _ in locked} <= {group for group, _ in asked}
