from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.atomic import journal, write_atomically
from harness.model.errors import EnvironmentFailed, UsageError


def test__write__to_a_new_file_and_over_an_old_one__leaves_that_file_alone_in_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "a"
    for content in (b"first", b"second"):
        write_atomically(file, [content, b"!"])
        assert file.read_bytes() == content + b"!"
    assert list(tmp_path.iterdir()) == [file]


def test__write__when_the_source_fails_midway__keeps_the_old_file_and_no_other(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("no more")

    file = tmp_path / "a"
    file.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_atomically(file, failing())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["missing/a", "file/a", "folder", "."])
def test__write__where_no_file_can_be__is_a_usage_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written") as caught:
        write_atomically(tmp_path / name, [b"x"])
    assert caught.value.where == str(tmp_path / name)


def test__write__on_a_full_disk__says_that_the_environment_failed() -> None:
    def full() -> Iterator[bytes]:
        raise OSError(28, "No space left on device")
        yield b""

    with pytest.raises(EnvironmentFailed, match="No space left"):
        write_atomically(Path("a"), full())
    assert not list(Path().glob(".a.*"))


def test__journal__of_lines__is_on_the_disk_line_by_line(tmp_path: Path) -> None:
    with journal(tmp_path / "log") as write:
        write("one")
        assert (tmp_path / "log").read_text() == "one\n"
        write("zwei é")
    assert (tmp_path / "log").read_text(encoding="utf-8") == "one\nzwei é\n"


def test__journal__where_no_file_can_be__is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"), journal(tmp_path):
        pass


def test__journal__on_a_full_disk__says_that_the_environment_failed() -> None:
    with pytest.raises(EnvironmentFailed, match="No space left"), journal(Path("/dev/full")) as write:
        write("x")
