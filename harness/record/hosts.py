"""Whom a plugin may speak to: the system under its addresses, and hosts that were allowed by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443, "": 443}


@dataclass(frozen=True)
class Hosts:
    """`known_as` are the system's addresses (`https://erp.example`): without any, every address is the system's.

    `allowed` are other hosts, as addresses or bare (`cdn.example`). Each is meant over http and https alike.
    """

    known_as: Sequence[str] = ()
    allowed: Sequence[str] = ()

    def is_system(self, origin: str) -> bool:
        """Whether `origin` (`scheme://host:port`) leads to the system."""
        return not self.known_as or _is_among(origin, self.known_as)

    def is_allowed(self, origin: str) -> bool:
        """Whether `origin`, which is not the system's, may be spoken to."""
        return _is_among(origin, self.allowed)


ANY = Hosts()
"""Whatever the address, it is the system's."""


def _is_among(origin: str, addresses: Sequence[str]) -> bool:
    return _place(origin) in map(_place, addresses)


def _place(address: str) -> tuple[str, int | None]:
    """Host and port, None for the scheme's own."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        own = parts.port in (None, _PORTS.get(parts.scheme))
        return (parts.hostname or "").rstrip("."), None if own else parts.port
    except ValueError:  # no address at all: it equals no other
        return address, -1
