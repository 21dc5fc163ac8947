"""Shim files on disk: read with errors that name the line, written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from harness.atomic import write_atomically
from harness.model.errors import BadFile
from harness.model.json_text import shallow
from harness.shims.comments import OWN, kept_remarks
from harness.shims.document import Shim
from harness.shims.marks import signed
from harness.shims.merge import Merged, Note, merge
from harness.shims.yaml_reading import shim_of
from harness.shims.yaml_writing import NO_REMARKS, Key, Remarks, comment_of, lines_of, rows_of


@dataclass(frozen=True)
class ShimText:
    """A shim file as somebody left it."""

    shim: Shim
    text: str
    loaded: Any


def write_shim(path: Path, shim: Shim, like: ShimText | None = None, notes: Sequence[Note] = ()) -> None:
    """Write it, whole or not at all: with the comments of `like`, and with notes as comments of Backfit's own."""
    write_atomically(path, [shim_text(shim, like, notes).encode()])


def shim_text(shim: Shim, like: ShimText | None = None, notes: Sequence[Note] = ()) -> str:
    """The file's text; parse_shim reads the same shim from it, but for the evidence, which is comments."""
    remarks = kept_remarks(like.text, like.loaded, like.shim, shim) if like is not None else NO_REMARKS
    return "\n".join(lines_of(shim, _with_notes(remarks, shim, notes))) + "\n"


def read_shim(path: Path) -> Shim:
    """Raises BadFile naming the line: no YAML, an unknown key, a step that is none."""
    return read_shim_text(path).shim


def read_shim_text(path: Path) -> ShimText:
    """The same, with the text, for `write_shim` to keep its comments."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=str(path)) from error
    loaded = _loaded(text, str(path))
    return ShimText(shim_of(loaded, str(path)), text, loaded)


def relearned(path: Path, learned: Shim) -> tuple[Merged, ShimText | None]:
    """What is learned now, with a person's part of the file at `path`, if there is one; and that file, to keep its comments.

    Raises BadFile where the file is no shim, or one for another upgrade.
    """
    if not path.is_file():  # what is no file cannot be written either, and is told then
        return Merged(signed(learned)), None
    like = read_shim_text(path)
    for name in ("system", "old", "new"):
        was, now = getattr(like.shim, name), getattr(learned, name)
        if was and now and was != now:
            what = f"it is for another upgrade: its {name} is {was!r}, not {now!r}"
            raise BadFile(what, where=str(path), hint="write to another file, or begin anew with --fresh")
    return merge(like.shim, learned), like


def parse_shim(text: str, where: str = "(shim)") -> Shim:
    """The shim that a file's text says; `where` names it in errors. Raises BadFile."""
    return shim_of(_loaded(text, where), where)


def _with_notes(remarks: Remarks, shim: Shim, notes: Sequence[Note]) -> Remarks:
    """Each note above its row, above its entry where the row is gone, else above the operations."""
    standing = {row.key for row in rows_of(shim)}
    above: dict[Key, list[str]] = {}
    for note in notes:
        key = next((key for key in (note.key, (note.key[0], "match")) if key in standing), ("", "operations"))
        above.setdefault(key, []).append(f"{OWN}{comment_of(note.text)}")
    for key, lines in remarks.above.items():
        above.setdefault(key, []).extend(lines)
    return replace(remarks, above=above)


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
