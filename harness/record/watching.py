"""What happens in the browser, told to the journal: calls and who began them, errors wherever they fall, dialogs, downloads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from harness.reads.pages import PUSH_PATH
from harness.record.devtools import Target
from harness.record.scenario_runner import Journal

_LONGEST = 2000
_MOST_FRAMES = 30
_LARGEST_DOWNLOAD = 64 * 1024 * 1024
_LEFT = "net::ERR_ABORTED"
"""What Chromium says of a request that the page itself gave up, by leaving or by an AbortController."""
_MOST_REQUESTS = 10_000
_FAILED = 400
_BROWSERS_OWN = ("Preflight", "Other")
"""Kinds of requests that no code of a page makes: CORS's questions, the page's icon."""

Cancel = Callable[[str], None]
"""Gives up the download of this id."""


class Watcher:
    """Hears the browser's events, a target's after the other's, and tells what matters of them."""

    def __init__(self, journal: Journal, cancel: Cancel) -> None:
        self._tell, self._cancel = journal.tell, cancel
        self._requests: dict[str, str] = {}
        self._refused: set[str] = set()
        self._hears: Mapping[str, Callable[[Target, Mapping[str, Any]], None]] = {
            "Network.requestWillBeSent": self._on_request,
            "Network.responseReceived": self._on_response,
            "Network.loadingFailed": self._on_failure,
            "Runtime.exceptionThrown": self._on_exception,
            "Runtime.consoleAPICalled": self._on_console,
            "Log.entryAdded": self._on_log,
            "Page.javascriptDialogOpening": self._on_dialog,
            "Page.downloadWillBegin": self._on_download,
            "Page.downloadProgress": self._on_progress,
        }

    def heard(self, target: Target, event: str, parameters: Mapping[str, Any]) -> None:
        """One event; those that say nothing about the plugin are passed over."""
        if hears := self._hears.get(event):
            hears(target, parameters)

    def _on_request(self, target: Target, event: Mapping[str, Any]) -> None:
        request, kind = event["request"], event.get("type", "")
        parts = urlsplit(request["url"])
        if kind in _BROWSERS_OWN or parts.scheme not in ("http", "https") or parts.path == PUSH_PATH:
            return
        self._remember(event["requestId"], f"{request['method']} {request['url']}"[:_LONGEST])
        self._tell(
            "call",
            {
                "method": request["method"],
                "url": request["url"],
                "kind": kind,
                "frames": list(_frames(event["initiator"].get("stack"))),
                "target": target.url if target.kind != "page" else event["documentURL"],
                "time": event["wallTime"],
            },
        )

    def _remember(self, number: str, named: str) -> None:
        self._requests[number] = named
        if len(self._requests) > _MOST_REQUESTS:
            del self._requests[next(iter(self._requests))]

    def _on_response(self, _: Target, event: Mapping[str, Any]) -> None:
        if (status := event["response"]["status"]) >= _FAILED and (named := self._requests.get(event["requestId"])):
            self._tell("failed_request", f"{named}: {status}")

    def _on_failure(self, _: Target, event: Mapping[str, Any]) -> None:
        named = self._requests.get(event["requestId"])
        if named and not event.get("canceled") and event["errorText"] != _LEFT:
            self._tell("failed_request", f"{named}: {event['errorText'] or event.get('blockedReason', 'failed')}")

    def _on_exception(self, target: Target, event: Mapping[str, Any]) -> None:
        thrown = event["exceptionDetails"]
        at = {"url": thrown.get("url", ""), **{key: thrown[key] for key in ("lineNumber", "columnNumber")}}
        frames = list(_frames(thrown.get("stackTrace"))) or ([_place(at)] if at["url"] else [])
        name = "page_error" if target.kind in ("page", "iframe", "worker") else "worker_error"
        self._tell(name, {"text": _thrown(thrown), "frames": frames, "target": target.url})

    def _on_console(self, target: Target, event: Mapping[str, Any]) -> None:
        if event["type"] == "error":
            text = " ".join(map(_shown, event["args"]))[:_LONGEST]
            self._tell("console_error", _said(text, list(_frames(event.get("stackTrace"))), target))

    def _on_log(self, target: Target, event: Mapping[str, Any]) -> None:
        entry = event["entry"]
        if entry["level"] == "error":
            self._tell("console_error", _said(entry["text"][:_LONGEST], list(_frames(entry.get("stackTrace"))), target))

    def _on_dialog(self, _: Target, event: Mapping[str, Any]) -> None:
        self._tell("dialog", f"{event['type']}: {event['message']}"[:_LONGEST])

    def _on_download(self, _: Target, event: Mapping[str, Any]) -> None:
        self._tell("download", f"{event['suggestedFilename']} from {event['url']}"[:_LONGEST])

    def _on_progress(self, _: Target, event: Mapping[str, Any]) -> None:
        too_large = max(event["totalBytes"], event["receivedBytes"]) > _LARGEST_DOWNLOAD
        if too_large and event["state"] == "inProgress" and event["guid"] not in self._refused:
            self._refused.add(event["guid"])
            self._cancel(event["guid"])
            self._tell("download", f"given up: more than {_LARGEST_DOWNLOAD >> 20} MiB")


def _said(text: str, frames: list[str], target: Target) -> dict[str, Any]:
    return {"text": text, "frames": frames, "target": target.url}


def _frames(stack: Mapping[str, Any] | None) -> Iterator[str]:
    """`URL:line:column`, counted from 1 as people do; what was awaited comes after what was called."""
    left = _MOST_FRAMES
    while stack and left > 0:
        for frame in stack["callFrames"][:left]:
            yield _place(frame)
        left -= len(stack["callFrames"])
        stack = stack.get("parent")


def _place(frame: Mapping[str, Any]) -> str:
    return f"{frame['url'][:_LONGEST]}:{frame['lineNumber'] + 1}:{frame['columnNumber'] + 1}"


def _thrown(details: Mapping[str, Any]) -> str:
    """The first line of what was thrown: `TypeError: x is undefined`, or the value itself where it is no error."""
    said = _shown(details["exception"]) if "exception" in details else details["text"]
    return next(iter(said.strip().splitlines()), "an error without words")[:_LONGEST]


def _shown(value: Mapping[str, Any]) -> str:
    """A value of the page as its console shows it: texts bare, objects by their description."""
    if "description" in value:
        return str(value["description"])
    plain = value.get("value", value["type"])
    return plain if isinstance(plain, str) else json.dumps(plain)
