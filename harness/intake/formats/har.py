"""A HAR's browser, its system and its language, and where the customer's system is; the calls are read elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report
from harness.intake.user_agents import of_headers
from harness.model.json_text import Json

FORMAT = Format("a HAR", "the browser's developer tools > Network > Export HAR")

_NAMES = {"chromium": "Chromium", "chrome": "Chrome", "firefox": "Firefox", "webkit": "Safari", "msedge": "Edge"}
_SERVERS = ("server", "x-powered-by", "via")


def sniff(report: Report) -> bool:
    """An object with a log of entries."""
    log = report.json.get("log") if isinstance(report.json, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def read(report: Report) -> Iterator[Fact]:
    """Browser, headers of the calls to the host that was called most, and its address."""
    log = report.json["log"]
    entries = [each for each in log["entries"] if isinstance(each, dict)]
    host, calls = _most_called(entries)
    told = list(_browser(log.get("browser")))
    said = dict.fromkeys([*told, *_sent(calls, named=bool(told))])
    yield from (report.fact(subject, name, value, f'"{value}"', note) for subject, name, value, note in said)
    if host:
        yield report.fact("system", "address", host, f'"{host}')
    for moment in [str(each.get("startedDateTime", "")) for each in entries[:1]]:
        if offset := re.search(r"[+-]\d\d:\d\d$", moment):
            yield report.fact("host", "utc-offset", offset[0], moment)
    yield from _answered(report, calls)


def _browser(browser: Json) -> Iterator[tuple[str, str, str, str]]:
    if isinstance(browser, dict) and browser.get("name") and browser.get("version"):
        name = _NAMES.get(str(browser["name"]).casefold(), str(browser["name"]))
        yield "browser", "name", name, ""
        yield "browser", "version", str(browser["version"]), ""
        if name in ("Chromium", "Chrome", "Edge"):
            yield "browser", "chromium", str(browser["version"]).partition(".")[0], ""


def _sent(calls: list[dict[str, Any]], *, named: bool) -> Iterator[tuple[str, str, str, str]]:
    """What the calls say in their headers, the first that has one; a browser that the log names is not named again."""
    headers: dict[str, str] = {}
    for call in calls:
        for name, value in _headers(call.get("request")):
            headers.setdefault(name, value)
    yield from (each for each in of_headers(headers) if not named or each[0] != "browser" or each[1] == "language")


def _answered(report: Report, calls: list[dict[str, Any]]) -> Iterator[Fact]:
    found: dict[str, str] = {}
    for call in calls:
        for name, value in _headers(call.get("response")):
            if name in _SERVERS:
                found.setdefault(name, value)
    yield from (report.fact("answer", name, value, f'"{value}"') for name, value in found.items())


def _most_called(entries: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The origin that most entries went to, and these."""
    by_origin: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        request = entry.get("request")
        parts = urlsplit(str(request.get("url", ""))) if isinstance(request, dict) else urlsplit("")
        if parts.scheme in ("http", "https"):
            by_origin.setdefault(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", []).append(entry)
    count = Counter({origin: len(calls) for origin, calls in by_origin.items()})
    return next(((origin, by_origin[origin]) for origin, _ in count.most_common(1)), ("", entries))


def _headers(message: Json) -> Iterator[tuple[str, str]]:
    headers = message.get("headers") if isinstance(message, dict) else None
    for each in headers if isinstance(headers, list) else ():
        if isinstance(each, dict) and isinstance(each.get("name"), str) and isinstance(each.get("value"), str):
            yield each["name"].lower(), each["value"]
