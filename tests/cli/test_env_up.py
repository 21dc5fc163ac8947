from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.living.dwellers import dwellers
from tests.cli.conftest import Backfit
from tests.environments.tiny import get
from tests.living.home import stand_apart, write_home
from tests.living.test_front import SHIM


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    write_home(tmp_path)
    yield
    for each in dwellers(tmp_path):
        each.down()


def test__up__and_down__tell_where_it_is_and_that_it_is_gone(backfit: Backfit, tmp_path: Path) -> None:
    first = backfit("env", "up", "tiny", "--side", "both")
    assert first.code == 0
    old, new = dwellers(tmp_path)
    assert first.out.startswith(f"tiny (old) is up: {old.state.url}\n  tiny old   process, because no Docker engine")
    assert f"\ntiny (new) is up: {new.state.url}\n" in first.out
    assert "`backfit env down tiny` ends it" in first.out
    assert "… starting tiny (old)\n" in first.err
    assert get(f"{old.state.url}/$BACKFIT_SIDE") == "old"
    again = backfit("env", "up", "tiny")
    assert again.out.startswith(f"tiny (old) is up already: {old.state.url}\n")
    assert "`backfit env down tiny --side old` ends it" in again.out
    assert backfit("env", "down", "tiny", "--side", "old").out == "tiny (old) is down\n"
    assert backfit("env", "down", "--all").out == "tiny (new) is down\n"
    assert backfit("env", "down", "--all").out == "nothing is up\n"


def test__up__behind_a_shim__tells_both_addresses(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "x.shim.yaml").write_text(SHIM)
    out = backfit("env", "up", "tiny", "--side", "new", "--shim", "x.shim.yaml").out
    [there] = dwellers(tmp_path)
    assert out.startswith(f"tiny (new) is up: {there.state.front}\n")
    assert f"\n  behind {tmp_path}/x.shim.yaml, the system itself is at {there.state.url}\n" in out
    with urllib.request.urlopen(f"{there.state.front}/server.py", timeout=10) as answer:
        assert answer.headers["x-shimmed"] == "yes"


def test__up__that_fails__has_the_last_lines_and_exit_code_3(backfit: Backfit, tmp_path: Path) -> None:
    write_home(tmp_path, {"python3 server.py {host} {port} {options}": "python3 nonsense.py"})
    result = backfit("env", "up", "tiny")
    assert (result.code, result.out) == (3, "")
    assert "tiny (old) died at start" in result.err
    assert "can't open file" in result.err
    assert "✓" not in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["up", "tinny"], "did you mean 'tiny'?"),
        (["up", "tiny", "--shim", "x.yaml"], "a shim stands before the new version"),
        (["up", "tiny", "--side", "new", "--shim", "gone.yaml"], "gone.yaml"),
        (["up", "tiny", "--side", "both", "--port", "8080"], "one port cannot lead to both"),
        (["up", "tiny", "--frozen"], "environment.lock"),
    ],
)
def test__up__what_cannot_be__is_told_with_exit_code_2(backfit: Backfit, arguments: list[str], said: str) -> None:
    result = backfit("env", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
