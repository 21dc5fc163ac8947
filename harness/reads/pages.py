"""The tracker for whatever runs in a browser: one JavaScript text a scope, made of the files in harness/reads/javascript.

A text stands on one line, so that whatever it is put before keeps its line numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from harness.model.json_text import Json

BINDING = "__backfitReads"
"""The function of a page that the browser's driver offers: it is given lines, and the page does not see it."""

PUSH_PATH = "/__backfit__/reads"
"""Where lines are posted to, at the address that the plugin has for the system."""

FLUSH = "globalThis[Symbol.for('backfit.reads')]?.flush()"
"""To be evaluated in pages and workers before they end: a promise that is kept when all was told."""

CORE = ("natives", "stack", "notes", "wrapping", "texts", "sinks", "answers")
"""What no scope does without, in their order; programs have the same."""
_PAGES = (*CORE, "streams", "requests", "messages", "workers", "push", "start")

_NAME = "\n//# sourceURL=backfit-tracker.js"
_COMMENT = re.compile(r"^\s*(?://|/?\*).*$|\s//\s.*$", re.MULTILINE)


def page_script(scripts: Sequence[str], push: str) -> str:
    """The initial script of pages and their frames. `scripts` are URL globs of the plugin's scripts; none: all are its own.

    It posts to `push` where the driver offers no BINDING, or the page is in the way of it.
    """
    return _script({"context": "page", "scripts": _patterns(scripts), "push": push, "binding": BINDING}) + _NAME


def extension_script(push: str) -> str:
    """What goes before each script of an extension, in content scripts, service workers, pop-ups and offscreen documents."""
    return _script({"context": "extension", "push": push}) + _NAME


def worker_prelude(scripts: Sequence[str]) -> bytes:
    """What goes before the script of a worker that has an address: it posts to where that script came from."""
    return _script({"context": "worker", "scripts": _patterns(scripts)}).encode()


def glob_pattern(glob: str) -> str:
    """A regular expression, for Python and JavaScript, of the addresses that a URL glob means, with or without a query.

    `**` stands for anything, `*` for anything within a segment, `{a,b}` for either; all else for itself.
    """
    return f"^(?:{''.join(_written(token) for token in _TOKEN.findall(glob))})(?:[?#].*)?$"


_TOKEN = re.compile(r"\*\*|\*|\{[^{}]*\}|.", re.DOTALL)
_WILD = {"**": ".*", "*": "[^/]*"}


def _written(token: str) -> str:
    if token in _WILD:
        return _WILD[token]
    if len(token) > 1:
        return f"(?:{'|'.join(re.escape(each) for each in token[1:-1].split(','))})"
    return re.escape(token)


def _patterns(scripts: Sequence[str]) -> list[Json]:
    return [glob_pattern(glob) for glob in scripts]


def _script(settings: Mapping[str, Json]) -> str:
    return f"({_tracker()})({json.dumps(settings)});"


@cache
def _tracker() -> str:
    """One function on one line: in the files a semicolon ends every statement, and a comment is a whole line or ` // …`."""
    folder = files("harness.reads") / "javascript"
    texts = (_COMMENT.sub("", (folder / f"{name}.js").read_text("utf-8")) for name in _PAGES)
    lines = (line.strip() for text in texts for line in text.splitlines())
    return f'function backfit(settings) {{ "use strict"; {" ".join(filter(None, lines))} }}'
