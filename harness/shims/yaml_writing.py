"""A shim as YAML that a person reads and edits, with the evidence behind each step as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from harness.lens.condition import ALWAYS
from harness.lens.step import write_step
from harness.model.json_text import Json, serialize
from harness.shims.document import SCHEMA, Entry, Learned, Shim

_BARE = re.compile(r"[A-Za-z_$/][A-Za-z0-9_$/.()-]*")
_ROUTE = re.compile(r"[A-Z]+ /[A-Za-z0-9_./{}~%-]*")
_RESERVED = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"])


def lines_of(shim: Shim) -> Iterator[str]:
    """The file's lines."""
    yield f"schema: {SCHEMA}"
    yield f"system: {_flow({'name': shim.system, 'old': shim.old, 'new': shim.new})}"
    yield f"pairs: {shim.pairs}"
    yield "operations:" if shim.entries else "operations: []"
    for entry in shim.entries:
        yield from _entry(entry)
    yield from _steps("everywhere:", "  ", shim.everywhere)
    yield from _steps("otherwise:", "  ", shim.otherwise)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"  - match: {_route(f'{entry.method} {entry.template}')}"
    if entry.discriminator:
        yield f"    discriminator: {_scalar(entry.discriminator)}"
    if entry.when != ALWAYS:
        yield f"    when: {_flow(entry.when.parameters())}"
    if entry.forward:
        yield f"    forward: {_route(entry.forward)}"
    yield from _steps("    response:", "      ", entry.response)
    if entry.otherwise:
        yield "    otherwise: true  # few answers were seen: the steps under `otherwise` are tried as well"
    yield from _rows("    lost:", "      ", [_flow({"path": lost.path, "reason": lost.reason}) for lost in entry.lost])
    yield from _rows("    ambiguous:", "      ", [_scalar(text) for text in entry.ambiguous])


def _steps(title: str, indent: str, steps: Sequence[Learned]) -> Iterator[str]:
    rows = []
    for learned in steps:
        [(name, parameters)] = write_step(learned.step).items()
        comment = f"  # {_comment(learned.evidence)}" if learned.evidence else ""
        rows.append(f"{name}: {_flow(parameters)}{comment}")
    return _rows(title, indent, rows)


def _rows(title: str, indent: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield title
        yield from (f"{indent}- {row}" for row in rows)


def _flow(value: Json) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
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


def _comment(text: str) -> str:
    """One line of what can be seen: a comment has no escapes."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
