"""What a scenario's process told while it ran, read back; a process that was killed has still told all up to then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from harness.model.json_text import Json
from harness.record.attribution import ToldCall

Events = Mapping[str, Sequence[Json]]
"""The values told under each event's name, in order."""

STAND_IN = "system.test"


def read_journal(path: Path, url: str) -> Events:
    """The events in the journal at `path`, with the address in `url` replaced by `system.test`; none without a file."""
    return _read(anonymous(_text(path), url))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _read(text: str) -> defaultdict[str, list[Any]]:
    events: defaultdict[str, list[Any]] = defaultdict(list)
    whole, _, _ = text.rpartition("\n")  # a kill may have cut the last line
    for line in whole.splitlines():
        for event, value in json.loads(line).items():
            events[event].append(value)
    return events


def told_calls(path: Path) -> tuple[ToldCall, ...]:
    """The calls of the journal at `path` with their real addresses, which are those that the recorder saw."""
    return tuple(ToldCall(**{**call, "frames": tuple(call["frames"])}) for call in _read(_text(path))["call"])


def anonymous(text: str, url: str) -> str:
    """`text` with the host and port of `url`, which differ from run to run, replaced by `system.test`."""
    authority = urlsplit(url).netloc
    return text.replace(authority, STAND_IN).replace(quote(authority, safe=""), STAND_IN)
