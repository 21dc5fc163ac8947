from __future__ import annotations

import pytest

from harness.living.waking import awake


def test__awake__without_a_job__is_gone_at_the_end() -> None:
    with awake() as keeper:
        assert keeper.process.poll() is None
    assert keeper.process.returncode == -9


def test__awake__without_a_job__goes_by_itself_when_its_starter_dies() -> None:
    with awake() as keeper:
        keeper.orders.close()
        assert keeper.process.wait(60) == 0


def test__awake__where_something_is_raised__is_gone_as_well() -> None:
    with pytest.raises(KeyboardInterrupt), awake() as keeper:
        raise KeyboardInterrupt
    assert keeper.process.returncode == -9
