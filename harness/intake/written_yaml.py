"""YAML written line by line, for a person to go on with: every value that came from outside is a quoted scalar or a comment."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass, field

from harness.environments.open_questions import TAG

_WIDTH = 118
_PLAIN = re.compile(r"[A-Za-z](?:[\w./@+=:-]*\w)?", re.ASCII)
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
"""Texts that one version of YAML or another reads as something else."""


def scalar(text: str) -> str:
    """A text as YAML reads it back; `text` is printable and has no line breaks."""
    number = text.isdecimal() and text.isascii() and not text.startswith("0")
    plain = number or (_PLAIN.fullmatch(text) and text.casefold() not in _WORDS)
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(items: list[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(map(scalar, items))}]"


def question(name: str) -> str:
    """The tag that stands where an answer will."""
    return f"{TAG} {name}"


@dataclass
class Lines:
    """Lines of a file; `depth` counts levels of two spaces. Values are YAML already: `scalar`, `flow`, `question`."""

    lines: list[str] = field(default_factory=list)

    def say(self, depth: int, key: str, value: str = "", why: str = "") -> None:
        """`key: value  # why`; a comment that does not fit goes above."""
        line = f"{'  ' * depth}{key}:{' ' if value else ''}{value}"
        if why and len(line) + len(why) + 4 > _WIDTH:
            self.comment(depth, why)
            why = ""
        self.lines.append(f"{line}  # {why}" if why else line)

    def item(self, depth: int, value: str) -> None:
        """`- value`."""
        self.lines.append(f"{'  ' * depth}- {value}")

    def comment(self, depth: int, text: str) -> None:
        """`text` behind `#`, in as many lines as it needs."""
        indent = f"{'  ' * depth}# "
        self.lines += textwrap.wrap(
            text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
        )

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"
