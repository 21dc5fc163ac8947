from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed
from harness.record.outputs import append, content, move, receive


@pytest.mark.parametrize(
    "put",
    [
        lambda file: os.mkfifo(file),
        lambda file: file.symlink_to("/etc/hostname"),
        lambda file: file.symlink_to("/dev/zero"),
        lambda file: file.mkdir(),
        lambda file: None,
    ],
    ids=["pipe", "link", "device", "folder", "nothing"],
)
def test__output__something_else_in_its_place__is_nothing(tmp_path: Path, put: Callable[[Path], None]) -> None:
    put(tmp_path / "told")
    assert content(tmp_path / "told") == b""
    append(tmp_path / "told", tmp_path / "all")
    assert move(tmp_path / "told", tmp_path / "moved") is False
    assert not {"all", "moved"} & {each.name for each in tmp_path.iterdir()}


def test__output__a_file__is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "told").write_bytes(b"a line\n")
    (tmp_path / "all").write_bytes(b"before\n")
    append(tmp_path / "told", tmp_path / "all")
    assert (tmp_path / "all").read_bytes() == b"before\na line\n"
    assert move(tmp_path / "told", tmp_path / "new/moved") is True
    assert (tmp_path / "new/moved").read_bytes() == b"a line\n"
    assert content(tmp_path / "told", most=3) == b"a l"


def handed_out(*files: tuple[str, bytes], end: bytes = b'{"end": true}\n') -> io.BytesIO:
    headers = (f'{{"name": "{name}", "size": {len(text)}}}\n'.encode() + text for name, text in files)
    return io.BytesIO(b"".join(headers) + end)


def test__receive__files_that_were_asked_for__are_written(tmp_path: Path) -> None:
    stream = handed_out(("told", b"a\nb"), ("out/deep/picture", b""), ("out/x", b'{"end": true}\n'))
    receive(stream, tmp_path, ["told", "out"])
    found = {str(each.relative_to(tmp_path)): each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert found == {"told": b"a\nb", "out/deep/picture": b"", "out/x": b'{"end": true}\n'}


def test__receive__a_stream_that_breaks_off__gives_what_came(tmp_path: Path) -> None:
    receive(handed_out(("told", b"half"), end=b'{"na'), tmp_path, ["told"])
    assert (tmp_path / "told").read_bytes() == b"half"


@pytest.mark.parametrize("name", ["other", "../told", "out/../../told", "/etc/told", "told/../x", "outer"])
def test__receive__a_name_that_nobody_asked_for__is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "here/out").mkdir(parents=True)
    with pytest.raises(EnvironmentFailed, match="nobody asked for"):
        receive(handed_out((name, b"x")), tmp_path / "here", ["told", "out"])
    assert [each.name for each in tmp_path.iterdir()] == ["here"]


def test__receive__too_much__is_refused_before_it_is_written(tmp_path: Path) -> None:
    stream = io.BytesIO(b'{"name": "told", "size": 99999999999}\nx')
    with pytest.raises(EnvironmentFailed, match="left more than 512 MiB"):
        receive(stream, tmp_path, ["told"])
    assert list(tmp_path.iterdir()) == []
