"""A scenario that asks pages' own API again: it runs beside `job.json`, and writes a line for each call where they are told.

It is copied to a folder of its own and runs like any other, so it stands alone.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

_HANDLE = "globalThis[Symbol.for('backfit.host')]"
_ASK = f"([job, patience]) => {_HANDLE}.ask(job, patience)"
_PATIENCE = 10.0
"""Seconds in which a page makes its API, and in which a call is answered."""


def run(page: Any, system: Any) -> None:
    """Open each page, and make the calls that were made there, in their order."""
    job = json.loads(Path(__file__).with_name("job.json").read_text(encoding="utf-8"))
    with Path(os.environ["TMPDIR"], "host-calls.ndjson").open("a", encoding="utf-8") as answers:
        for load in job["loads"]:
            page.goto(system.url.rstrip("/") + load["page"])
            for call in load["calls"]:
                answer = _asked(page, call)
                answers.write(json.dumps({"id": call["id"], **answer}) + "\n")
                answers.flush()


def _asked(page: Any, call: dict[str, Any]) -> dict[str, Any]:
    name = call["path"][0]
    if not _appears(page, name):
        return {"error": f"the page {page.url.partition('://')[2].partition('/')[2] or '/'!r} has no {name}"}
    clock = time.monotonic()
    answer: dict[str, Any] = page.evaluate(_ASK, [call, _PATIENCE * 1000])
    if answer.get("late"):
        return {"error": f"no answer within {_PATIENCE:g} s"}
    return {**answer, "elapsed": time.monotonic() - clock}


def _appears(page: Any, name: str) -> bool:
    until = time.monotonic() + _PATIENCE
    while not page.evaluate(f"(name) => {_HANDLE}.has(name)", name):
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(100)
    return True
