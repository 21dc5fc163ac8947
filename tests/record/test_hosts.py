from __future__ import annotations

import pytest

from harness.record.hosts import Hosts

HOSTS = Hosts(
    ("https://erp.example", "http://old.example:81", "http://[::1]:9"), ("cdn.example", "http://files.example:82")
)


@pytest.mark.parametrize(
    ("origin", "system", "allowed"),
    [
        ("https://erp.example", True, False),
        ("http://erp.example", True, False),
        ("http://ERP.example.:80", True, False),
        ("https://erp.example:443", True, False),
        ("https://erp.example:8443", False, False),
        ("http://erp.example:443", False, False),
        ("https://erp.example.evil.test", False, False),
        ("https://erp.example@evil.test", False, False),
        ("https://user@erp.example", True, False),
        ("https://old.example:81", True, False),
        ("http://old.example", False, False),
        ("http://[::1]:9", True, False),
        ("https://cdn.example", False, True),
        ("http://cdn.example", False, True),
        ("http://cdn.example:8080", False, False),
        ("http://files.example:82", False, True),
        ("http://files.example", False, False),
        ("http://[", False, False),
        ("http://erp.example:x", False, False),
        ("", False, False),
    ],
)
def test__hosts__any_origin__is_the_systems_or_allowed_or_neither(origin: str, system: bool, allowed: bool) -> None:
    assert (HOSTS.is_system(origin), HOSTS.is_allowed(origin)) == (system, allowed)


def test__hosts__without_a_name__are_all_the_system() -> None:
    assert Hosts().is_system("http://127.0.0.1:5")
    assert not Hosts().is_allowed("")
