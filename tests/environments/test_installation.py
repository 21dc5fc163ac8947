from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.environments.installation import install, install_plugin
from harness.environments.recipe import Recipe, node_package
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, ignore

Wheels = Callable[[str, str], None]


@pytest.mark.slow
def test__install__two_versions__each_in_its_own_place_and_once(wheels: Wheels) -> None:
    wheels("alpha", "1.0")
    wheels("alpha", "2.0")
    told: list[str] = []
    old, new = (install(Recipe(pip=(f"alpha=={version}",)), told.append) for version in ("1.0", "2.0"))
    assert (old.versions["alpha"], new.versions["alpha"]) == ("1.0", "2.0")
    outputs = [subprocess.check_output([f"{each.bin_folders[0]}/alpha"], text=True) for each in (old, new)]
    assert outputs == ["1.0\n", "2.0\n"]
    assert old.path() == f"{old.bin_folders[0]}:{os.environ['PATH']}"
    again = install(Recipe(pip=("alpha==1.0",)), told.append)
    assert (again.folder, again.versions) == (old.folder, old.versions)
    assert len(told) == 4


@pytest.mark.slow
def test__install__no_such_package__shows_pips_last_lines_and_leaves_nothing(wheels: Wheels, cache: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="No matching distribution found for alpha"):
        install(Recipe(pip=("alpha==3.0",)), ignore)
    assert list((cache / "installs").iterdir()) == []


@pytest.mark.slow
def test__install_plugin__into_own__has_its_own_python(write: Write, wheels: Wheels) -> None:
    wheels("plug", "0.2")
    plugin = install_plugin(write({"{name: plug}": "{name: plug, pip: plug==0.2}"}), ignore)
    assert plugin is not None
    assert plugin.python is not None
    assert subprocess.check_output([plugin.python, "-c", "import plug; plug.main()"], text=True) == "0.2\n"


def test__install_plugin__beside_the_system__is_none(write: Write) -> None:
    assert install_plugin(write(), ignore) is None


def test__install__backfits_own_python_settings__do_not_leak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    assert install(Recipe(pip=()), ignore).python is not None


@pytest.mark.npm
@pytest.mark.slow
def test__install__npm_with_a_node_version__runs_with_it() -> None:
    installed = install(Recipe(npm=(*node_package("20"), "is-odd@3.0.1")), ignore)
    assert installed.versions["is-odd"] == "3.0.1"
    assert installed.python is None
    variables = {"PATH": installed.path(), "NODE_PATH": str(installed.modules)}
    said = subprocess.check_output(["node", "-p", "process.version + require('is-odd')(3)"], env=variables, text=True)
    assert said.startswith("v20.")
    assert said.endswith("true\n")
