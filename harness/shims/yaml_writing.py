"""A shim as YAML that a person reads and edits, with the evidence behind each step as a comment."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS
from harness.lens.step import Step, write_step
from harness.model.json_text import Json, serialize
from harness.shims.document import HAND, NEVER, SCHEMA, Ambiguous, Entry, Learned, Lost, Moved, SecondCall, Shim

Key = tuple[str, ...]
"""Which row of a shim file: the entry ("" outside of any), the section, and for an item of it what it says."""

LEARNED = "learned"

_BARE = re.compile(r"[A-Za-z_$/][A-Za-z0-9_$/.()-]*")
_ROUTE = re.compile(r"[A-Z]+ /[A-Za-z0-9_./{}~%-]*")
_RESERVED = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"])


@dataclass(frozen=True)
class Row:
    """A line: its `text` and Backfit's own `comment`. `by_hand`: a person wrote it, as far as the shim knows."""

    key: Key
    indent: str
    text: str
    comment: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Remarks:
    """Comments, each with its `#`: lines above a row, one beside a row in place of Backfit's, and lines at the end."""

    above: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    beside: Mapping[Key, str] = field(default_factory=dict)
    last: Sequence[str] = ()


NO_REMARKS = Remarks()


def lines_of(shim: Shim, remarks: Remarks = NO_REMARKS) -> Iterator[str]:
    """The file's lines."""
    said: set[Key] = set()
    for row in rows_of(shim):
        above, beside = (
            (remarks.above.get(row.key, ()), remarks.beside.get(row.key)) if row.key not in said else ((), None)
        )
        said.add(row.key)
        yield from (f"{row.indent.replace('- ', '')}{each}" for each in above)
        comment = beside or (f"# {row.comment}" if row.comment else "")
        yield f"{row.indent}{row.text}" + (f"  {comment}" if comment else "")
    yield from remarks.last


def rows_of(shim: Shim) -> Iterator[Row]:
    """The file row by row."""
    yield Row(("", "schema"), "", f"schema: {SCHEMA}")
    yield Row(("", "system"), "", f"system: {flow({'name': shim.system, 'old': shim.old, 'new': shim.new})}")
    yield Row(("", "pairs"), "", f"pairs: {shim.pairs}")
    yield Row(("", "operations"), "", "operations:" if shim.entries else "operations: []")
    for entry in shim.entries:
        yield from entry_rows(entry)
    yield from _moves(shim.moved)
    yield from _steps(("", "requests"), "", shim.requests)
    yield from _steps(("", "everywhere"), "", shim.everywhere)
    yield from _steps(("", "otherwise"), "", shim.otherwise)
    if shim.learned:
        marks = textwrap.wrap(f"learned: [{', '.join(shim.learned)}]", 120, subsequent_indent="  ")
        yield from (Row(("", LEARNED), "", line) for line in marks)


def rewrite_text(entry: Entry) -> str:
    """For which calls its requests are rewritten; "" for all."""
    if entry.rewrite == ALWAYS:
        return ""
    return NEVER if entry.rewrite is None else flow(entry.rewrite.parameters())


def entry_rows(entry: Entry) -> Iterator[Row]:
    """One entry's rows. Entries of one operation are told apart by their conditions."""
    key, indent = entry_key(entry), "    "
    yield Row((key, "match"), "  - ", f"match: {_route(f'{entry.method} {entry.template}')}")
    if entry.discriminator:
        yield Row((key, "discriminator"), indent, f"discriminator: {_scalar(entry.discriminator)}")
    if entry.when != ALWAYS:
        yield Row((key, "when"), indent, f"when: {flow(entry.when.parameters())}")
    if entry.forward:
        yield Row((key, "forward", entry.forward), indent, f"forward: {_route(entry.forward)}")
    if said := rewrite_text(entry):
        yield Row((key, "rewrite", said), indent, f"rewrite: {said}", "other calls are sent as they are")
    yield from _steps((key, "request"), indent, entry.request)
    yield from _items((key, "calls"), indent, map(call_text, entry.calls))
    yield from _steps((key, "response"), indent, entry.response)
    if entry.otherwise:
        comment = "few answers were seen: the steps under `otherwise` are tried as well"
        yield Row((key, "otherwise", "true"), indent, "otherwise: true", comment)
    yield from _items((key, "lost"), indent, map(lost_text, entry.lost))
    if entry.ambiguous:
        yield Row((key, "ambiguous"), indent, "ambiguous:")
        yield from (row for each in entry.ambiguous for row in _ambiguous(key, each))


