"""Texts that look drawn by lot: ids and tokens that each run makes for itself."""

from __future__ import annotations

import re

TOKEN = re.compile(rb"[0-9a-f]{6,}\.[0-9a-f]{4,}(?![A-Za-z0-9_-])|[A-Za-z0-9_-]{8,}")
"""What may be one."""

_TURN = re.compile(rb"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[a-z0-9])|(?<=[0-9])(?=[A-Za-z])")
_TURNS = 3
_DIGIT = re.compile(rb"[0-9]")
_LETTER = re.compile(rb"[a-f]")
_LONGER = 2
"""Characters: zeros in front are left out of a number."""

_APART = 6
"""In so many characters at least two draws differ, though they share a time or a machine; names and versions in fewer."""


def looks_drawn(text: bytes) -> bool:
    """Whether capitals, small letters and digits alternate as in no word, or it is two hexadecimal numbers with a dot between."""
    if TOKEN.fullmatch(text) is None:
        return False
    dotted = b"." in text and _DIGIT.search(text) is not None and _LETTER.search(text) is not None
    return dotted or len(_TURN.findall(text)) >= _TURNS


def are_apart(one: bytes, its: bytes) -> bool:
    """Whether two texts, of one length or nearly, have too little in common to be two names or two versions."""
    differing = sum(left != right for left, right in zip(one, its, strict=False))
    return differing >= _APART and _DIGIT.search(one + its) is not None


def drawn_apart(one: str, its: str) -> bool:
    """Whether two texts look drawn, each for itself: two runs' names for one thing."""
    left, right = one.encode("utf-8", "replace"), its.encode("utf-8", "replace")
    drawn = looks_drawn(left) and looks_drawn(right)
    return drawn and abs(len(left) - len(right)) <= _LONGER and are_apart(left, right)
