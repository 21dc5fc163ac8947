"""A user agent as people paste it: the text alone, or headers with client hints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report
from harness.intake.user_agents import of_headers

FORMAT = Format("a user agent (and client hints)", "any page that says what the browser sends; the request's headers")

_MOST_LINES = 60
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*)\s*:\s*(.+)$")
_AGENT = re.compile(r"^(?:user.?agent\W{1,4})?[\"']?(Mozilla/\d\.\d \([^\"]*)", re.IGNORECASE)


def sniff(report: Report) -> bool:
    """A few lines, each of them a user agent or a header."""
    lines = [text for _, text in report.lines]
    found = any(_AGENT.search(text) or text.lower().startswith("sec-ch-ua") for text in lines)
    fits = (_HEADER.match(text) or _AGENT.search(text) or re.match(r"[A-Z]+ \S+ HTTP/", text) for text in lines)
    return found and len(lines) <= _MOST_LINES and all(fits) and not report.text.lstrip().startswith(("{", "#"))


def read(report: Report) -> Iterator[Fact]:
    """Browser and system; the language where Accept-Language is there."""
    headers: dict[str, str] = {}
    at: dict[str, int] = {}
    for number, text in report.lines:
        agent, header = _AGENT.search(text), _HEADER.match(text)
        name, value = ("user-agent", agent[1]) if agent else (header[1].lower(), header[2]) if header else ("", "")
        headers.setdefault(name, value)
        at.setdefault(value, number)
    for subject, name, value, note in of_headers(headers):
        line = next((number for text, number in at.items() if value in text), min(at.values()))
        yield report.fact(subject, name, value, line, note)
