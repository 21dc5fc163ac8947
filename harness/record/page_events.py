"""What Playwright itself hears of pages, in DevTools' words: for browsers that have no DevTools to be reached from here."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError
from playwright.sync_api import Error as PlaywrightError

from harness.record.devtools import Heard, Target

_PAGE = "page"
_KINDS = {"fetch": "Fetch", "xhr": "XHR", "other": "Other"}
"""Playwright's names of the kinds of requests, where DevTools' are not the same but for a capital letter."""


def listen(context: BrowserContext, heard: Heard) -> None:
    """Let `heard` hear of the calls, failures, errors and downloads of all pages. Who made a call is not told, nor what
    service workers and shared workers do; dialogs are the scenario's alone."""

    def tell(event: str, parameters: Mapping[str, Any], url: str) -> None:
        heard(Target(_PAGE, url), event, parameters)

    def on_request(request: Request) -> None:
        tell("Network.requestWillBeSent", _request(request), request.url)

    def on_response(response: Response) -> None:
        parameters = {"requestId": _id(response.request), "response": {"status": response.status}}
        tell("Network.responseReceived", parameters, response.url)

    def on_failure(request: Request) -> None:
        parameters = {"requestId": _id(request), "errorText": request.failure or ""}
        tell("Network.loadingFailed", parameters, request.url)

    def on_error(error: WebError) -> None:
        url = error.page.url if error.page else ""
        tell("Runtime.exceptionThrown", {"exceptionDetails": _thrown(error.error)}, url)

    def on_console(message: ConsoleMessage) -> None:
        said = [{"type": "string", "value": message.text}]
        tell("Runtime.consoleAPICalled", {"type": message.type, "args": said}, message.page.url if message.page else "")

    def on_page(page: Page) -> None:
        page.on(
            "download", lambda one: tell("Page.downloadWillBegin", _download(one.suggested_filename, one.url), one.url)
        )

    context.on("request", on_request)
    context.on("response", on_response)
    context.on("requestfailed", on_failure)
    context.on("weberror", on_error)
    context.on("console", on_console)
    context.on("page", on_page)
    for page in context.pages:
        on_page(page)


def _request(request: Request) -> dict[str, Any]:
    kind = request.resource_type
    return {
        "requestId": _id(request),
        "request": {"method": request.method, "url": request.url},
        "type": _KINDS.get(kind, kind.capitalize()),
        "initiator": {},
        "documentURL": _document(request),
        "wallTime": time.time(),
    }


def _document(request: Request) -> str:
    """The page that it is made in; a service worker's request has none, nor has a page that is not there yet."""
    with suppress(PlaywrightError):
        return request.frame.url
    return ""


def _thrown(error: PlaywrightError) -> dict[str, Any]:
    """What is no Error has no name; its first line is what was thrown."""
    said = ": ".join(filter(None, [error.name, error.message]))
    return {"text": said, "lineNumber": 0, "columnNumber": 0}


def _download(name: str, url: str) -> dict[str, str]:
    return {"suggestedFilename": name, "url": url}


def _id(request: Request) -> str:
    return str(id(request))
