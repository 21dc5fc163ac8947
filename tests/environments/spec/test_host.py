from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from harness.environments.spec import Clock, Host


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-02T09:00", Clock(at="2026-03-02T09:00:00")),
        ("+45d", Clock(by=45 * 86400.0)),
        ("-3h", Clock(by=-10800.0)),
        ({"at": "2026-03-02T09:00", "frozen": True}, Clock(at="2026-03-02T09:00:00", frozen=True)),
    ],
)
def test__clock__each_way_to_write_it__is_understood(written: Any, meant: Clock) -> None:
    assert Host.model_validate({"clock": written}).clock == meant


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("clock", {"by": "2d", "frozen": True}),
        ("clock", {"at": "2026-03-02", "by": "2d"}),
        ("clock", {}),
        ("memory", 0),
        ("memory", "1M"),
        ("cpus", 0.001),
        ("user", 0),
        ("umask", "0999"),
        ("packages", ["-oDebug=1"]),
    ],
)
def test__host__value_that_no_machine_has__is_refused(key: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Host.model_validate({key: value})
