from __future__ import annotations

import pytest

from harness.record import messages
from harness.record.messages import Messages
from harness.record.room import Room


@pytest.mark.parametrize(
    ("most", "largest", "room", "kept", "note"),
    [
        (9, 99, 99, ["a", "bcd", "e"], None),
        (2, 99, 99, ["a", "bcd"], "messages: only the first 2 of 3 are kept"),
        (9, 3, 99, ["a"], "messages: only the first 1 of 3 are kept"),
        (9, 99, 3, ["a"], "messages: only the first 1 of 3 are kept"),
    ],
    ids=["all", "count", "bytes", "room"],
)
def test__messages__past_a_bound__are_the_first_without_a_gap(
    monkeypatch: pytest.MonkeyPatch, most: int, largest: int, room: int, kept: list[str], note: str | None
) -> None:
    monkeypatch.setattr(messages, "MOST", most)
    monkeypatch.setattr(messages, "LARGEST", largest)
    shared = Room(room)
    said = Messages(shared)
    for each in ("a", "bcd", "e"):
        said.add("send", each)
    assert [each["data"] for each in said.kept] == kept
    assert said.note == note
    assert said.held == room - shared.left == sum(map(len, kept))


def test__messages__of_both_kinds__are_as_chromium_writes_them() -> None:
    said = Messages(Room(99))
    said.add("send", "é")
    said.add("receive", b"\xff")
    plain = [{key: value for key, value in each.items() if key != "time"} for each in said.kept]
    assert plain == [
        {"type": "send", "opcode": 1, "data": "é"},
        {"type": "receive", "opcode": 2, "data": "/w=="},
    ]
