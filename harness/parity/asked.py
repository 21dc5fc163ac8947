"""What an environment's file asks for, as facts: the same words that running systems and customers' reports are put into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from harness.environments import clock
from harness.environments.spec import Environment, Host, Service, SideName
from harness.intake.fact import Fact
from harness.record.machine import language

_CODENAMES = {"bullseye": "11", "bookworm": "12", "trixie": "13"}
_PINNED = {"pip": re.compile(r"([\w.-]+)(?:\[[^]]*\])?==([\w.+!-]+)"), "npm": re.compile(r"(@?[\w./-]+)@(\d[\w.+-]*)")}
_SCRIPTS = ("cjk", "arabic", "emoji")


def asked(environment: Environment, side: SideName, now: float) -> list[Fact]:
    """What the file asks of one side; `now` is the real moment (seconds since 1970) that shifts of its clock count from."""
    where = environment.path.name
    own_image = environment.side(side).installer in ("image", "build", "compose")
    said = chain(
        () if own_image else _os(environment.host.os),
        _host(environment.host, now),
        _packages(environment, side),
        _browser(environment),
        *(_service(name, service) for name, service in environment.services.items()),
    )
    return [Fact(subject, name, value, where) for subject, name, value in said]


def _os(image: str) -> Iterator[tuple[str, str, str]]:
    name, _, tag = image.rpartition("/")[2].partition(":")
    if tag:
        yield "os", "id", name
        yield "os", "version", _CODENAMES.get(tag, tag)


def _host(host: Host, now: float) -> Iterator[tuple[str, str, str]]:
    yield "host", "locale", host.locale
    yield "host", "timezone", host.timezone
    if not (host.clock and host.clock.frozen):
        ahead = clock.offset(host.clock, host.timezone, now) if host.clock else 0.0
        yield "host", "clock ahead", f"{ahead:.0f} s"
    for name in ("umask", "user", "proxy", "memory", "cpus"):
        if (value := getattr(host, name)) is not None:
            yield "host", name, f"{value:g}" if isinstance(value, float) else str(value)
    for each in host.packages:
        name, _, version = each.partition("=")
        yield "debian", name, version or "installed"
    for each in host.fonts:
        yield ("font", each, "drawn") if each in _SCRIPTS else ("debian", each.partition("=")[0], "installed")
    for name, address in host.hosts.items():
        if re.search("[.:]", address):
            yield "hosts-entry", name, address


def _packages(environment: Environment, side: SideName) -> Iterator[tuple[str, str, str]]:
    spec, plugin = environment.side(side).spec, environment.plugin
    yield from _pinned("pip", (*(spec.pip or ()), *(plugin.pip or ())))
    yield from _pinned("npm", (*(spec.npm or ()), *(plugin.npm or ())))
    if spec.node:
        yield "runtime", "node", spec.node


def _pinned(kind: str, requirements: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for each in requirements:
        if match := _PINNED[kind].fullmatch(each):
            yield kind, match[1], match[2]


def _browser(environment: Environment) -> Iterator[tuple[str, str, str]]:
    browser = environment.browser
    if browser is None:
        return
    yield "browser", "engine", browser.name
    if browser.version[0].isdigit():
        yield "browser", "chromium" if browser.name == "chromium" else "version", browser.version
    yield "browser", "language", language(environment.host.locale)
    yield "browser", "viewport", environment.viewport


def _service(name: str, service: Service) -> Iterator[tuple[str, str, str]]:
    if service.image:
        yield f"service {name}", "image", service.image
    for each in service.debian:
        package, _, version = each.partition("=")
        yield f"service {name}", package, version or "installed"
