"""What trackers tell, one JSON object a line, in a file that several of them write at once: accesses, and notes about themselves.

A tracker lives inside a plugin that we do not trust, so a line may say anything: what is no access is passed over and counted.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from harness.model.paths import EACH, format_path, parse_path
from harness.model.reads import Access, Op

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of told lines in one file."""
LONGEST_LINE = 64 * 1024
MOST_ACCESSES = 200_000
"""Different accesses that are kept of one file."""
MOST_PLACES = 5
"""Places in the plugin's code that are kept of one access."""

_LONGEST_NOTE = 500
_LONGEST_WHERE = 1000
_METHOD = re.compile(r"[A-Za-z][A-Za-z-]{0,30}")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_HEADER = re.compile(r"header +(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})")


@dataclass(frozen=True)
class Told:
    """`accesses` summed over equal ones, `notes` with how often each was told, and how many lines were `skipped` as neither.

    `seen` are the calls, as method and URL, whose answers were followed: nothing was read of those without an access, and
    nothing is known of calls that are not there. Where no tracker `started`, nothing is known at all.
    """

    accesses: list[Access]
    notes: Mapping[str, int] = field(default_factory=dict)
    started: bool = False
    seen: frozenset[tuple[str, str]] = frozenset()
    skipped: int = 0


def parse_line(line: bytes) -> Access | None:
    """The access that a line tells, its place in the writing of harness.model.paths; None where it tells none."""
    told = _object(line)
    return None if told is None else _access(told)


def read_accesses(path: Path) -> list[Access]:
    """The accesses of `read_told`."""
    return read_told(path).accesses


def read_told(path: Path) -> Told:
    """All that the lines of `path` tell; nothing where there is no such file. A last line that was cut off is passed over."""
    if not path.exists():
        return Told([])
    with path.open("rb") as file:
        return told(file)


def told(lines: Iterable[bytes]) -> Told:
    """All that the lines tell. Accesses that are equal but for their count and their `where` become one."""
    accesses: dict[tuple[str, str, str, Op], Access] = {}
    notes: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    started, skipped = False, 0
    for line in lines:
        content = _object(line) or {}
        access = _access(content)
        if access:
            skipped += not _add(accesses, access)
        elif note := _text(content, "note"):
            notes[note[:_LONGEST_NOTE]] += _count(content) or 1
        elif (call := _call(_text(content, "seen"))) and len(seen) < MOST_ACCESSES:
            seen.add(call)
        elif _text(content, "started"):
            started = True
        elif line.endswith(b"\n") and not line.isspace():
            skipped += 1
    return Told(list(accesses.values()), notes, started, frozenset(seen), skipped)


def append_lines(path: Path, lines: bytes) -> None:
    """Append what a tracker told to `path` in one write, so that several may do so at once.

    A file does not grow past LARGEST_FILE: who tells that much is not heard any more.
    """
    if not lines:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_size + len(lines) < LARGEST_FILE:
            os.write(descriptor, lines if lines.endswith(b"\n") else lines + b"\n")
    finally:
        os.close(descriptor)


def _object(line: bytes) -> dict[str, Any] | None:
    if len(line) > LONGEST_LINE:
        return None
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return content if isinstance(content, dict) else None


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""


def _call(text: str) -> tuple[str, str] | None:
    method, _, url = text.partition(" ")
    return (method.upper(), url) if _METHOD.fullmatch(method) and _URL.fullmatch(url) else None


def _access(content: Mapping[str, Any]) -> Access | None:
    call = _call(f"{_text(content, 'method')} {_text(content, 'url')}")
    place, op, count = _place(_text(content, "place")), _op(content.get("op")), _count(content)
    where = content.get("where", [])
    if call is None or place is None or op is None or count is None:
        return None
    if not (isinstance(where, list) and all(isinstance(each, str) for each in where)):
        return None
    distinct = tuple(dict.fromkeys(each[:_LONGEST_WHERE] for each in where))
    return Access(*call, place, op, count, distinct[:MOST_PLACES])


def _place(text: str) -> str | None:
    """Header names in small letters; an index is any index."""
    if text == "status":
        return text
    if header := _HEADER.fullmatch(text):
        return f"header {header['name'].lower()}"
    try:
        return format_path(tuple(EACH if isinstance(step, int) else step for step in parse_path(text)))
    except ValueError:
        return None


def _op(text: object) -> Op | None:
    return Op(text) if isinstance(text, str) and text in set(Op) else None


def _count(content: Mapping[str, Any]) -> int | None:
    count = content.get("count", 1)
    return count if type(count) is int and count > 0 else None


def _add(accesses: dict[tuple[str, str, str, Op], Access], access: Access) -> bool:
    key = (access.method, access.url, access.place, access.op)
    known = accesses.get(key)
    if known is None:
        if len(accesses) >= MOST_ACCESSES:
            return False
        accesses[key] = access
        return True
    where = tuple(dict.fromkeys((*known.where, *access.where)))[:MOST_PLACES]
    accesses[key] = replace(known, count=known.count + access.count, where=where)
    return True
