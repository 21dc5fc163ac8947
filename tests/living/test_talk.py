from __future__ import annotations

import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.living.talk import answering, ask
from harness.model.errors import BackfitError, EnvironmentFailed, UsageError


def echo(question: dict[str, Any]) -> Mapping[str, Any]:
    return {"heard": question}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Longer than a socket's name may be."""
    folder = tmp_path / ("long" * 40)
    folder.mkdir()
    return folder / "keeper.sock"


def test__ask__several_at_once__each_has_its_answer(path: Path) -> None:
    with answering(path, echo), ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: ask(path, {"ask": number}), range(40)))
    assert found == [{"heard": {"ask": number}} for number in range(40)]


@pytest.mark.parametrize("kind", [UsageError, EnvironmentFailed, BackfitError])
def test__ask__where_answering_fails__raises_the_same(path: Path, kind: type[BackfitError]) -> None:
    def fails(_: dict[str, Any]) -> Mapping[str, Any]:
        raise kind("no", where="there", hint="so")

    with answering(path, fails), pytest.raises(kind) as raised:
        ask(path, {})
    assert (type(raised.value), str(raised.value)) == (kind, "there: no\n  so")


def test__ask__nobody_there__says_so(path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="does not answer"):
        ask(path, {})
    with answering(path, echo):
        pass
    with pytest.raises(EnvironmentFailed, match="does not answer"):
        ask(path, {})


@pytest.mark.parametrize("said", [b"", b"no json\n", b"\xff\n", b"{"])
def test__answering__what_is_no_question__goes_on(tmp_path: Path, said: bytes) -> None:
    path = tmp_path / "s"
    with answering(path, echo):
        with socket.socket(socket.AF_UNIX) as odd:
            odd.connect(str(path))
            odd.sendall(said)
            odd.shutdown(socket.SHUT_WR)
            assert odd.recv(100) == b""
        assert ask(path, {"ask": 1}) == {"heard": {"ask": 1}}


def test__socket__for_others__is_closed(path: Path) -> None:
    with answering(path, echo):
        assert path.stat().st_mode & 0o077 == 0
