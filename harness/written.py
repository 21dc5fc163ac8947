"""What stands in a file that a person wrote, as texts with their lines: YAML guesses no type, so 0123456789012345 and
2026-12-31 are what they look like. JSON is read the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from rapidfuzz import process as fuzzy
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from harness.model.errors import BadFile
from harness.model.json_text import shallow

_MOST = 4_000_000
"""Bytes: what no person writes is not read."""


@dataclass(frozen=True)
class Written:
    """A text, a list, a mapping or nothing (None), with the line, from 1, on which it or the key before it stands."""

    line: int
    value: str | list[Written] | dict[str, Written] | None


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing that is wrong; `line` counts from 1, `hint` says what to write instead."""

    line: int
    what: str
    hint: str | None = None


def read_written(file: Path) -> Written:
    """What a YAML or JSON file says. Raises BadFile, naming the line."""
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"this is not UTF-8 text: {error.reason} at byte {error.start}", where=str(file)) from error
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file), hint="check the path") from error
    if len(data) > _MOST:
        raise BadFile(f"it has {len(data):,} bytes, and {_MOST:,} are read at most", where=str(file))
    try:
        with shallow():
            node = YAML(typ="rt").compose(StringIO(text))
            return Written(1, None) if node is None else _written(node, 1, set())
    except YAMLError as error:
        raise refused(file, [_syntax(error)]) from error
    except _Refused as error:
        raise refused(file, [error.mistake]) from error
    except RecursionError as error:
        raise BadFile("nested too deeply", where=str(file)) from error


def refused(file: Path, mistakes: Sequence[Mistake]) -> BadFile:
    """One error that names every mistake (at least one) with its line, in the order of the lines."""
    first, *rest = sorted(dict.fromkeys(mistakes), key=lambda each: each.line)
    more = [str(BadFile(each.what, where=f"{file}:{each.line}", hint=each.hint)) for each in rest]
    what = first.what if first.hint else "\n".join([first.what, *more])
    hint = "\n".join([first.hint, *more]) if first.hint else None
    return BadFile(what, where=f"{file}:{first.line}", hint=hint)


def document(file: Path, schema: str, known: Sequence[str]) -> dict[str, Written]:
    """The members of a whole file of the format `schema`, which may have only `known` keys. Raises BadFile."""
    written = read_written(file)
    if not isinstance(written.value, dict):
        raise refused(file, [Mistake(1, "this is not a mapping of keys to values", f"begin with: schema: {schema}")])
    found = written.value.get("schema")
    if found is None:
        raise refused(file, [Mistake(1, "it does not say its format", f"begin with: schema: {schema}")])
    if found.value != schema:
        raise refused(file, [Mistake(found.line, f"this is not the format '{schema}'", f"write schema: {schema}")])
    if unknown := list(unknown_keys(written.value, known)):
        raise refused(file, unknown)
    return written.value


def unknown_keys(members: Mapping[str, Written], known: Sequence[str]) -> Iterator[Mistake]:
    """A mistake for each key that is not one of `known`."""
    for key, item in members.items():
        if key not in known:
            yield Mistake(item.line, f"unknown key '{key}'", suggestion(key, known))


def suggestion(word: str, known: Iterable[str], limit: int = 12) -> str:
    """`did you mean 'timezone'?  known: os, locale, timezone`; past `limit` names, only the nearest are listed."""
    names = sorted(known) if len(known := list(known)) > limit else known
    nearest = [name for name, _, _ in fuzzy.extract(word, names, limit=5, score_cutoff=60)]
    guess = f"did you mean '{nearest[0]}'?  " if nearest else ""
    listed = names if len(names) <= limit else nearest
    return f"{guess}known: {', '.join(listed)}" if listed else "nothing like it is there"


class _Refused(Exception):
    def __init__(self, node: Node, what: str, hint: str) -> None:
        super().__init__(what)
        self.mistake = Mistake(node.start_mark.line + 1, what, hint)


def _written(node: Node, line: int, seen: set[int]) -> Written:
    if id(node) in seen:  # a few lines of them can say more than any memory holds
        raise _Refused(node, "anchors and aliases (& and *) are not read here", "write it out, or in quotes")
    seen.add(id(node))
    match node:
        case MappingNode():
            return Written(line, _members(node, seen))
        case SequenceNode():
            return Written(line, [_written(item, item.start_mark.line + 1, seen) for item in node.value])
        case ScalarNode():
            return Written(line, None if str(node.tag).endswith(":null") else _joined(node.value))
    raise _Refused(node, "this is not read here", "write a text, a list or a mapping")


def _members(node: MappingNode, seen: set[int]) -> dict[str, Written]:
    found: dict[str, Written] = {}
    for key, item in node.value:
        if not isinstance(key, ScalarNode):
            raise _Refused(key, "a key is a text", "write it on one line, in quotes")
        name = _joined(key.value)
        if name in found:
            raise _Refused(key, f"'{name}' stands here twice", f"put both under one '{name}'")
        found[name] = _written(item, key.start_mark.line + 1, seen)
    return found


def _joined(text: str) -> str:
    """JSON writes a character past U+FFFF as two escapes, which YAML takes for two characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _syntax(error: YAMLError) -> Mistake:
    if not isinstance(error, MarkedYAMLError):
        return Mistake(1, f"not YAML: {str(error).splitlines()[0]}")
    mark = error.problem_mark or error.context_mark
    said = ", ".join(str(part).splitlines()[0] for part in (error.context, error.problem) if part)
    hint = "put texts with [ ] { } # & * or a colon in quotes"
    return Mistake(mark.line + 1 if mark else 1, f"not YAML: {said}", hint)
