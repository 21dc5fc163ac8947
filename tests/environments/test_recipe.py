from __future__ import annotations

import json
import platform
import subprocess
from pathlib import Path

import pytest

from harness.environments.recipe import (
    Recipe,
    node_package,
    package_name,
    plugin_recipe,
    recipe_for,
    recipes,
    version_of,
    versions,
    writing,
)
from harness.environments.spec.lock import LockedPackages
from tests.environments.tiny import Write

NODE = f"node-linux-{'arm64' if platform.machine() == 'aarch64' else 'x64'}@22"


@pytest.mark.parametrize(
    ("side", "plugin", "expected"),
    [
        ("{pip: [a, b]}", "{name: p}", Recipe(pip=("a", "b"))),
        ("{pip: []}", "{name: p, pip: p==1, into: own}", Recipe(pip=())),
        ("{pip: [a]}", "{name: p, pip: p==1, into: system}", Recipe(pip=("a", "p==1"))),
        ("{npm: a@1}", "{name: p, npm: p@1, into: system}", Recipe(npm=("a@1", "p@1"))),
        ("{npm: a@1, node: 22}", "{name: p, pip: p, into: system}", Recipe(pip=("p",), npm=(NODE, "a@1"))),
    ],
)
def test__recipe_for__side_and_plugin__are_installed_together(
    write: Write, side: str, plugin: str, expected: Recipe
) -> None:
    assert recipe_for(write({"{pip: [], options: one}": side, "{name: plug}": plugin}), "old") == expected


@pytest.mark.parametrize(
    ("plugin", "expected"),
    [
        ("{name: p, pip: p==1}", Recipe(pip=("p==1",))),
        ("{name: p, npm: [p@1]}", Recipe(npm=("p@1",))),
        ("{name: p, pip: p==1, into: system}", None),
        ("{name: p}", None),
    ],
)
def test__plugin_recipe__into_own__is_apart(write: Write, plugin: str, expected: Recipe | None) -> None:
    assert plugin_recipe(write({"{name: plug}": plugin})) == expected


def test__steps__both_installers__in_one_folder() -> None:
    recipe = Recipe(pip=("a==1",), npm=(NODE, "b@1"))
    venv, pip, npm = (step.argv for step in recipe.steps("/f", "py"))
    assert venv == ("py", "-m", "venv", "/f/python")
    assert pip[:4] == ("/f/python/bin/python", "-m", "pip", "install")
    assert pip[-1] == "a==1"
    assert npm[:4] == ("npm", "install", "--prefix", "/f/node")
    node = f"/f/node/node_modules/{NODE.partition('@')[0]}/bin"
    assert recipe.bin_folders("/f") == [node, "/f/python/bin", "/f/node/node_modules/.bin"]
    assert (recipe.modules("/f"), Recipe(pip=("a==1",)).modules("/f")) == ("/f/node/node_modules", None)


def test__steps__no_requirement__make_a_bare_environment() -> None:
    assert [step.argv for step in Recipe(pip=()).steps("/f", "py")] == [
        ("py", "-m", "venv", "--without-pip", "/f/python")
    ]
    assert Recipe(pip=()).listings("/f") == []


def test__versions__of_both_listings__are_read() -> None:
    pip = json.dumps([{"name": "Data_Sette.x", "version": "0.64.8"}])
    packages = {"node_modules/@a/b": {"version": "2"}, "node_modules/c/node_modules/d": {"version": "9"}}
    assert versions([pip, json.dumps({"packages": packages})]) == {"data-sette-x": "0.64.8", "@a/b": "2"}


@pytest.mark.parametrize(
    ("name", "requirements", "expected"),
    [
        ("b", ["a==1", "B>=2"], "2.1"),
        ("the system", ["a==1", "b"], "1.0"),
        ("x", [NODE, "a@1"], "1.0"),
        ("x", [], None),
        ("x", ["git+file:///x"], None),
    ],
)
def test__version_of__the_named_package_else_the_first__is_reported(
    name: str, requirements: list[str], expected: str | None
) -> None:
    assert version_of(name, requirements, {"a": "1.0", "b": "2.1"}) == expected


@pytest.mark.parametrize(
    ("requirement", "name"),
    [("datasette==0.64.8", "datasette"), ("a[x,y]>1; python_version>'3'", "a"), ("@a/b@2", "@a/b"), ("A_b.c", "a-b-c")],
)
def test__package_name__of_a_requirement__is_normalised(requirement: str, name: str) -> None:
    assert package_name(requirement) == name


def test__node_package__version__is_this_machines() -> None:
    assert node_package("22") == (NODE,)
    assert node_package(None) == ()


LOCKED = LockedPackages.model_validate(
    {
        "asked": ["a==1", "b@1"],
        "pip": {name: {"version": "1", "sha256": digit * 64} for name, digit in (("a", "0"), ("c", "1"))},
        "npm": {"": {"dependencies": {"b": "1"}}, "node_modules/b": {"version": "1", "integrity": "sha512-x"}},
    }
)


def test__steps__locked__install_the_full_set_by_hashes() -> None:
    recipe = Recipe(pip=("a==1",), npm=("b@1",), locks={"docker": LOCKED})
    _, requirements, pip, *npm = recipe.steps("/f", "py")
    pinned = "".join(f"{name}==1 --hash=sha256:{digit * 64}\n" for name, digit in (("a", "0"), ("c", "1")))
    assert requirements.argv[-2:] == (pinned, "/f/requirements.txt")
    assert {"--no-deps", "--require-hashes", "/f/requirements.txt"} <= set(pip.argv)
    assert [step.argv[-1] for step in npm[:3]] == ["/f/node", "/f/node/package.json", "/f/node/package-lock.json"]
    assert npm[-1].argv[:2] == ("npm", "ci")
    unlocked = Recipe(pip=("a==1",), npm=("b@1",))
    assert recipe.steps("/f", "py", "process") == unlocked.steps("/f", "py", "process") == unlocked.steps("/f", "py")


@pytest.mark.parametrize("text", ["a\n%s \\n \"'$HOME", "long " * 40_000, "ø" * 70_000])
def test__writing__any_text__is_in_the_file(tmp_path: Path, text: str) -> None:
    for step in writing(str(tmp_path / "file"), text):
        subprocess.run(step.argv, check=True)
    assert (tmp_path / "file").read_text() == text


def test__recipes__of_an_environment__are_those_with_packages(write: Write) -> None:
    environment = write({"{pip: [], options: one}": "{pip: [a]}", "{name: plug}": "{name: p, npm: p@1}"})
    assert {name: recipe.asked for name, recipe in recipes(environment).items()} == {"old": ("a",), "plugin": ("p@1",)}
