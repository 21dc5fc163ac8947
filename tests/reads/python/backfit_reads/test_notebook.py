"""The file that is told in: whole lines, bounded, and never the plugin's business."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.reads.lines import read_told
from harness.reads.python.backfit_reads import notebook


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    notebook.open_at(str(tmp_path / "reads"))
    yield tmp_path / "reads"
    notebook.open_at("")


def test__remark__twice__is_told_once(file: Path) -> None:
    for _ in range(2):
        notebook.remark(f'of "{file.parent.name}" é\n')
    assert read_told(file).notes == {f'of "{file.parent.name}" é\n': 1}


def test__quietly__an_error__is_a_remark_and_gives_none(file: Path) -> None:
    def track(what: str) -> None:
        raise ValueError(f"{what} {file.parent.name}")

    assert notebook.quietly(track)("of ours") is None
    [note] = read_told(file).notes
    assert note == f"the tracking of reads failed: track: ValueError: of ours {file.parent.name}"


def test__quietly__an_interruption__is_let_through() -> None:
    def track() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        notebook.quietly(track)()


def test__tell__into_a_folder_that_is_gone__tells_nothing(tmp_path: Path) -> None:
    notebook.open_at(str(tmp_path / "gone" / "reads"))
    notebook.tell(["line\n"])
    notebook.open_at("")
    assert not (tmp_path / "gone").exists()


def test__tell__into_a_full_file__leaves_it_as_it_is(file: Path) -> None:
    with file.open("wb") as full:
        full.truncate(notebook.LARGEST_FILE)
    notebook.tell(["line\n"])
    assert file.stat().st_size == notebook.LARGEST_FILE


def test__tell__with_no_descriptor_left_open__leaves_none(file: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    notebook.tell(["line\n"])
    assert (file.read_text(), len(list(Path("/proc/self/fd").iterdir()))) == ("line\n", before)
