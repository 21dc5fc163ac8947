from __future__ import annotations

import gc

import pytest

from harness.model.collector import collector_paused


@pytest.mark.parametrize("was_on", [True, False])
def test__collector_paused__is_off_inside__and_as_before_outside(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        gc.enable() if was_on else gc.disable()
        with pytest.raises(ZeroDivisionError), collector_paused():
            1 / gc.isenabled()  # off, and so an error: what follows a block that failed
        assert gc.isenabled() is was_on
    finally:
        gc.enable() if before else gc.disable()
