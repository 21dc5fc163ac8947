"""What is known of one version: calls that were recorded, what its schema declares, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from harness.model.errors import BadFile, UsageError
from harness.record.stream import is_stream

_DECLARED = (".yaml", ".yml")
_HAR = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:')
_HEAD = 4096


@dataclass(frozen=True)
class Evidence:
    """Files: `recorded` is a HAR or a stream of its entries, `again` a second run of the same; at least one is there."""

    recorded: Path | None = None
    again: Path | None = None
    declared: Path | None = None

    @property
    def streamed(self) -> bool:
        """Whether a recording may be larger than memory."""
        return any(file is not None and is_stream(file) for file in (self.recorded, self.again))


def evidence(side: str, file: Path, again: Path | None, schema: Path | None) -> Evidence:
    """The evidence of a side, `old` or `new`: its file is told by its content, the others are what their options say.

    Raises BadFile where the file cannot be read, UsageError where an option does not go with it.
    """
    if is_recording(file):
        return Evidence(file, again, schema)
    if again is not None:
        hint = "a schema has no noise: leave it out"
        raise UsageError(f"--{side}-again is a second recording, and {file} is no recording", hint=hint)
    if schema is not None:
        hint = f"give a recording as {side.upper()}, or leave --{side}-schema out"
        raise UsageError(f"{file} and --{side}-schema both say what {side.upper()} declares", hint=hint)
    return Evidence(declared=file)


def is_recording(file: Path) -> bool:
    """Whether a file is a HAR or a stream of HAR entries, by its name or else by how it begins. Raises BadFile."""
    if file.name.lower().endswith(".har") or is_stream(file):
        return True
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file), hint="check the path") from error
    return not file.name.lower().endswith(_DECLARED) and _HAR.match(head) is not None
