"""A header's value where it may stand more than once."""

from __future__ import annotations

from collections.abc import Mapping

from harness.model.exchange import Headers


def value_of(headers: Headers, name: str) -> str | None:
    """All values under `name` (in lower case), joined as RFC 9110 section 5.3 allows; None where there is none."""
    found = [text for key, text in headers if key.lower() == name]
    return ", ".join(found) if found else None


def values_of(headers: Headers) -> Mapping[str, str]:
    """The same for all names at once, in lower case."""
    found: dict[str, str] = {}
    for key, text in headers:
        name = key.lower()
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found
