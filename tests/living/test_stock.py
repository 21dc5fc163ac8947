from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from harness.environments.store import COMPLETE, kept
from harness.living.stock import Kept, stock, unused_for
from tests.environments.tiny import ignore

DAY = 86400.0


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    return tmp_path / "cache"


def make(folder: Path) -> dict[str, str]:
    (folder / "big").write_bytes(b"x" * 100_000)
    (folder / "same").hardlink_to(folder / "big")
    return {}


def installation(key: str, days: float) -> Path:
    folder, _ = kept(key, make, ignore)
    os.utime(folder / COMPLETE, times=(time.time() - days * DAY,) * 2)
    return folder


def test__stock__what_was_not_used_for_long__is_removed_and_made_anew(cache: Path) -> None:
    old, new = installation("old", 40), installation("new", 3)
    found = stock()
    assert [each.name for each in found] == [f"installation {old}", f"installation {new}"]
    assert all(100_000 <= each.size < 150_000 for each in found)  # a file with two names is there once
    [each] = unused_for(30 * DAY, found)
    each.remove()
    assert (old.exists(), new.exists()) == (False, True)
    assert kept("old", make, ignore)[0] == old
    assert (old / "big").exists()


def test__stock__what_a_process_uses__is_left_out(cache: Path) -> None:
    old = installation("old", 40)
    with subprocess.Popen(["sleep", "60"], env={"PATH": f"{old}/bin:/usr/bin:/bin"}) as process:
        assert stock() == []
        process.kill()
    assert len(stock()) == 1


def test__stock__used_again__counts_from_now(cache: Path) -> None:
    installation("old", 40)
    kept("old", make, ignore)
    assert unused_for(30 * DAY, stock()) == []


def test__stock__files_of_packages__are_things_as_well(cache: Path) -> None:
    file = cache / "offline" / "chart.js" / "2.9.4" / "chart.js"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    [each] = stock()
    assert each.name == f"package {cache}/offline/chart.js"
    assert unused_for(DAY, [each]) == []
    each.remove()
    assert stock() == []


def test__stock__half_made__is_left_to_reaping(cache: Path) -> None:
    (cache / "installs" / "half").mkdir(parents=True)
    assert stock() == []


def test__unused_for__no_time__is_everything() -> None:
    thing = Kept("x", 1, time.time() - 1, lambda: None)
    assert unused_for(0, [thing]) == [thing]
