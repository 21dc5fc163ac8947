from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from harness.environments import host_checks as checks


@pytest.mark.parametrize(
    ("check", "written", "meant"),
    [
        (checks.moment, "2026-03-02T09:00", "2026-03-02T09:00:00"),
        (checks.moment, date(2026, 3, 2), "2026-03-02"),
        (checks.moment, datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T09:00:00+00:00"),
        (checks.debian_package, "libc++1=1:14.0.6-12", "libc++1=1:14.0.6-12"),
        (checks.host_name, "erp.example", "erp.example"),
        (checks.host_and_port, "api.example:8443", "api.example:8443"),
        (checks.address, "::1", "::1"),
        (checks.address, "db-2", "db-2"),
        (checks.proxy, "http://proxy.example:3128", "http://proxy.example:3128"),
        (checks.umask, "0027", "0027"),
        (checks.umask, 27, "0027"),
        (checks.umask, 2, "0002"),
        (checks.link_name, "system-db", "system-db"),
    ],
)
def test__check__what_a_person_wrote__is_taken(check: Callable[[Any], Any], written: Any, meant: str) -> None:
    assert str(check(written)).removesuffix("T00:00:00") == meant


@pytest.mark.parametrize(
    ("check", "written"),
    [
        (checks.moment, "tomorrow"),
        (checks.debian_package, "--allow-downgrades"),
        (checks.debian_package, "a b"),
        (checks.host_name, "https://erp.example"),
        (checks.host_name, "a..b"),
        (checks.host_and_port, "api.example:70000"),
        (checks.address, "10.0.0"),
        (checks.proxy, "proxy.example"),
        (checks.umask, "0089"),
        (checks.umask, True),
        (checks.umask, 10027),
        (checks.link_name, "db"),
    ],
)
def test__check__what_it_cannot_be__says_what_to_write(check: Callable[[Any], Any], written: Any) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check(written)
    assert "write" in str((caught.value.context or {})["hint"])
