from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from harness.environments.owner import Owner, current_owner, parse_owner, started_at


def test__token__of_this_process__is_read_back_and_lives() -> None:
    owner = current_owner()
    assert parse_owner(owner.token) == owner
    assert owner.pid == os.getpid()
    assert not owner.gone()


@pytest.mark.parametrize("text", ["", "x", "1-2-3", "a-1-b-c", "1-2-3-4-5"])
def test__parse_owner__no_token__is_none(text: str) -> None:
    assert parse_owner(text) is None


def test__gone__pid_that_was_reused__is_gone() -> None:
    owner = current_owner()
    assert replace(owner, started=owner.started - 1).gone()


def test__gone__before_a_reboot__is_gone() -> None:
    assert replace(current_owner(), boot="another").gone()


def test__gone__of_another_machine__is_not_known_to_be() -> None:
    assert not Owner(1, 1, "another", "elsewhere").gone()


def test__started_at__ended_process__is_none_even_as_a_zombie() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert started_at(process.pid) is None
    assert started_at(process.pid) is None
