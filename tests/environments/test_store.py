from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from harness.environments.owner import current_owner
from harness.environments.store import (
    COMPLETE,
    cache_folder,
    content_key,
    file_name,
    half_installs,
    kept,
    locked,
    scratch_folder,
    scratch_folders,
    write_whole,
)
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import eventually, ignore


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"BACKFIT_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/backfit"),
        ({"HOME": "/c"}, "/c/.cache/backfit"),
    ],
)
def test__cache_folder__variables__the_nearest_wins(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("BACKFIT_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(expected)


def test__kept__second_time__is_not_made_again() -> None:
    made: list[Path] = []

    def make(folder: Path) -> dict[str, str]:
        made.append(folder)
        (folder / "it").touch()
        return {"a": "1"}

    first, second = kept("key", make, ignore), kept("key", make, ignore)
    assert first == second == (made[0], {"a": "1"})
    assert len(made) == 1


def test__kept__half_made_by_a_killed_run__is_made_anew() -> None:
    half = cache_folder() / "installs" / "key"
    half.mkdir(parents=True)
    (half / "rubbish").touch()
    folder, _ = kept("key", lambda folder: {}, ignore)
    assert [each.name for each in folder.iterdir()] == [COMPLETE]


@pytest.mark.parametrize("error", [EnvironmentFailed("no"), KeyboardInterrupt()])
def test__kept__interrupted__leaves_nothing(error: BaseException) -> None:
    def make(folder: Path) -> dict[str, str]:
        (folder / "it").touch()
        raise error

    with pytest.raises(type(error)):
        kept("key", make, ignore)
    assert list((cache_folder() / "installs").iterdir()) == []


def test__kept__cache_that_cannot_be_written__is_the_environments_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(EnvironmentFailed, match=r"cannot write: Not a directory\n.*BACKFIT_CACHE"):
        kept("key", lambda folder: {}, ignore)


def test__kept__full_disk__is_the_environments_fault(tmp_path: Path) -> None:
    """A real full disk: a file system of 64 KiB, in a mount namespace of its own."""
    namespace = ["unshare", "--map-root-user", "--mount"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no mount namespace can be made here")
    text = (
        "from harness.environments.store import kept\n"
        "kept('key', lambda folder: {'it': str((folder / 'it').write_bytes(bytes(1 << 20)))}, print)"
    )
    script = f'mount -t tmpfs -o size=64k none {tmp_path} && exec {sys.executable} -c "$0"'
    environment = {"BACKFIT_CACHE": str(tmp_path / "cache"), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [*namespace, "sh", "-c", script, text], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert "EnvironmentFailed" in done.stderr
    assert "cannot write: No space left on device" in done.stderr


def test__locked__held_by_another__tells_and_waits() -> None:
    told: list[str] = []
    order: list[str] = []

    def second() -> None:
        with locked("name", told.append):
            order.append("second")

    thread = threading.Thread(target=second)
    with locked("name", ignore):
        thread.start()
        assert eventually(lambda: bool(told))
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test__half_installs__being_made__is_not_one() -> None:
    (cache_folder() / "installs" / "left").mkdir(parents=True)

    def make(folder: Path) -> dict[str, str]:
        assert [each.name for each in half_installs()] == ["left"]
        return {}

    kept("key", make, ignore)


def test__scratch_folders__new_one__is_known_by_its_owner() -> None:
    folder = scratch_folder("run 1/../x", "old")
    assert list(scratch_folders()) == [(folder, current_owner())]
    assert folder.parent == cache_folder() / "runs"


def test__content_key__equal_parts__equal_keys() -> None:
    assert content_key("a", ["b"]) == content_key("a", ("b",)) != content_key("a", "b")


@pytest.mark.parametrize(("text", "name"), [("a b/../c", "a-b-c"), ("///", "run"), ("x" * 99, "x" * 60)])
def test__file_name__any_text__is_one_harmless_name(text: str, name: str) -> None:
    assert file_name(text) == name


def test__write_whole__again__replaces(tmp_path: Path) -> None:
    write_whole(tmp_path / "f", "1")
    write_whole(tmp_path / "f", "2")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir() if each.is_file()] == [("f", "2")]
