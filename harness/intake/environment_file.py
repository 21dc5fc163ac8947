"""What an environment's file, finished or a draft, says and leaves open: enough to know what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.environments.extends import FILE_NAME, layers, merged
from harness.environments.open_questions import open_questions
from harness.intake.questions import keys_said


@dataclass(frozen=True)
class Said:
    """The dotted keys that are said (`host.os`), and the ids of the open questions."""

    keys: frozenset[str]
    open: frozenset[str]


def said_in(path: Path) -> Said:
    """What the environment in a folder or file says, with what it extends. Raises BadFile where it is no YAML."""
    data = merged(layers(path / FILE_NAME if path.is_dir() else path))
    keys = set(keys_said(data))
    if isinstance(data.get("browser"), dict):
        keys.add("browser.version")  # {chromium: 112} names it without the key's own name
    return Said(frozenset(keys), frozenset(each.id for each in open_questions(data)))


def is_environment(path: Path) -> bool:
    """Whether it is an environment's folder or file, rather than a report."""
    if path.is_dir():
        return True
    if path.suffix not in (".yaml", ".yml") or not path.is_file():
        return False
    with path.open("rb") as file:
        return b"backfit/environment/" in file.read(65_536)
