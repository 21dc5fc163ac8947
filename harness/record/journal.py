"""What a scenario's process told while it ran, read back; a process that was killed has still told all up to then.

A plugin can write to it as well: what has not the shape of its event was never told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from harness.model.json_text import Json
from harness.record.attribution import ToldCall
from harness.record.outputs import content

Events = Mapping[str, Sequence[Json]]
"""The values told under each event's name, in order."""

STAND_IN = "system.test"

_NAMED_TEXT = {"name": str, "text": str}
_ERROR = {"text": str, "frames": [str], "target": str}
_SHAPES: Mapping[str, Any] = {
    "environment": {"what": str},
    "bad_return": str,
    "returned": dict,
    "raised": str,
    "page": str,
    "call": {"method": str, "url": str, "kind": str, "frames": [str], "target": str, "time": float},
    "page_error": _ERROR,
    "worker_error": _ERROR,
    "console_error": _ERROR,
    "failed_request": str,
    "dialog": str,
    "download": str,
    "screenshot": {"name": str, "file": str},
    "snapshot": _NAMED_TEXT,
    "page_end": _NAMED_TEXT,
    "trace": str,
    "browser": str,
    "note": str,
}
"""What is told under each event's name; under others it may be anything."""


def read_journal(path: Path, url: str) -> Events:
    """The events in the journal at `path`, with the address in `url` replaced by `system.test`; none without a file."""
    return _read(anonymous(_text(path), url))


def _text(path: Path) -> str:
    return content(path).decode(errors="replace")


def _read(text: str) -> defaultdict[str, list[Any]]:
    events: defaultdict[str, list[Any]] = defaultdict(list)
    whole, _, _ = text.rpartition("\n")  # a kill may have cut the last line
    for line in whole.splitlines():
        for event, value in _told(line).items():
            if _has_shape(value, _SHAPES.get(event, object)):
                events[event].append(value)
    return events


def _told(line: str) -> Mapping[str, Json]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _has_shape(value: Json, shape: Any) -> bool:
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(_has_shape(value.get(name), each) for name, each in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(_has_shape(each, shape[0]) for each in value)
    return isinstance(value, (int, float) if shape is float else shape)


def told_calls(path: Path) -> tuple[ToldCall, ...]:
    """The calls of the journal at `path` with their real addresses, which are those that the recorder saw."""
    told = ({name: call[name] for name in _SHAPES["call"]} for call in _read(_text(path))["call"])
    return tuple(ToldCall(**{**call, "frames": tuple(call["frames"])}) for call in told)


def anonymous(text: str, url: str) -> str:
    """`text` with the host and port of `url`, which differ from run to run, replaced by `system.test`."""
    authority = urlsplit(url).netloc
    return text.replace(authority, STAND_IN).replace(quote(authority, safe=""), STAND_IN)