def entry_key(entry: Entry) -> str:
    """What tells an entry from the others: the calls and the answers that it is about."""
    return f"{entry.match} {flow(entry.when.parameters())}" if entry.when != ALWAYS else entry.match


def step_text(step: Step) -> str:
    """A step as it stands in the file."""
    [(name, parameters)] = write_step(step).items()
    return f"{name}: {flow(parameters)}"


def lost_text(lost: Lost) -> str:
    """A lost place as it stands in the file."""
    written: dict[str, Json] = {"path": lost.path, "reason": lost.reason}
    if lost.required:
        written["required"] = True
    return flow(written if lost.then is ABSENT else written | {"then": lost.then})


def call_text(call: SecondCall) -> str:
    """A second call as it stands in the file."""
    return flow({"name": call.name, "get": call.get, "chosen": call.chosen, "keep": call.keep})


def ambiguous_text(ambiguous: Ambiguous) -> str:
    """All that an ambiguous place says, but for the evidence."""
    return flow([ambiguous.path, ambiguous.reason, *(step_text(each.step) for each in ambiguous.choices)])


def moved_text(moved: Moved) -> str:
    """A prefix that moved as it stands in the file."""
    return flow({"from": moved.from_, "to": moved.to})


def _moves(moves: Sequence[Moved]) -> Iterator[Row]:
    if moves:
        yield Row(("", "moved"), "", "moved:")
    for moved in moves:
        text = moved_text(moved)
        yield Row(("", "moved", text), "  - ", text, comment_of(moved.evidence))


def _ambiguous(entry: str, ambiguous: Ambiguous) -> Iterator[Row]:
    key, indent = (entry, "ambiguous", ambiguous_text(ambiguous)), " " * 8
    yield Row(key, "      - ", f"path: {_scalar(ambiguous.path)}")
    yield Row((*key, "reason"), indent, f"reason: {_scalar(ambiguous.reason)}")
    yield from (replace(row, key=(*key, *row.key)) for row in _steps(("choices",), indent, ambiguous.choices))


def _steps(key: Key, indent: str, steps: Sequence[Learned]) -> Iterator[Row]:
    if steps:
        yield Row(key, indent, f"{key[-1]}:")
    for learned in steps:
        text, by_hand = step_text(learned.step), learned.by == HAND
        yield Row((*key, text), f"{indent}  - ", text, comment_of(learned.evidence), by_hand)
        if learned.by:
            yield Row((*key, text, "by"), f"{indent}    ", f"by: {_scalar(learned.by)}")


def _items(key: Key, indent: str, items: Iterable[str]) -> Iterator[Row]:
    for at, text in enumerate(items):
        if at == 0:
            yield Row(key, indent, f"{key[-1]}:")
        yield Row((*key, text), f"{indent}  - ", text)


def flow(value: Json) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Json) -> str:
    """Bare where YAML 1.1 and 1.2 both read it back as the same text, in a flow as well; else quoted, or as JSON."""
    if isinstance(value, str):
        bare = all(_BARE.fullmatch(word) for word in value.split(" "))
        return value if bare and value.lower() not in _RESERVED else _quoted(value)
    return serialize(value).decode()


def _route(text: str) -> str:
    """A method and a template; braces are free outside a flow."""
    return text if _ROUTE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML, on one line, with what cannot be seen written as an escape."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def comment_of(text: str) -> str:
    """One line of what can be seen: a comment has no escapes."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
