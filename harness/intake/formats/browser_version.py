"""`chrome://version`, `edge://version` and those of other Chromiums, copied as text, in any language.

The labels are translated, the values are not: each line is known by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report
from harness.intake.user_agents import of_user_agent

FORMAT = Format("the text of chrome://version", "open chrome://version (edge://version), select all, copy")

_HEAD = re.compile(r"^(Google Chrome|Chromium|Microsoft Edge|Brave|Opera|Vivaldi)[^\d\n]*(\d+(?:\.\d+){3})\b")
_NAMES = {"Google Chrome": "Chrome", "Microsoft Edge": "Edge"}
_CHROMIUMS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave")
"""Those whose first number is that of the Chromium they are built on."""
_USER_AGENT = re.compile(r"Mozilla/5\.0 \(.*")
_V8 = re.compile(r"\bV8 \d+\.\d+")
_SYSTEM = re.compile(
    r"(?:^|[\s:：])(Windows|macOS|Mac OS X|Linux|Android|ChromeOS|Chrome OS)"
    r"(?: (?:Version |Server )*(\d+(?:\.\d+)*))?(?=$|[\s;(])"
)
_FLAG = re.compile(r"(?<!\S)--([a-z][a-z0-9-]*)(?:=(\"[^\"]*\"|\S+))?")
_TOLD = ("proxy-server", "proxy-pac-url", "load-extension", "disable-extensions", "disable-web-security", "user-agent")
"""Flags of the command line that change what a plugin meets."""


def sniff(report: Report) -> bool:
    """A browser with its version among the first lines, and the version of its JavaScript."""
    first = any(_HEAD.match(text) for _, text in report.lines[:8])
    return first and bool(_V8.search(report.text))


def read(report: Report) -> Iterator[Fact]:
    """The browser, its system, and the flags that matter."""
    parts: set[str] = set()
    for number, text in report.lines:
        if "browser" not in parts and (head := _HEAD.match(text)):
            parts.add("browser")
            yield from _browser(report, head, number)
        elif agent := _USER_AGENT.search(text):
            said = [each for each in of_user_agent(agent[0]) if each[:2] == ("browser", "chromium")]
            yield from (report.fact(*each[:3], number, each[3]) for each in said)
        elif flags := _FLAG.findall(text):
            yield from _flags(report, flags, number)
        elif "system" not in parts and parts and (system := _SYSTEM.search(text)):
            parts.add("system")
            yield from _system(report, system, number)


def _browser(report: Report, head: re.Match[str], number: int) -> Iterator[Fact]:
    yield report.fact("browser", "name", _NAMES.get(head[1], head[1]), number)
    yield report.fact("browser", "version", head[2], number)
    if head[1] in _CHROMIUMS:
        yield report.fact("browser", "chromium", head[2].partition(".")[0], number)


def _system(report: Report, system: re.Match[str], number: int) -> Iterator[Fact]:
    name = {"Mac OS X": "macOS", "Chrome OS": "ChromeOS"}.get(system[1], system[1])
    yield report.fact("browser-os", "name", name, number)
    if system[2] and name != "Linux":
        yield report.fact("browser-os", "version", system[2], number)


def _flags(report: Report, flags: list[tuple[str, str]], number: int) -> Iterator[Fact]:
    for name, value in flags:
        if name == "lang":
            yield report.fact("browser", "language", value, number)
        elif name in _TOLD:
            yield report.fact("browser", f"--{name}", value.strip('"') or "given", number)
