"""A YAML file that a person wrote, with the lines of its keys; what is wrong in files is said all in one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from harness.model.errors import BadFile
from harness.model.json_text import shallow


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing that is wrong in a file; `line` counts from 1, `hint` says what to write instead."""

    file: Path
    line: int
    what: str
    hint: str | None = None

    @property
    def where(self) -> str:
        """File and line, as editors know them."""
        return f"{self.file}:{self.line}"


def refused(mistakes: Sequence[Mistake]) -> BadFile:
    """One error that names every mistake (at least one), in the given order."""
    first, *rest = mistakes
    more = [str(BadFile(each.what, where=each.where, hint=each.hint)) for each in rest]
    what = first.what if first.hint else "\n".join([first.what, *more])
    hint = "\n".join([first.hint, *more]) if first.hint else None
    return BadFile(what, where=first.where, hint=hint)


def read_mapping(file: Path, what: str, begin: str) -> Mapping[str, Any]:
    """The file's mapping, as ruamel's round-trip data. Raises BadFile; `what` names the file, `begin` its first line."""
    try:
        with shallow():
            data = YAML(typ="rt").load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        hint = "name an environment's folder or its file; `backfit init` makes one"
        raise BadFile(f"there is no such {what} file", where=str(file), hint=hint) from error
    except UnicodeDecodeError as error:
        raise BadFile(f"this is not UTF-8 text: {error.reason} at byte {error.start}", where=str(file)) from error
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file)) from error
    except YAMLError as error:
        raise refused([_syntax_mistake(file, error)]) from error
    except RecursionError as error:
        raise BadFile("nested too deeply", where=str(file)) from error
    if not isinstance(data, Mapping):
        raise refused([Mistake(file, 1, "this is not a mapping of keys to values", f"begin with: {begin}")])
    return data


def _syntax_mistake(file: Path, error: YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, MarkedYAMLError) or mark is None:
        return Mistake(file, 1, f"not YAML: {str(error).splitlines()[0]}")
    parts = [str(part).splitlines()[0] for part in (error.context, error.problem) if part]
    lines = mark.buffer.rstrip("\0").splitlines() if mark.buffer else []
    text = lines[mark.line].strip() if mark.line < len(lines) else ""
    return Mistake(file, mark.line + 1, f"not YAML: {', '.join(parts)}", f"the line: {text}" if text else None)
