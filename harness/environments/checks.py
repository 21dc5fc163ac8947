"""What a value in environment.yaml must be beyond its type; each mistake says what to write instead."""

from __future__ import annotations

import re
import shlex
import zoneinfo
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from harness.written import suggestion

START_PLACEHOLDERS = ("host", "port", "options", "url")
SERVICE_PLACEHOLDERS = ("host", "port", "data")
SCENARIO_PLACEHOLDERS = ("url", "side")


def mistake(what: str, hint: str | None = None) -> PydanticCustomError:
    """An error that load.py shows as it stands; handed over as context so that braces in the text stay braces."""
    return PydanticCustomError("backfit", "{what}", {"what": what, "hint": hint})


def placeholders(text: str) -> list[str]:
    """The names in curly brackets in `text`; `{"a": 1}` and `{}` hold none."""
    return re.findall(r"\{(\w+)\}", text)


def listed(value: Any) -> Any:
    """A lone string as a list of one."""
    return [value] if isinstance(value, str) else value


def scalar(value: Any) -> Any:
    """A YAML scalar as the text that a person meant by it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value


def requirement(value: str) -> str:
    """A requirement for pip or npm; options would change what is installed where."""
    if value.startswith("-") or not value.strip():
        raise mistake(f"'{value}' is not a requirement", "write name==version (pip) or name@version (npm)")
    return value


def command(value: str) -> str:
    """A start command: words as a shell would split them, and only known placeholders."""
    return _command(value, START_PLACEHOLDERS)


def options(value: str) -> str:
    """What stands for {options}: words, and any placeholder but itself."""
    return _command(value, tuple(name for name in START_PLACEHOLDERS if name != "options"))


def service_command(value: str) -> str:
    """A command of a service."""
    return _command(value, SERVICE_PLACEHOLDERS)


def scenario_command(value: str) -> str:
    """A scenario's command."""
    return _command(value, SCENARIO_PLACEHOLDERS)


def _command(value: str, known: tuple[str, ...]) -> str:
    try:
        shlex.split(value)
    except ValueError as error:
        raise mistake(f"cannot split the command into words: {error}".replace("No closing", "no closing")) from error
    for name in placeholders(value):
        if name not in known:
            raise mistake(f"unknown placeholder '{{{name}}}'", suggestion(name, known))
    return value


def call(value: str) -> str:
    """A method with a path, and with a query where there is one."""
    if not re.fullmatch(r"[A-Z]+ /(?!/)[^\s#]*", value):
        raise mistake(f"'{value}' is not a call", "write its method and its path, e.g. GET /posts?_page=2")
    return value


def call_alone(value: Any) -> Any:
    """A lone text as a call without headers and body."""
    return {"call": value} if isinstance(value, str) else value


def variable_name(value: str) -> str:
    """An environment variable's name."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value):
        raise mistake(f"'{value}' is not a variable's name", "write NAME: value")
    return value


def pattern(value: str) -> str:
    """A regular expression."""
    try:
        re.compile(value)
    except re.error as error:
        raise mistake(f"not a regular expression: {error}") from error
    return value


def image_name(value: str) -> str:
    """A container image's name, with or without tag and digest."""
    if not re.fullmatch(r"[a-z0-9][a-zA-Z0-9._/:@-]*", value):
        raise mistake(f"'{value}' is not an image's name", "write name:tag, e.g. debian:bookworm")
    return value


def locale(value: str) -> str:
    """A locale as in `locale -a`."""
    if not re.fullmatch(r"(C|POSIX|[a-z]{2,3}_[A-Z]{2})(\.[\w-]+)?(@\w+)?", value):
        raise mistake(f"'{value}' is not a locale", "write language_COUNTRY.UTF-8, e.g. en_GB.UTF-8")
    return value


def timezone(value: str) -> str:
    """An IANA time zone; any name passes on a machine that has no list of them."""
    zones = zoneinfo.available_timezones()
    if zones and value not in zones:
        raise mistake(f"unknown time zone '{value}'", suggestion(value, zones))
    return value


def exactly_one(part: BaseModel, keys: tuple[str, ...]) -> None:
    """Raises unless one of `keys` is given."""
    given = _given(part, keys)
    if len(given) != 1:
        found = f"not {' and '.join(given)}" if given else "none is given"
        raise mistake(f"exactly one of {', '.join(keys)} is needed, {found}")


def at_most_one(part: BaseModel, keys: tuple[str, ...]) -> None:
    """Raises where several of `keys` are given."""
    if len(given := _given(part, keys)) > 1:
        raise mistake(f"one of {', '.join(keys)} is enough, not {' and '.join(given)}")


def only_with(part: BaseModel, key: str, other: str) -> None:
    """Raises where `key` is given without `other`."""
    values: Mapping[str, Any] = dict(part)
    if values[key] is not None and values[other] is None:
        raise mistake(f"'{key}' means something with '{other}' only")


def _given(part: BaseModel, keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if getattr(part, key) is not None]
