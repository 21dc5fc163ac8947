"""A docker compose file: which services there are, from which images, and what they are told of place and language.

No other variable is looked at: many are secrets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("a docker compose file", "the file as it is (docker compose config writes a whole one)")
VARIABLES = {"TZ": "timezone", "LANG": "locale", "LC_ALL": "locale", "HTTP_PROXY": "proxy", "HTTPS_PROXY": "proxy"}
"""Variables that tell of the machine."""


def sniff(report: Report) -> bool:
    """A mapping of services, of which one has an image or is built."""
    if report.json is not None or not isinstance(report.yaml, dict):
        return False
    services = report.yaml.get("services")
    named = services.values() if isinstance(services, dict) else ()
    return any(isinstance(each, dict) and ("image" in each or "build" in each) for each in named)


def read(report: Report) -> Iterator[Fact]:
    """Each service by its image, or by the folder that it is built from; its first port, and the machine's variables."""
    services = report.yaml["services"]
    for name, each in services.items():
        if isinstance(each, dict):
            line = _line(services, name)
            yield report.fact("service", name, each.get("image") or f"built from {_folder(each.get('build'))}", line)
            if port := _port(each.get("ports") or each.get("expose")):
                yield report.fact("service-port", name, port, line)
            for variable, value in variables(each.get("environment")):
                yield report.fact("host", variable, value, line)


def variables(environment: Any) -> Iterator[tuple[str, str]]:
    """What tells of the machine among the variables of a service; nothing that is filled in elsewhere (`${TZ}`)."""
    for name, value in pairs(environment):
        if name.upper() in VARIABLES and value and "$" not in value:
            yield VARIABLES[name.upper()], value


def pairs(environment: Any) -> list[tuple[str, str]]:
    """Names and values of a mapping, or of a list of `NAME=value`."""
    if isinstance(environment, Mapping):
        return [(str(name), "" if value is None else str(value)) for name, value in environment.items()]
    listed = environment if isinstance(environment, list) else ()
    return [(name, value) for name, _, value in (str(each).partition("=") for each in listed)]


def _folder(build: Any) -> str:
    return str(build.get("context", ".")) if isinstance(build, Mapping) else str(build or ".")


def _port(ports: Any) -> str:
    """The port inside the container of `8080:80`, `127.0.0.1:8080:80/tcp`, or `{target: 80}`."""
    first = next(iter(ports), "") if isinstance(ports, list) else ""
    target = first.get("target", "") if isinstance(first, Mapping) else str(first).rpartition(":")[2]
    number = str(target).partition("/")[0].partition("-")[0]
    return number if number.isdecimal() else ""


def _line(services: CommentedMap, name: Any) -> int:
    place = services.lc.data.get(name)
    return place[0] + 1 if place else 0
