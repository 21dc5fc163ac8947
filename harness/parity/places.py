"""What is there where things run, as facts: the system's machine, the services', and the place that the plugin has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from harness.intake.fact import Fact, clean
from harness.intake.format import understood
from harness.intake.report import Report
from harness.intake.user_agents import of_headers
from harness.model.errors import BadFile
from harness.model.exchange import Exchange

Run = Callable[[Sequence[str]], str]
"""Runs a command there and gives what it printed. Raises EnvironmentFailed."""

_MARK = "@@backfit"
_ASKED = {
    "os-release": "cat /etc/os-release",
    "locale": 'echo "${LC_ALL:-$LANG}"',
    "timezone": 'echo "${TZ:-$(cat /etc/timezone)}"',
    "now": "date +%s",
    "umask": "umask",
    "user": "id -u",
    "proxy": 'echo "${HTTP_PROXY:-$http_proxy}"',
    "memory": "cat /sys/fs/cgroup/memory.max || cat /sys/fs/cgroup/memory/memory.limit_in_bytes",
    "cpus": "cat /sys/fs/cgroup/cpu.max || paste -d' ' /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us",
    "hosts": "cat /etc/hosts",
    "node": "node --version",
    "php": "php -r 'echo PHP_VERSION;'",
    "python": "python3 -c 'import platform; print(platform.python_version())'",
    "dpkg": "dpkg-query -W -f '${Package}\\t${Version}\\n'",
    "pip": "p=$(command -v python || command -v python3) && $p -c 'import importlib.metadata as m\n"
    'for d in m.distributions(): print(d.name + "==" + d.version)\'',
    "npm": 'IFS=:; for f in $PATH; do case $f in */node_modules/.bin) cat "$f/../.package-lock.json"; break;; esac; done',
}
_TELLING = ("accept-language", "user-agent", "via", "x-forwarded-for")
"""Headers of a call that can change an answer."""
_BEFORE = ("server", "x-powered-by", "via")
"""Headers of an answer that tell what stands before the system."""
_PLAIN = {"locale": ("host", "locale"), "timezone": ("host", "timezone"), "umask": ("host", "umask"), "proxy": ("host", "proxy"),
          "user": ("host", "user"), "php": ("runtime", "php"), "python": ("runtime", "python")}  # fmt: skip


def machine(run: Run, place: str, now: float) -> list[Fact]:
    """What a machine says, of whatever it has a command for; `now` is the real moment. Raises EnvironmentFailed."""
    script = "\n".join(f"echo; echo {_MARK} {name}; ({command}) 2>/dev/null" for name, command in _ASKED.items())
    printed = run(["sh", "-c", f"{script}\ntrue"])
    parts = (part.partition("\n") for part in printed.split(f"{_MARK} ")[1:])
    return [fact for name, _, text in parts for fact in _facts(name.strip(), text.strip(), place, now) if fact.value]


def _facts(name: str, text: str, place: str, now: float) -> Iterator[Fact]:
    if not text:
        return
    if name in ("os-release", "dpkg", "pip"):
        yield from _read(text, place)
    elif name == "npm":
        yield from _npm(text, place)
    elif name == "hosts":
        for address, *names in (line.split() for line in text.splitlines() if line.strip()):
            yield from (Fact("hosts-entry", clean(each), clean(address), place) for each in names if address[0] != "#")
    else:
        yield from (Fact(subject, about, clean(value), place) for subject, about, value in _plain(name, text, now))


def _plain(name: str, text: str, now: float) -> Iterator[tuple[str, str, str]]:
    match name:
        case "now" if text.isdecimal():
            yield "host", "clock ahead", _ahead(text, now)
        case "node":
            yield "runtime", "node", text.removeprefix("v")
        case "memory" if text.isdecimal() and int(text) < 2**60:
            yield "host", "memory", text
        case "cpus" if match := re.fullmatch(r"(\d+) ([1-9]\d*)", text):
            yield "host", "cpus", f"{int(match[1]) / int(match[2]):g}"
        case _ if name in _PLAIN:
            yield *_PLAIN[name], text


def _ahead(there: Any, now: float) -> str:
    """Whole seconds by which a clock is ahead."""
    return f"{round(float(there) - now)} s"


def _read(text: str, place: str) -> Iterator[Fact]:
    """What a command printed, read as the report of a customer is."""
    try:
        found = understood(Report(place, text)).facts
    except BadFile:
        return
    yield from (replace(fact, source=place) for fact in found if fact.subject != "browser")


def _npm(text: str, place: str) -> Iterator[Fact]:
    lock = Report(place, text).json
    packages = lock.get("packages") if isinstance(lock, dict) else None
    for folder, each in packages.items() if isinstance(packages, dict) else ():
        if folder.count("node_modules/") == 1 and isinstance(each, dict):
            yield Fact("npm", clean(folder.removeprefix("node_modules/")), clean(each.get("version", "")), place)


def page(answers: Mapping[str, Any], now: float) -> list[Fact]:
    """What the page said that probes/page.py asked. Raises KeyError, TypeError or ValueError where it is none of that."""
    place = "browser"
    agent = str(answers["userAgent"])
    brands = ", ".join(f'"{brand}";v="{version}"' for brand, version in answers["brands"])
    told = {"user-agent": agent, "sec-ch-ua-full-version-list": brands, "sec-ch-ua-platform": str(answers["platform"])}
    engine = "chromium" if "Chrome/" in agent else "firefox" if "Firefox/" in agent else "webkit"
    said = [
        *(each[:3] for each in of_headers(told)),
        ("browser", "engine", engine),
        ("browser", "language", answers["language"]),
        ("browser", "viewport", answers["viewport"]),
        ("host", "timezone", answers["zone"]),
        ("host", "clock ahead", _ahead(answers["now"], now)),
        *(("font", script, "drawn" if drawn else "not drawn") for script, drawn in answers["fonts"].items()),
    ]
    return [Fact(subject, name, clean(value), place) for subject, name, value in said if value]


def program(answers: Mapping[str, Any], now: float, *, own: bool) -> list[Fact]:
    """What probes/program.py found where the plugin's program runs; `own` where the Python there is the plugin's."""
    place = "plugin's machine"
    said = [
        ("host", "locale", answers["locale"]),
        ("host", "timezone", answers["zone"]),
        ("host", "clock ahead", _ahead(answers["now"], now)),
        *((("runtime", "python", answers["python"]), *_pip(answers["pip"])) if own else ()),
    ]
    system = _read(str(answers["os_release"]), place) if answers["os_release"] else ()
    return [*system, *(Fact(subject, name, clean(value), place) for subject, name, value in said if value)]


def _pip(versions: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    yield from (("pip", name, version) for name, version in versions.items())


def headers(exchanges: Sequence[Exchange]) -> list[Fact]:
    """Headers as the system gets them, and those of its answers that tell of what stands before it."""
    found: dict[tuple[str, str], str] = {}
    for each in exchanges:
        for name, value in each.request.headers:
            if name.lower() in _TELLING:
                found.setdefault(("header", name.lower()), value)
        for name, value in each.response.headers if each.response else ():
            if name.lower() in _BEFORE:
                found.setdefault(("answer", name.lower()), value)
    return [Fact(subject, name, clean(value), "the plugin's calls") for (subject, name), value in found.items()]
