"""Texts taken apart: the pieces of which one may have come from an answer, and whether equal pieces can be chance."""

from __future__ import annotations

import re

from harness.model.json_text import Json, serialize

_CHARACTERS = re.compile(r"\w+|\W")
_LONGEST = 4096
"""Characters of a request's text that are searched for parts; a longer one is compared as a whole."""
_MOST_PIECES = 40
_RANDOM = 12
"""Characters from which a text of letters and digits is no word, no number and no date."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[:/].*")


def text_of(value: Json) -> str:
    """A value as it stands in a URL."""
    return value if isinstance(value, str) else serialize(value).decode()


def spans(text: str) -> list[tuple[int, int]]:
    """Where the text, and each run of its words, begins and ends: `(0, 9), (7, 9), …` for `orders/17`."""
    whole = [(0, len(text))] if text else []
    if len(text) > _LONGEST:
        return whole
    pieces = [found.span() for found in _CHARACTERS.finditer(text)]
    words = [(start, end) for start, end in pieces if text[start].isalnum() or text[start] == "_"]
    if len(words) > _MOST_PIECES or (len(words) < 2 and len(pieces) < 2):
        return whole
    runs = [(start, end) for index, (start, _) in enumerate(words) for _, end in words[index:]]
    return list(dict.fromkeys(whole + runs))


def counterpart(text: str, twin: str, start: int, end: int) -> str:
    """The piece of `twin` that stands where text[start:end] does: between the same characters, or as many words; else `""`."""
    before, behind = text[:start], text[end:]
    if twin.startswith(before) and twin.endswith(behind) and len(twin) >= len(before) + len(behind):
        return twin[start : len(twin) - len(behind)]
    words, others = _words(text), _words(twin)
    if len(words) != len(others):
        return ""
    firsts = {span[0]: index for index, span in enumerate(words)}
    lasts = {span[1]: index for index, span in enumerate(words)}
    if start not in firsts or end not in lasts:
        return twin if (start, end) == (0, len(text)) else ""
    return twin[others[firsts[start]][0] : others[lasts[end]][1]]


def _words(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\w+", text)]


def is_common(text: str) -> bool:
    """A number, a moment or a word: what two places may hold without having to do with each other."""
    return (text.isalpha() and text.islower()) or _is_number(text) or bool(_MOMENT.fullmatch(text))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text)) and len(text) < _RANDOM


def is_random(text: str) -> bool:
    """Letters and digits together at some length, as ids and tokens have them."""
    if len(text) < _RANDOM or _MOMENT.fullmatch(text) or "/" in text or " " in text:
        return False
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
