"""What a scenario's process told while it ran, read back; a process that was killed has still told all up to then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from harness.model.json_text import Json

Events = Mapping[str, Sequence[Json]]
"""The values told under each event's name, in order."""

STAND_IN = "system.test"


def read_journal(path: Path, url: str) -> Events:
    """The events in the journal at `path`, with the address in `url` replaced by `system.test`; none without a file."""
    events: defaultdict[str, list[Json]] = defaultdict(list)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    whole, _, _ = anonymous(text, url).rpartition("\n")  # a kill may have cut the last line
    for line in whole.splitlines():
        for event, value in json.loads(line).items():
            events[event].append(value)
    return events


def anonymous(text: str, url: str) -> str:
    """`text` with the host and port of `url`, which differ from run to run, replaced by `system.test`."""
    authority = urlsplit(url).netloc
    return text.replace(authority, STAND_IN).replace(quote(authority, safe=""), STAND_IN)
