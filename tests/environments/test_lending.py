from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments import plugin_init
from harness.environments.lending import Lending, own_mount


@pytest.fixture
def lent(tmp_path: Path) -> Path:
    """A folder that everybody may read, with a file in it."""
    folder = tmp_path / "lent"
    folder.mkdir(mode=0o755)
    (folder / "file").write_text("text")
    (folder / "link").symlink_to("/nowhere")
    return folder


def test__mounts__what_everybody_may_read__is_lent_itself_once_and_read_only(lent: Path, tmp_path: Path) -> None:
    mounts = list(Lending().mounts([lent / "file", lent, lent], tmp_path / "made"))
    assert [(each["Source"], each["Target"], each["ReadOnly"]) for each in mounts] == [(str(lent), str(lent), True)]


@pytest.mark.parametrize(("closed", "path"), [(".", "."), ("file", "."), ("file", "file")])
def test__mounts__what_only_its_owner_may_read__is_lent_as_a_copy(
    lent: Path, tmp_path: Path, closed: str, path: str
) -> None:
    (lent / closed).chmod(0o700 if closed == "." else 0o600)
    (tmp_path / "made").mkdir()
    [mount] = Lending().mounts([lent / path], tmp_path / "made")
    source = Path(mount["Source"])
    assert (mount["Target"], source.is_relative_to(tmp_path / "made")) == (str(lent / path), True)
    assert source.stat().st_mode & 0o444 == 0o444
    assert (source / "file" if path == "." else source).read_text() == "text"


def test__own_mount__holds_the_first_process_and_what_the_scratch_folder_begins_with(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    (scratch / "home").mkdir(parents=True, mode=0o700)
    (scratch / "job").write_text("work")
    (scratch / "job").chmod(0o600)
    mount = own_mount(tmp_path / "own", scratch)
    assert (mount["Target"], mount["ReadOnly"]) == (plugin_init.PLACE, True)
    own = Path(mount["Source"])
    assert sorted(each.name for each in own.iterdir()) == ["given", "plugin_init.py"]
    assert (own / "given/job").read_text() == "work"
    assert [oct((own / "given" / name).stat().st_mode & 0o777) for name in ("home", "job")] == ["0o755", "0o644"]
