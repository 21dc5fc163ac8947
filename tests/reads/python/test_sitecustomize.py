"""Python starts with tracking on, however it is started, and is otherwise as it would have been."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reads.running import run, run_both
from tests.reads.site import Site

ASK = "import json, urllib.request as u\nwith u.urlopen({url!r} + '/items') as a: print(json.load(a)['total'])\n"
TOTAL = {"status read", "$.total read"}
OTHERS = sorted(Path.home().glob(".pyenv/versions/*/bin/python"))


@pytest.fixture
def plugin(site: Site, tmp_path: Path) -> Path:
    (tmp_path / "plugin.py").write_text(ASK.format(url=site.url))
    (tmp_path / "test_it.py").write_text("def test_it():\n    import plugin")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["plugin.py"],
        ["-m", "plugin"],
        ["-c", "import plugin"],
        ["-O", "-u", "plugin.py"],
        ["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"],
    ],
)
def test__python__started_in_each_way__tracks(words: list[str], plugin: Path) -> None:
    found = run([sys.executable, *words], plugin)
    assert (found.code, found.reads, found.told.notes) == (0, TOTAL, {})


def test__python__told_to_ignore_its_environment__tells_nothing(plugin: Path) -> None:
    found = run_both([sys.executable, "-E", "plugin.py"], plugin)
    assert (found.reads, found.told.started) == (set(), False)


def test__virtual_environment__of_the_plugin__tracks_too(plugin: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "venv"], cwd=plugin, check=True)
    assert run_both([plugin / "venv/bin/python", "plugin.py"], plugin).reads == TOTAL


def test__search_path_and_modules__are_as_without_tracking(plugin: Path) -> None:
    (plugin / "plugin.py").write_text("import sys; print(sys.path, 'json' in sys.modules, 'http' in sys.modules)")
    run_both([sys.executable, "plugin.py"], plugin)


@pytest.mark.parametrize("body", ["print('hello')", "import sys; sys.mine = 1; print('hello')", "import not_there"])
def test__sitecustomize__of_the_plugin_itself__runs_as_before(body: str, plugin: Path) -> None:
    (plugin / "mine").mkdir()
    (plugin / "mine/sitecustomize.py").write_text(body)
    more = {"PYTHONPATH": str(plugin / "mine")}
    (plugin / "plugin.py").write_text("import sys; print(getattr(sys, 'mine', 0), sys.path)")
    plain = run([sys.executable, "plugin.py"], plugin, tracked=False, more=more)
    found = run([sys.executable, "plugin.py"], plugin, more=more)
    assert (found.code, found.out, found.err.splitlines()[:1]) == (plain.code, plain.out, plain.err.splitlines()[:1])


def test__python__that_makes_no_call__says_nothing(plugin: Path) -> None:
    found = run_both([sys.executable, "-m", "json.tool", "--help"], plugin)
    assert (found.told.started, found.told.accesses) == (False, [])


@pytest.mark.parametrize("python", [sys.executable, *map(str, OTHERS)])
def test__python__of_another_version__runs_as_before(python: str, plugin: Path) -> None:
    (plugin / "plugin.py").write_text("import sys\nprint(len(sys.path))\nraise SystemExit(3)")
    found, plain = run([python, "plugin.py"], plugin), run([python, "plugin.py"], plugin, tracked=False)
    assert (found.code, found.err, found.out) == (3, plain.err, plain.out)
