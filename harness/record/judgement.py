"""From what a scenario's process told to whether the plugin works: `broken` is said of the plugin alone."""

from __future__ import annotations

import signal

from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.outcome import PluginRun, Result, Shot, Side
from harness.record.bounded import Ended
from harness.record.browser import HINT
from harness.record.journal import Events

_LAST_LINES = 20
_NETWORK_NOTICE = "Failed to load resource"
"""How Chromium's own console lines begin: they name a consequence, seldom the cause."""


def refuse(events: Events, ended: Ended, *, where: str, in_browser: bool) -> None:
    """Raise what is not the plugin's fault: EnvironmentFailed for the browser, UsageError for the scenario."""
    if "environment" in events:
        raise EnvironmentFailed(str(events["environment"][0]), where=where, hint=HINT)
    if "bad_return" in events:
        raise UsageError(str(events["bad_return"][0]), where=where, hint='return a dict such as {"points": 20}')
    if not in_browser:
        return
    if "started" not in events:
        raise EnvironmentFailed(f"the browser did not start: {_last_words(ended)}", where=where, hint=HINT)
    if ended.code is not None and not _finished(events):
        raise EnvironmentFailed(f"the browser's driver died: {_last_words(ended)}", where=where)


def judge(
    events: Events, ended: Ended, *, side: Side, timeout: float, seconds: float, in_browser: bool = False
) -> PluginRun:
    """The run that `events` tell of; `seconds` is how long it took, `timeout` how long it might."""
    trouble = _trouble(events, ended, timeout)
    returned = dict(events["returned"][0]) if "returned" in events else {}
    said = returned.pop("headline", None)
    complaints = events.get("console_error", ()) if in_browser else ended.stderr.splitlines()[-_LAST_LINES:]
    return PluginRun(
        side=side,
        result=Result.BROKEN if trouble else Result.WORKS,
        headline=trouble or _facts(events, said, in_browser),
        observations=returned,
        page_errors=tuple(events.get("page_error", ())),
        console_errors=tuple(complaints),
        failed_requests=tuple(events.get("failed_request", ())),
        screenshots=tuple(Shot(shot["name"], shot["file"]) for shot in events.get("screenshot", ())),
        calls=len(events.get("call", ())),
        seconds=seconds,
    )


def _finished(events: Events) -> bool:
    return "returned" in events or "raised" in events


def _trouble(events: Events, ended: Ended, timeout: float) -> str | None:
    if "crashed" in events:
        return "the plugin crashed the browser's tab"
    if ended.code is None and not _finished(events):
        return f"the scenario did not end within {timeout:g} s"
    if "page_error" in events:
        return str(events["page_error"][0])
    if "raised" in events:
        notable = (text for text in events.get("console_error", ()) if not text.startswith(_NETWORK_NOTICE))
        return str(next(notable, events["raised"][0])).splitlines()[0]
    return None if "returned" in events else _ending(ended)


def _ending(ended: Ended) -> str:
    code = ended.code or 0
    if code < 0:
        return f"the plugin's process was ended by {signal.Signals(-code).name}"
    return f"the plugin's process ended early, with exit code {code}"


def _facts(events: Events, said: object, in_browser: bool) -> str:
    pages, calls = len(events.get("page", ())), len(events.get("call", ()))
    counted = [_counted(pages, "page"), _counted(calls, "call")] if in_browser else []
    return ", ".join([*counted, *([str(said)] if said else [])]) or "finished without an error"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _last_words(ended: Ended) -> str:
    lines = [line for line in ended.stderr.strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing" if ended.code is None else f"exit code {ended.code}"
