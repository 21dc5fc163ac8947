"""`--format NAME[=FILE]`, several times: which report goes where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

from harness.model.errors import UsageError


def targets(formats: Sequence[str], known: Collection[str]) -> list[tuple[str, Path | None]]:
    """(name, file) for each; None is the terminal, to which one at most goes. Raises UsageError."""
    split = [each.partition("=") for each in formats]
    for name, equals, file in split:
        if name not in known:
            near = get_close_matches(name, known, 1)
            meant = f"did you mean {near[0]}?  " if near else ""
            raise UsageError(f"there is no format {name!r}", hint=f"{meant}--format is one of {', '.join(known)}")
        if equals and not file:
            raise UsageError(f"--format {name}= names no file", hint=f"write {name}=FILE, or {name} for the terminal")
    found = [(name, Path(file) if file else None) for name, _, file in split]
    files = [file for _, file in found if file is not None]
    if len(set(files)) < len(files):
        raise UsageError("two formats go to one file", hint="give each a file of its own")
    shown = [name for name, file in found if file is None]
    if len(shown) > 1:
        raise UsageError(f"{' and '.join(shown)} cannot both go to the terminal", hint=f"write {shown[1]}=FILE")
    return found
