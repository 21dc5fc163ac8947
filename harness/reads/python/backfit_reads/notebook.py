"""What was read so far, and the file that it is told in: each place at once when it is first touched, the counts at the end.

So a plugin that is killed loses counts and nothing else. A line is a JSON object, as harness/reads/lines.py reads it;
each batch is one write to a file opened for appending, which other processes append to at the same time.
"""

from __future__ import annotations

import os
from typing import Any, Callable, Iterable

try:
    from _json import encode_basestring_ascii as _quoted
except ImportError:  # no CPython
    from json.encoder import py_encode_basestring_ascii as _quoted

READ, SERIALISED, COPIED, ENUMERATED, EXPORTED, TESTED, MISSING = (
    "read",
    "serialised",
    "copied",
    "enumerated",
    "exported",
    "tested",
    "missing",
)
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; nothing is appended to a file that is past it."""

quoted: Callable[[str], str] = _quoted
"""A text as a JSON string."""

_file = ""
_touches: list[Touch] = []
_notes: set[str] = set()


class Touch:
    """One way in which one place was touched: how often, and how often the file knows of."""

    __slots__ = ("count", "op", "place", "told", "where")

    def __init__(self, place: Any, op: str) -> None:
        self.place = place
        self.op = op
        self.count = 0
        self.told = 0
        self.where: list[str] = []
        _touches.append(self)

    def line(self, where: Iterable[str] = ()) -> str:
        """The line that tells what the file does not know of, which it knows from then on."""
        count, self.told = self.count - self.told, self.count
        answer = self.place.answer
        return (
            f'{{"method":{_quoted(answer.method)},"url":{_quoted(answer.url)},"place":{_quoted(self.place.text)},'
            f'"op":"{self.op}","count":{count},"where":[{",".join(map(_quoted, where))}]}}\n'
        )


def open_at(file: str) -> None:
    """Tell everything in `file` from now on."""
    global _file
    _file = file


def tell(lines: Iterable[str]) -> None:
    """Append the lines in one write. Where that is impossible nothing is told: the plugin's run goes on."""
    text = "".join(lines)
    if not text or not _file:
        return
    try:
        descriptor = os.open(_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            if os.fstat(descriptor).st_size < LARGEST_FILE:
                os.write(descriptor, text.encode("ascii"))
        finally:
            os.close(descriptor)
    except OSError:
        return


def remark(text: str) -> None:
    """Tell something about the tracking itself, once: what it left alone, or what went wrong in it."""
    if text not in _notes:
        _notes.add(text)
        tell([f'{{"note":{_quoted(text)},"count":1}}\n'])


def close() -> None:
    """Tell the counts that the file does not know of yet."""
    tell([touch.line() for touch in list(_touches) if touch.count > touch.told])


def forget() -> None:
    """Leave it to the process that this one was forked from to tell what was counted so far."""
    for touch in _touches:
        touch.told = touch.count


def quietly(track: Callable[..., Any]) -> Callable[..., Any]:
    """`track`, but an error in it is a remark and None is given: no fault of ours may become the plugin's."""

    def tracked(*given: Any, **named: Any) -> Any:
        try:
            return track(*given, **named)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is ours)
            remark(f"the tracking of reads failed: {track.__name__}: {type(error).__name__}: {error}"[:300])
            return None

    return tracked
