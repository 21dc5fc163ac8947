"""A file that support was sent, as text with lines: whatever it was written with, and not obeyed in anything."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from harness.intake.fact import Fact, clean
from harness.model.errors import BadFile
from harness.model.json_text import Json, parse, shallow

LARGEST = 256 * 1024 * 1024
"""Bytes that are read: a HAR of a long session is large."""
_LARGEST_YAML = 1024 * 1024
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_COMMENTS = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[]}])')


@dataclass(frozen=True)
class Report:
    """The text of a report; `name` is what sources call it."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Its lines that are not empty, without the white space around them, each with its number from 1."""
        numbered = enumerate(re.split("\r\n|[\r\n]", self.text), 1)
        return [(number, line.strip()) for number, line in numbered if line.strip()]

    @cached_property
    def json(self) -> Json:
        """Its value as JSON, with comments and trailing commas as in devcontainer.json; None where it is none."""
        if not self.text.lstrip().startswith(("{", "[", "/")):
            return None
        try:
            return parse(self.text.encode("utf-8", "replace"))
        except ValueError:
            bare = _TRAILING.sub(_string, _COMMENTS.sub(_string, self.text))
        try:
            return json.loads(bare)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def yaml(self) -> Json:
        """Its value as YAML, with the lines of keys (ruamel's round trip); None where it is none, or no mapping."""
        if len(self.text) > _LARGEST_YAML:
            return None
        try:
            with shallow():
                found = YAML(typ="rt").load(StringIO(self.text))
        except (YAMLError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def fact(self, subject: str, name: object, value: object, line: int | str = 0, note: str = "") -> Fact:
        """A fact that stands on `line`, or on the first line that holds the text `line`."""
        number = self.line_of(line) if isinstance(line, str) else line
        where = f"{self.name}:{number}" if number else self.name
        return Fact(subject, clean(name), clean(value), clean(where), note)

    def line_of(self, text: str) -> int:
        """The first line that holds `text`, from 1; 0 where none does."""
        at = self.text.find(text)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 0


def read_file(path: Path) -> Report:
    """The report in a file. Raises BadFile where it cannot be read, is too large, or is no text."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    return read_bytes(data, path.name, str(path))


def read_bytes(data: bytes, name: str, where: str) -> Report:
    """The report in `data`: UTF-8, UTF-16 with its mark (what PowerShell writes), else Windows' 1252. Raises BadFile."""
    if len(data) > LARGEST:
        raise BadFile(
            f"it has more than {LARGEST >> 20} MiB", where=where, hint="send the part that tells of the setup"
        )
    coding = next((each for mark, each in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if _BINARY.search(text):
        raise BadFile("this is no text", where=where, hint="copy the text of the page or command into a .txt file")
    if not text.strip():
        raise BadFile("it is empty", where=where)
    return Report(name, text)


def _string(match: re.Match[str]) -> str:
    return match[1] or ""
