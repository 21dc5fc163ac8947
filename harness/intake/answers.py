"""What facts come to as values of environment.yaml; nothing where they do not decide it."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass

from harness.intake.fact import Fact
from harness.intake.gathered import Gathered

_DEBIAN = {"10": "buster", "11": "bullseye", "12": "bookworm", "13": "trixie"}
_IMAGES = {
    "ubuntu": "ubuntu", "fedora": "fedora", "alpine": "alpine", "centos": "centos", "rocky": "rockylinux",
    "almalinux": "almalinux", "amzn": "amazonlinux", "opensuse-leap": "opensuse/leap", "ol": "oraclelinux",
}  # fmt: skip
"""ID of os-release -> the image of that name."""
_ENGINES = {"Firefox": "firefox", "Safari": "webkit", "Firefox for iOS": "webkit", "Chrome for iOS": "webkit"}
_IMAGE = re.compile(r"[a-z0-9][a-zA-Z0-9._/:@-]*")


@dataclass(frozen=True)
class Answer:
    """A value, and in a comment's words where it comes from."""

    value: str
    why: str


def image(facts: Gathered) -> Answer | None:
    """The image that is the system's machine."""
    named, version = facts.fact("os", "id"), facts.value("os", "version")
    if named and named.value == "debian" and version:
        return Answer(f"debian:{_DEBIAN.get(version.partition('.')[0], version)}", _from(named))
    if named and named.value in _IMAGES and re.fullmatch(r"[\w.]+", version, re.ASCII):
        release = ".".join(version.split(".")[: 2 if named.value in ("ubuntu", "alpine", "opensuse-leap") else 1])
        return Answer(f"{_IMAGES[named.value]}:{release}", _from(named))
    found = facts.fact("host", "image")
    return Answer(found.value, _from(found)) if found and _IMAGE.fullmatch(found.value) else None


def locale(facts: Gathered) -> Answer | None:
    """The locale, else that of the language that the browser asks for, else the system's own, where they say a country."""
    for subject, name in (("host", "locale"), ("browser", "language"), ("system", "language")):
        found = facts.fact(subject, name)
        match = found and re.fullmatch(r"([a-z]{2,3})(?:[-_][A-Za-z]{4})?[-_]([A-Z]{2})(?:[._].*)?", found.value)
        if found and match:
            return Answer(f"{match[1]}_{match[2]}.UTF-8", f"{found.value}, {_from(found)}")
    return None


def timezone(facts: Gathered) -> Answer | None:
    """The zone where it is a name that is known."""
    found = facts.fact("host", "timezone")
    return Answer(found.value, _from(found)) if found and found.value in zoneinfo.available_timezones() else None


def proxies(facts: Gathered) -> list[Fact]:
    """What speaks of a proxy. It is not written down as the environment's: where it runs, nobody would answer there."""
    keys = (("host", "proxy"), ("browser", "--proxy-server"), ("browser", "--proxy-pac-url"))
    return [found for key in keys if (found := facts.fact(*key))]


def fonts(facts: Gathered) -> list[str]:
    """The Debian packages of fonts."""
    return sorted(fact.name for fact in facts.about("debian") if fact.name.startswith("fonts-"))


@dataclass(frozen=True)
class WantedBrowser:
    """An engine that can be driven here, its major version (empty where unknown), and what there is to say of it."""

    engine: str
    version: str
    why: str


def browser(facts: Gathered) -> WantedBrowser | None:
    """The customer's browser, as the engine inside it; None where no report speaks of one."""
    name = facts.fact("browser", "name")
    if name is None:
        return None
    engine = _ENGINES.get(name.value, "chromium")
    exact = facts.fact("browser", "version")
    inside = facts.fact("browser", "chromium") if engine == "chromium" else exact
    told = [f"{name.value} {exact.value if exact else ''}".strip(), _from(name)]
    told += [fact.note for fact in (exact,) if fact and fact.note]
    if engine == "chromium" and name.value not in ("Chromium", "Chrome"):
        told.insert(1, f"{name.value} is built on Chromium")
    return WantedBrowser(engine, inside.value.partition(".")[0] if inside else "", ", ".join(told))


def _from(fact: Fact) -> str:
    return f"from {fact.source}"
