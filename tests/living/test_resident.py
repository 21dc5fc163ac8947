from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from harness.environments.owner import current_owner
from harness.living.moving_in import Wish
from harness.living.place import Place, State
from harness.living.resident import Resident
from harness.living.talk import ask
from harness.model.errors import UsageError
from tests.living.conftest import Up


def test__answer__a_question_of_another_version__is_told(tiny: Environment, up: Up) -> None:
    with pytest.raises(UsageError, match="does not know 'nonsense'") as raised:
        ask(up(tiny).place.socket, {"ask": "nonsense"})
    assert "another version of Backfit" in str(raised.value.hint)


def test__answer__where_a_process_is__has_its_variables_which_no_file_has(
    tiny: Environment, up: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.path.write_text(
        tiny.path.read_text().replace("  files: [server.py]", "  env: {WORD: {env: MY_WORD}}\n  files: [server.py]")
    )
    monkeypatch.setenv("MY_WORD", "s3cr3t-word")
    there = up(tiny)
    inside = ask(there.place.socket, {"ask": "inside"})
    assert inside["variables"]["WORD"] == "s3cr3t-word"
    assert Path(inside["folder"]).is_dir()
    kept = b"".join(file.read_bytes() for file in there.place.folder.iterdir() if file.is_file())
    assert b"s3cr3t-word" not in kept


def test__answer__moving_data_on_a_faulty_network__is_refused(tiny: Environment, up: Up) -> None:
    text = tiny.path.read_text() + "network: {links: {plugin-system: {latency: 1ms}}}\n"
    tiny.path.write_text(text)
    there = up(load_environment(tiny.path), "old", Wish("process", faults=True))
    for what in ("snapshot", "restore"):
        with pytest.raises(UsageError, match="while its network is faulty"):
            ask(there.place.socket, {"ask": what, "name": "x", "file": "x"})


class Moving:
    """A system that is somewhere else each time that its data were moved."""

    version, plugin_version, containers = "1", "", {"system": "abc"}
    url = "http://127.0.0.1:1"

    def snapshot(self, name: str) -> None:
        self.url = f"http://127.0.0.1:{len(name) + 1}"


class Door:
    url, upstream = "http://127.0.0.1:9", "http://127.0.0.1:1"


def test__answer__where_the_system_has_moved__front_and_state_follow(tmp_path: Path) -> None:
    place, door = Place(tmp_path / "x"), Door()
    state = State("tiny", "/x", "old", current_owner().token, 1.0, front=door.url)
    with place.held():
        resident = Resident(place, state, Moving(), door)  # type: ignore[arg-type]
        resident.answer({"ask": "snapshot", "name": "x", "file": str(tmp_path / "file")})
        assert door.upstream == "http://127.0.0.1:2"
        assert place.read() == resident.state
        assert (resident.state.url, resident.state.address) == ("http://127.0.0.1:2", door.url)
