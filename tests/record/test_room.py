from __future__ import annotations

from harness.record.room import Room


def test__room__taken_and_given_back__is_never_more_than_there_is() -> None:
    room = Room(10)
    assert [room.take(6), room.take(6), room.take(1)] == [6, 4, 0]
    room.give_back(4)
    assert (room.left, room.take(9), room.left) == (4, 4, 0)


def test__room__for_all_or_nothing__takes_what_fits() -> None:
    room = Room(5)
    assert [room.holds(4), room.holds(2), room.holds(1), room.holds(1), room.holds(0)] == [
        True,
        False,
        True,
        False,
        True,
    ]
