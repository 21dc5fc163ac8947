from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.record.har import write_har
from harness.shims.document import HAND
from harness.shims.yaml_file import read_shim
from tests.cli.conftest import Backfit, Ran
from tests.shims.answers import recording

OLD = [{"id": at, "total": at * 3, "units": "kg", "name": f"bike {at}"} for at in range(8)]
NEW = [{"id": at, "count": at * 3, "sum": at * 3, "name": f"bike {at}"} for at in range(8)]
"""`total` may be `count` or `sum` by now, and `units` is gone."""

Learn = Callable[..., Ran]
OPERATION = "GET /items/{item_id}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, bodies in (("old", OLD), ("new", NEW)):
        write_har(tmp_path / f"{name}.har", recording(*((f"GET /items/{at}", body) for at, body in enumerate(bodies))))
    return tmp_path


@pytest.fixture
def learn(backfit: Backfit, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Learn:
    def run(*options: str, typed: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml", *options)

    return run


def test__learn__with_rivals_and_losses__leaves_both_open_and_says_so(learn: Learn, folder: Path) -> None:
    result = learn()
    told = "x.shim.yaml: 1 steps for 1 operations, from 8 pairs; 2 places are not restored"
    assert (result.code, result.out) == (0, f"{told}\n3 places wait for your choice: --interactive asks\n")
    [entry] = read_shim(folder / "x.shim.yaml").entries
    assert [len(each.choices) for each in entry.ambiguous] == [2]
    assert {(each.path, each.required) for each in entry.lost} == {("$.total", True), ("$.units", True)}


def test__learn__again__writes_the_same_file(learn: Learn, folder: Path) -> None:
    learn()
    first = (folder / "x.shim.yaml").read_text()
    assert learn().code == 0
    assert (folder / "x.shim.yaml").read_text() == first


def test__interactive__answers_piped_in__settle_what_they_are_about(learn: Learn, folder: Path) -> None:
    result = learn("--interactive", typed="seven\n2\n3\nkg\n[1.0]\n")
    assert result.code == 0
    assert "old 3, so it would be 3" in result.err
    assert "'seven' is none of these" in result.err
    assert "that is not JSON" in result.err
    [entry] = read_shim(folder / "x.shim.yaml").entries
    assert (entry.response[0].step.parameters(), entry.response[0].by) == ({"from": "sum", "to": "total"}, HAND)
    assert [(each.path, each.then) for each in entry.lost] == [("$.units", [1.0])]
    assert entry.ambiguous == ()


@pytest.mark.parametrize(("typed", "open_"), [("stop\n", 1), ("", 1), ("none\n", 0)])
def test__interactive__stop_or_the_end_of_input__leaves_the_rest_open(
    learn: Learn, folder: Path, typed: str, open_: int
) -> None:
    assert learn("--interactive", typed=typed).code == 0
    [entry] = read_shim(folder / "x.shim.yaml").entries
    assert len(entry.ambiguous) == open_


def test__settled__then_learned_again__stands(learn: Learn, folder: Path) -> None:
    learn("--settle", f"{OPERATION} $.total=2", "--settle", f"{OPERATION} $.units=error")
    first = (folder / "x.shim.yaml").read_text()
    result = learn()
    assert (folder / "x.shim.yaml").read_text() == first
    assert "wait" not in result.err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("x", "is written as"),
        (f"{OPERATION} $.nothing=1", "speaks of no place"),
        ("GET /other $.units=1", "speaks of no place"),
        (f"{OPERATION} $.units=kg", "'kg' is not JSON"),
    ],
)
def test__settle__what_is_not_open__is_told_and_nothing_written(
    learn: Learn, folder: Path, answer: str, said: str
) -> None:
    result = learn("--settle", answer)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert not (folder / "x.shim.yaml").exists()


def test__learn__over_a_file_of_another_upgrade__is_refused(learn: Learn, folder: Path) -> None:
    learn("--old-version", "1", "--new-version", "2")
    first = (folder / "x.shim.yaml").read_text()
    result = learn("--old-version", "1", "--new-version", "3")
    assert result.code == 2
    assert "it is for another upgrade: its new is '2', not '3'" in result.err
    assert (folder / "x.shim.yaml").read_text() == first
    assert learn("--new-version", "3", "--fresh").code == 0
    assert read_shim(folder / "x.shim.yaml").new == "3"


def test__learn__a_step_by_hand_that_the_recordings_speak_against__is_kept_and_warned_of(
    learn: Learn, folder: Path
) -> None:
    learn()
    file = folder / "x.shim.yaml"
    file.write_text(
        file.read_text().replace("    response:\n", "    response:\n      - drop: {keys: [name]}  # mine\n")
    )
    result = learn()
    assert "the step by hand `drop: {keys: [name]}` makes 8 leaves differ from OLD's in 8 pairs" in result.err
    text = file.read_text()
    assert "# Backfit: drop: {keys: [name]} makes 8 leaves differ" in text
    assert "      - drop: {keys: [name]}  # mine\n        by: hand\n" in text


def test__learn__with_a_contract__demands_what_it_declares(learn: Learn, folder: Path) -> None:
    (folder / "c.json").write_text('{"type": "object", "required": ["units"]}')
    learn("--contract", "c.json")
    [entry] = read_shim(folder / "x.shim.yaml").entries
    assert {(each.path, each.required) for each in entry.lost} == {("$.total", False), ("$.units", True)}


def test__interactive__on_a_terminal__asks_there_and_ctrl_c_writes_nothing(folder: Path) -> None:
    ours, theirs = pty.openpty()
    learn = ["shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml", "--interactive"]
    command = [sys.executable, "-c", "from harness.cli.main import main; main()", *learn]
    running = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    seen = b""
    while b"none, stop:" not in seen:
        seen += os.read(ours, 4096)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    os.close(ours)
    assert not (folder / "x.shim.yaml").exists()
