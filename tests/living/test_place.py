from __future__ import annotations

import fcntl
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from harness.environments import load_environment
from harness.environments.owner import current_owner
from harness.living.place import Place, State, _is_ours, place_of, places
from harness.model.errors import UsageError
from tests.living.home import write_home

MINE = State("tiny", "/x/environment.yaml", "old", current_owner().token, 1.0)


def gone() -> str:
    """The token of a process that has ended: our pid, started at another time."""
    pid, _, rest = MINE.owner.split("-", 2)
    return f"{pid}-1-{rest}"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "up" / "tiny-old")


def test__state__written__is_read_again(place: Place) -> None:
    state = replace(MINE, phase="up", url="http://127.0.0.1:1", containers={"system": "abc"})
    with place.held():
        place.write(state)
        assert place.read() == state
    assert place.read() is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "backfit/up/v9"}', '{"schema": "backfit/up/v1", "odd": 1}']
)
def test__state__that_cannot_be_read__is_none(place: Place, text: str) -> None:
    with place.held():
        (place.folder / "state.json").write_text(text)
        assert place.read() is None


@pytest.mark.parametrize(
    ("state", "address"),
    [(replace(MINE, url="http://a"), "http://a"), (replace(MINE, url="http://a", front="http://b"), "http://b")],
)
def test__address__behind_a_front__is_the_fronts(state: State, address: str) -> None:
    assert state.address == address


def test__held__a_second_time__is_refused_and_then_free_again(place: Place) -> None:
    with place.held(), pytest.raises(UsageError, match="another command"), place.held(patience=0.05):
        pass
    with place.held():
        assert place.folder.is_dir()
    assert not place.folder.exists()


def test__held__where_the_one_before_removes_the_folder__locks_the_new_one(place: Place) -> None:
    place.folder.mkdir(parents=True)
    with (place.folder / "lock").open("w") as old:
        fcntl.flock(old, fcntl.LOCK_EX)
        (place.folder / "lock").unlink()
        with place.held():
            assert (place.folder / "lock").stat().st_ino != os.fstat(old.fileno()).st_ino
            with pytest.raises(UsageError), place.held(patience=0):
                pass


@pytest.mark.parametrize(
    ("owner", "swept"), [(gone(), True), (MINE.owner, False), ("nonsense", True)], ids=["gone", "alive", "odd"]
)
def test__sweep__by_owner__removes_what_gone_keepers_left(place: Place, owner: str, swept: bool) -> None:
    place.folder.mkdir(parents=True)
    place.write(replace(MINE, owner=owner))
    assert place.sweep() is swept
    assert place.folder.exists() is not swept


def test__sweep__of_what_is_just_being_started__leaves_it(place: Place) -> None:
    with place.held():
        assert not place.sweep()
        assert place.folder.is_dir()


def test__place_of__two_of_one_name__are_apart(tmp_path: Path) -> None:
    here, there = (load_environment(write_home(tmp_path / folder)) for folder in ("a", "b"))
    assert here.name == there.name
    found = {place_of(each, side, tmp_path).folder for each in (here, there) for side in ("old", "new")}
    assert len(found) == 4
    assert all(folder.parent == tmp_path / ".backfit/up" for folder in found)


def test__places__of_a_workspace__are_its_folders(tmp_path: Path, place: Place) -> None:
    assert places(tmp_path) == []
    (tmp_path / ".backfit/up/x").mkdir(parents=True)
    assert places(tmp_path) == [Place(tmp_path / ".backfit/up/x")]


def test__state__on_the_disk__holds_no_variables(place: Place) -> None:
    with place.held():
        place.write(MINE)
        assert "variables" not in json.loads((place.folder / "state.json").read_text())


@pytest.mark.parametrize("replaced", [False, True])
def test__lock__whose_file_was_removed_meanwhile__is_not_ours(place: Place, replaced: bool) -> None:
    place.folder.mkdir(parents=True)
    file = place.folder / "lock"
    with file.open("w") as opened:
        file.unlink()
        if replaced:
            file.touch()
        assert not _is_ours(opened.fileno(), file)
    with file.open("w") as opened:
        assert _is_ours(opened.fileno(), file)
