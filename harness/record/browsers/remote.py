"""A browser that runs elsewhere, and is driven from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Remote:
    """Where it listens: `http://host:9222` (cdp), `ws://host:3000/…` (playwright) or `http://host:4444` (selenium)."""

    kind: Literal["cdp", "playwright", "selenium"]
    url: str
