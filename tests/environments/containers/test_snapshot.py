from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.environments.containers.snapshot import Facts, Snapshot
from harness.model.errors import UsageError
from tests.environments.tiny import Write

SERVICES = "services: {db: {debian: postgresql}, cache: {debian: redis-server}}\nplugin:"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"version": "2.0"}, ["version: 1.0 then, 2.0 now"]),
        ({"side": "new", "version": "2.0"}, ["side: old then, new now", "version: 1.0 then, 2.0 now"]),
        ({"environment": "other"}, ["environment: tiny then, other now"]),
        ({"services": {}}, ["service cache: ", "service db: "]),
    ],
)
def test__check__what_is_other__is_told(write: Write, change: dict[str, Any], told: list[str]) -> None:
    then = Facts.of(write({"plugin:": SERVICES}), "old", "1.0")
    now = replace(then, **change)
    if not told:
        Snapshot(then, {}).check(now, "friday")
        return
    with pytest.raises(UsageError, match="'friday' is of another system") as caught:
        Snapshot(then, {}).check(now, "friday")
    assert caught.value.hint
    lines = caught.value.hint.splitlines()[:-1]
    assert len(lines) == len(told)
    assert [part for part, line in zip(told, lines, strict=True) if part not in line] == []


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"{debian: postgresql}": "{debian: postgresql, seed: [a.sql], ready: {tcp: true}}"}, True),
        ({"{debian: postgresql}": "{debian: postgresql-15}"}, False),
        ({"host: {": "host: {os: debian:trixie, "}, False),
    ],
)
def test__facts__services__hang_on_what_makes_their_data(write: Write, change: dict[str, str], same: bool) -> None:
    before = Facts.of(write({"plugin:": SERVICES}), "old", "1.0")
    changed = {"plugin:": SERVICES, **change}
    if "{debian: postgresql}" in change:
        ((text, other),) = change.items()
        changed = {"plugin:": SERVICES.replace(text, other)}
    after = Facts.of(write(changed, a__sql=""), "old", "1.0")
    assert (before.differing(after) == []) is same
