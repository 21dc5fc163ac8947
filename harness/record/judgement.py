"""From what a scenario's process told to whether the plugin works: `broken` is said of the plugin alone."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass

from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.outcome import PluginRun, Result, Shot, Side
from harness.record.attribution import Plugin
from harness.record.bounded import Ended
from harness.record.browser import HINT
from harness.record.journal import Events

_LAST_LINES = 20
_NETWORK_NOTICE = "Failed to load resource"
"""How Chromium's own console lines begin: they name a consequence, seldom the cause."""
_CALLS = ("Fetch", "XHR")


@dataclass(frozen=True)
class Course:
    """How a scenario's process went: `seconds` is how long it took, `timeout` how long it might."""

    side: Side
    ended: Ended
    timeout: float
    seconds: float


def refuse(events: Events, ended: Ended, *, where: str, in_browser: bool) -> None:
    """Raise what is not the plugin's fault: EnvironmentFailed for the browser, UsageError for the scenario."""
    if "environment" in events:
        said = events["environment"][0]
        raise EnvironmentFailed(said["what"], where=where, hint=str(said.get("hint") or HINT))
    if "bad_return" in events:
        raise UsageError(str(events["bad_return"][0]), where=where, hint='return a dict such as {"points": 20}')
    if not in_browser:
        return
    if "started" not in events:
        raise EnvironmentFailed(f"the browser did not start: {_last_words(ended)}", where=where, hint=HINT)
    if ended.code is not None and not _finished(events):
        raise EnvironmentFailed(f"the browser's driver died: {_last_words(ended)}", where=where)


def judge(events: Events, course: Course, plugin: Plugin | None = None) -> PluginRun:
    """The run that `events` tell of; `plugin` is how it is known in the browser, None where there is no browser.

    An error that is certainly the system's own page's is kept with what the console said, and does not break the plugin.
    """
    told = _sorted_out(events, plugin) if plugin else {"console_error": []}
    trouble = _trouble(events, told, course)
    returned = dict(events["returned"][0]) if "returned" in events else {}
    said = returned.pop("headline", None)
    calls = sum(call["kind"] in _CALLS for call in events.get("call", ()))
    return PluginRun(
        side=course.side,
        result=Result.BROKEN if trouble else Result.WORKS,
        headline=trouble or _facts(events, calls, said, in_browser=plugin is not None),
        observations=returned,
        page_errors=tuple(told.get("page_error", ())),
        worker_errors=tuple(told.get("worker_error", ())),
        console_errors=tuple(told["console_error"] if plugin else course.ended.stderr.splitlines()[-_LAST_LINES:]),
        failed_requests=tuple(events.get("failed_request", ())),
        dialogs=tuple(events.get("dialog", ())),
        downloads=tuple(events.get("download", ())),
        screenshots=tuple(Shot(shot["name"], shot["file"]) for shot in events.get("screenshot", ())),
        snapshots={each["name"]: each["text"] for each in events.get("snapshot", ())},
        pages={each["name"]: each["text"] for each in events.get("page_end", ())},
        trace=str(next(iter(events.get("trace", ())), "")),
        browser=str(next(iter(events.get("browser", ())), "")),
        calls=calls,
        seconds=course.seconds,
        exit_code=None if plugin else course.ended.code,
    )


def _sorted_out(events: Events, plugin: Plugin) -> dict[str, list[str]]:
    """The errors by kind, as text: those of the system's own page are what its console says, and no more."""
    told: dict[str, list[str]] = {"console_error": [each["text"] for each in events.get("console_error", ())]}
    for kind in ("page_error", "worker_error"):
        for each in events.get(kind, ()):
            own = plugin.by(each["frames"], each["target"]) == "system"
            told.setdefault("console_error" if own else kind, []).append(
                f"Uncaught {each['text']}" if own else each["text"]
            )
    return told


def _finished(events: Events) -> bool:
    return "returned" in events or "raised" in events


def _trouble(events: Events, told: dict[str, list[str]], course: Course) -> str | None:
    trouble = _failure(events, told, course)
    return f"{trouble} (killed: {course.ended.killed})" if trouble and course.ended.killed else trouble


def _failure(events: Events, told: dict[str, list[str]], course: Course) -> str | None:
    if "crashed" in events:
        return "the plugin crashed the browser's tab"
    if course.ended.code is None and not _finished(events):
        return f"the scenario did not end within {course.timeout:g} s"
    thrown: list[str] = [*told.get("page_error", ()), *told.get("worker_error", ())]
    if thrown:
        return thrown[0]
    if "raised" in events:
        return next(_notable(told), str(events["raised"][0])).splitlines()[0]
    return None if "returned" in events else _ending(course.ended)


def _notable(told: dict[str, list[str]]) -> Iterator[str]:
    return (text for text in told["console_error"] if not text.startswith((_NETWORK_NOTICE, "Uncaught ")))


def _ending(ended: Ended) -> str:
    code = ended.code or 0
    if code < 0:
        return f"the plugin's process was ended by {signal.Signals(-code).name}"
    return f"the plugin's process ended early, with exit code {code}"


def _facts(events: Events, calls: int, said: object, *, in_browser: bool) -> str:
    pages = len(events.get("page", ()))
    counted = [_counted(pages, "page"), _counted(calls, "call")] if in_browser else []
    return ", ".join([*counted, *([str(said)] if said else [])]) or "finished without an error"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _last_words(ended: Ended) -> str:
    if ended.killed:
        return f"killed: {ended.killed}"
    lines = [line for line in ended.stderr.strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing" if ended.code is None else f"exit code {ended.code}"
