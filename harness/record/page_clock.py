"""The customer's clock in pages and workers.

Playwright has one, but it runs every timer itself and swallows what is thrown in them (tried with 1.65: no `weberror` of a
`setTimeout` any more, with install, set_fixed_time and set_system_time): a plugin that breaks there would seem to work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def clock_script(clock: Mapping[str, float | None] | None) -> str:
    """JavaScript that sets the clock `offset` seconds ahead of the machine's, or still at `frozen` (seconds since 1970).

    Date, Intl and Temporal follow it; cookies, caches and certificates go by the machine's. A shared or service worker of a
    page may have begun before it comes: Playwright lets them go on as well. Empty without a clock.
    """
    if clock is None:
        return ""
    frozen = clock.get("frozen")
    told = {"ahead": 1000 * (clock.get("offset") or 0.0), "frozen": None if frozen is None else 1000 * frozen}
    return f"{_text()}({json.dumps(told)});"


@cache
def _text() -> str:
    return files("harness.record").joinpath("page_clock.js").read_text(encoding="utf-8").strip().removesuffix(";")
