from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed
from harness.record import pushed
from harness.record.pushed import is_pushed
from harness.record.recorder import recorder
from tests.record.plugs import asked, dial, rest
from tests.record.raw_server import RawServer, http


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/__backfit__/reads", True),
        ("/__backfit__/reads?a", True),
        ("/__backfit__/reads/x", False),
        ("/a?/__backfit__/reads", False),
    ],
)
def test__is_pushed__goes_by_the_path(target: str, expected: bool) -> None:
    assert is_pushed(target) is expected


def push(body: bytes) -> bytes:
    return b"POST /__backfit__/reads HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (
        len(body),
        body,
    )


@pytest.mark.parametrize(("body", "kept"), [(b"", b""), (b"{}", b"{}\n"), (b"{}\n{}\n", b"{}\n{}\n"), (b"x" * 99, b"")])
def test__take__a_body__adds_whole_lines_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, kept: bytes
) -> None:
    monkeypatch.setattr(pushed, "LARGEST_FILE", 50)
    with RawServer(http()) as system, recorder(system.url, reads=tmp_path / "reads") as made:
        assert asked(made.reached, push(body)).startswith(b"HTTP/1.1 204")
    assert ((tmp_path / "reads").read_bytes() if kept else b"") == kept


def test__take__a_body_that_breaks_off__is_not_held_against_the_recording(tmp_path: Path) -> None:
    broken = b"POST /__backfit__/reads HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
    with RawServer(http()) as system, recorder(system.url, reads=tmp_path / "reads") as made:
        for end in (b"zz\r\n", b""):
            with dial(made.reached) as connection:
                connection.sendall(broken)
                time.sleep(0.1)
                connection.sendall(end)
                connection.shutdown(socket.SHUT_WR)
                assert b"200 OK" not in rest(connection)
        assert made.recording().exchanges == ()
    assert not (tmp_path / "reads").exists()


def test__take__without_a_file__is_swallowed_all_the_same() -> None:
    with RawServer(http()) as system, recorder(system.url) as made:
        assert asked(made.reached, push(b"{}")).startswith(b"HTTP/1.1 204")
        assert (system.requests, made.recording().exchanges) == ([], ())


def test__take__where_nothing_can_be_written__is_told_with_the_recording(tmp_path: Path) -> None:
    with RawServer(http()) as system, recorder(system.url, reads=tmp_path / "none" / "reads") as made:
        assert asked(made.reached, push(b"{}")).startswith(b"HTTP/1.1 500")
        with pytest.raises(EnvironmentFailed, match="cannot be written: No such file"):
            made.recording()
