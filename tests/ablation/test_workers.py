from __future__ import annotations

import threading

import pytest

from harness.ablation.workers import Workers
from harness.model.errors import EnvironmentFailed


def test__workers__several_at_once__end_in_any_order() -> None:
    meet = threading.Barrier(2, timeout=20)

    def work(asked: str) -> str:
        if asked != "c":
            meet.wait()  # one by one they would wait for ever
        return asked.upper()

    with Workers[str, str](work) as workers:
        workers.begin("a")
        workers.begin("b")
        assert {workers.ended(), workers.ended()} == {("a", "A"), ("b", "B")}
        workers.begin("c")
        assert (workers.ended(), workers.running) == (("c", "C"), 0)


def test__workers__what_the_work_raises__is_raised_where_it_is_waited_for() -> None:
    def work(asked: str) -> str:
        raise EnvironmentFailed(asked)

    with Workers[str, str](work) as workers:
        workers.begin("no disk")
        with pytest.raises(EnvironmentFailed, match="no disk"):
            workers.ended()


def test__workers__left_in_the_middle__lets_the_rest_end_for_a_while_only() -> None:
    forever, cleared_up = threading.Event(), threading.Event()

    def work(asked: str) -> None:
        if asked == "hangs":
            forever.wait(60)
        else:
            cleared_up.set()

    with Workers[str, None](work, grace=0.3) as workers:
        workers.begin("hangs")
        workers.begin("ends")
    assert (workers.running, cleared_up.is_set()) == (1, True)
    forever.set()
