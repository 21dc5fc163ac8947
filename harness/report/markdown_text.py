"""Strangers' text in GitHub's Markdown: shown as it is, and never a heading, a link, a picture, a mention or a formula."""

from __future__ import annotations

import re

from harness.report.text import line

_GAP = "\N{ZERO WIDTH SPACE}"
_MEANT = re.compile(r"[\\`*_\[\]|~!{}#]")
_FENCE = re.compile("`+")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
_LINKED = re.compile(r"(?<=@)|(?<=#)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH)(?=-)", re.IGNORECASE)
"""Where GitHub would see a mention, an issue or an address, in the text as it will be shown."""


def prose(text: str, limit: int = 400) -> str:
    """`text` as one line of words among others."""
    escaped = _MEANT.sub(r"\\\g<0>", line(text, limit))
    return _LINKED.sub(_GAP, escaped).translate(_ENTITIES)


def code(text: str, limit: int = 400) -> str:
    """`text` as a code span: the fence is longer than any that it holds (GFM section 6.3)."""
    shown = line(text, limit)
    if not shown.strip():
        return ""
    fence = "`" * (1 + max((len(each) for each in _FENCE.findall(shown)), default=0))
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def html_text(text: str, limit: int = 400) -> str:
    """`text` as words inside of an HTML block, in which Markdown means nothing."""
    return _LINKED.sub(_GAP, line(text, limit)).translate(_ENTITIES)


def html_code(text: str, limit: int = 400) -> str:
    """`text` as code inside of an HTML block; GitHub links nothing there."""
    return f"<code>{line(text, limit).translate(_ENTITIES)}</code>"
