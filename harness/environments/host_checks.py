"""What the keys about the host and its network must be: a clock, a Debian package, a host's name, a mask, a link."""

from __future__ import annotations

import ipaddress
import re
from datetime import date, datetime
from typing import Any

from harness.environments.checks import mistake

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"


def moment(value: Any) -> Any:
    """`2026-03-02T09:00` or a date, as text in ISO 8601; YAML reads some of them as a date by itself."""
    if isinstance(value, date | datetime):
        value = value.isoformat()
    try:
        return datetime.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise mistake(f"{value!r} is not a moment", "write 2026-03-02T09:00") from error


def debian_package(value: str) -> str:
    """The name of a Debian package, with or without =version."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+(=[A-Za-z0-9.+:~-]+)?", value):
        raise mistake(f"{value!r} is not the name of a Debian package", "write name or name=version")
    return value


def host_name(value: str) -> str:
    """A host's name."""
    if not re.fullmatch(rf"{_NAME}(\.{_NAME})*", value) or len(value) > 253:
        raise mistake(f"{value!r} is not a host's name", "write it without scheme and port, e.g. erp.example")
    return value


def host_and_port(value: str) -> str:
    """`api.example` (ports 80 and 443) or `api.example:8443`."""
    name, _, port = value.partition(":")
    host_name(name)
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        raise mistake(f"{value!r} is not a host with its port", "write api.example or api.example:8443")
    return value


def address(value: str) -> str:
    """An IP address, or the name of a service of the environment, or `system`."""
    try:
        ipaddress.ip_address(value)
    except ValueError as error:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", value):
            hint = "write an IP address, the name of a service, or system"
            raise mistake(f"{value!r} is not an address", hint) from error
    return value


def proxy(value: str) -> str:
    """`http://proxy.example:3128`."""
    if not re.fullmatch(r"https?://[^\s/]+:\d+/?", value):
        raise mistake(f"{value!r} is not a proxy", "write http://proxy.example:3128")
    return value


def umask(value: Any) -> Any:
    """Up to four octal digits, the first of four a zero; YAML reads 0027 as the number 27, whose digits are those."""
    text = "" if isinstance(value, bool) else str(value).rjust(4, "0")
    if not re.fullmatch(r"0[0-7]{3}", text):
        raise mistake(f"{value!r} is not a umask", "write 0027")
    return text


def link_name(value: str) -> str:
    """`plugin-system`, or `system-` and a service's name."""
    if not re.fullmatch(r"plugin-system|system-[a-z][a-z0-9-]*", value):
        raise mistake(f"{value!r} is not a link", "write plugin-system, or system-db for the service db")
    return value
