from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.environments.launch import Scratch
from harness.environments.workspaces import Workspaces, replace_data
from harness.model.errors import UsageError


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    found = Scratch(tmp_path / "start")
    for folder in (found.workspace, found.home):
        folder.mkdir(parents=True)
    (found.workspace / "data").write_text("then")
    (found.workspace / "link").symlink_to("data")
    return found


def test__kept__what_was_kept__is_as_it_was_then(scratch: Scratch) -> None:
    workspaces = Workspaces("run-1")
    os.mkfifo(scratch.workspace / "left-over")
    workspaces.keep("web (old)", "one", scratch)
    (scratch.workspace / "data").write_text("now")
    (scratch.workspace / "later").touch()
    replace_data(workspaces.kept("web (old)", "one"), scratch)
    assert sorted(each.name for each in scratch.workspace.iterdir()) == ["data", "link"]
    assert ((scratch.workspace / "data").read_text(), (scratch.workspace / "link").is_symlink()) == ("then", True)


def test__keep__the_same_name_again__is_the_newer_one(scratch: Scratch, cache: Path) -> None:
    workspaces = Workspaces("run-1")
    workspaces.keep("web (old)", "one", scratch)
    (scratch.workspace / "data").write_text("now")
    workspaces.keep("web (old)", "one", scratch)
    assert (workspaces.kept("web (old)", "one").workspace / "data").read_text() == "now"
    assert len(list((cache / "runs").iterdir())) == 1


def test__kept__name_that_is_not_there__offers_the_nearest(scratch: Scratch) -> None:
    workspaces = Workspaces("run-1")
    workspaces.keep("web (old)", "full", scratch)
    workspaces.keep("web (new)", "fill", scratch)
    with pytest.raises(UsageError, match=r"web \(old\) has no snapshot 'ful'") as caught:
        workspaces.kept("web (old)", "ful")
    assert caught.value.hint == "did you mean 'full'?  known: full"
    assert not workspaces.has("web (old)", "fill")


def test__close__leaves_nothing(scratch: Scratch, cache: Path) -> None:
    workspaces = Workspaces("run-1")
    workspaces.keep("web (old)", "one", scratch)
    workspaces.close()
    assert list((cache / "runs").iterdir()) == []
