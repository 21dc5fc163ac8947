"""Shim files on disk: read with errors that name the line, written whole or not at all."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from harness.atomic import write_atomically
from harness.model.errors import BadFile
from harness.model.json_text import shallow
from harness.shims.document import Shim
from harness.shims.yaml_reading import shim_of
from harness.shims.yaml_writing import lines_of


def write_shim(path: Path, shim: Shim) -> None:
    """Write it, whole or not at all."""
    write_atomically(path, [shim_text(shim).encode()])


def shim_text(shim: Shim) -> str:
    """The file's text; parse_shim reads the same shim from it, but for the evidence, which is comments."""
    return "\n".join(lines_of(shim)) + "\n"


def read_shim(path: Path) -> Shim:
    """Raises BadFile naming the line: no YAML, an unknown key, a step that is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=str(path)) from error
    return parse_shim(text, str(path))


def parse_shim(text: str, where: str = "(shim)") -> Shim:
    """The shim that a file's text says; `where` names it in errors. Raises BadFile."""
    return shim_of(_loaded(text, where), where)


def _loaded(text: str, where: str) -> Any:
    try:
        with shallow():
            return YAML(typ="rt").load(StringIO(text))
    except YAMLError as error:
        what, line = _explained(error, text)
        raise BadFile(f"not YAML: {what}", where=f"{where}:{line}") from error
    except RecursionError as error:
        raise BadFile("nested too deeply", where=where) from error


def _explained(error: YAMLError, text: str) -> tuple[str, int]:
    """What is wrong, in one line, and in which line it is."""
    if isinstance(error, ReaderError):
        return f"it holds the character U+{ord(text[error.position]):04X}", text.count("\n", 0, error.position) + 1
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    said = getattr(error, "problem", None) or str(error)
    return str(said).splitlines()[0], mark.line + 1 if mark else 1
