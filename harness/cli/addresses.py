"""Addresses that a person gives."""

from __future__ import annotations

from urllib.parse import urlsplit

from harness.model.errors import UsageError


def base_url(upstream: str) -> str:
    """The URL of a system, as it is. Raises UsageError where it is none."""
    try:
        parts = urlsplit(upstream)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        fits = False
    if not fits or "?" in upstream or "#" in upstream:
        raise UsageError(f"--upstream is a URL, not {upstream!r}", hint="such as http://127.0.0.1:8001")
    return upstream
