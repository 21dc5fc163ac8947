from __future__ import annotations

import pytest

from harness.corridor.going import Clock


def test__clock__phases__are_kept_in_their_order_and_added_up_though_one_fails() -> None:
    clock = Clock()
    with clock.phase("prepare"):
        pass
    with pytest.raises(ValueError, match="no"), clock.phase("learn"):
        raise ValueError("no")
    first = clock.seconds["learn"]
    with clock.phase("learn"):
        pass
    assert list(clock.seconds) == ["prepare", "learn"]
    assert clock.seconds["learn"] > first
