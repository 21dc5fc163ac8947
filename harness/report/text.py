"""Words and values from strangers, fit for people: nothing that a terminal or a browser obeys, and nothing endless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from harness.model.json_text import Json, serialize

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, line separators, directional overrides and lone surrogates."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TIGHTER = ((40, 8), (12, 5), (6, 4), (4, 3), (3, 2), (2, 1), (1, 1), (1, 0))
"""How many members and how many levels of a sample are shown, until it fits."""


def printable(text: str) -> str:
    """`text` on one line, with every character that is obeyed rather than shown as an escape (`\\x1b`, `\\u202e`)."""
    return _OBEYED.sub(_escaped, text)


def printable_lines(text: str) -> str:
    """`text` as `printable` has it, but with its line breaks and tabs kept."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in re.split("\r\n|[\r\n]", text))


def clip(text: str, limit: int) -> str:
    """`text`, with its middle left out where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return f"{text[:head]} … {text[len(text) - (limit - head) :]}"


def line(text: str, limit: int = 400) -> str:
    """`text` printable, on one line, and no longer than about `limit` characters."""
    return clip(printable(text), limit)


def sample(value: Json, limit: int = 120) -> str:
    """`value` as one line of JSON of about `limit` characters at most, saying how much of it is left out."""
    texts = (printable(_brief(value, members, levels)) for members, levels in _TIGHTER)
    return next((text for text in texts if len(text) <= limit), None) or clip(
        printable(_brief(value, *_TIGHTER[-1])), limit
    )


def samples_apart(old: Json, new: Json, limit: int = 120) -> tuple[str, str]:
    """Both as `sample` has them; two long texts that it would show alike are shown from shortly before they part."""
    shown = sample(old, limit), sample(new, limit)
    if not isinstance(old, str) or not isinstance(new, str) or old == new or shown[0] != shown[1]:
        return shown
    parting = next((at for at, (here, there) in enumerate(zip(old, new, strict=False)) if here != there), 0)
    start = max(0, parting - limit // 4)
    return f"… {sample(old[start:], limit)}", f"… {sample(new[start:], limit)}"


def percent(part: int, whole: int) -> str:
    """`part` of `whole` with one decimal, rounded down: it says 100 % for all of them only."""
    if whole == 0:
        return "none"
    tenths = 1000 * part // whole
    return "100 %" if tenths == 1000 else f"{tenths / 10:.1f} %"


def duration(seconds: float) -> str:
    """`seconds` for a person: `0.4 s`, `12 s`, `3 min 05 s`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def count(number: int, noun: str, nouns: str = "") -> str:
    """`1 step`, `2 steps`, `1,234 pairs`; `nouns` is the plural where it is not `noun` with an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _SHORT.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _brief(value: Json, members: int, levels: int) -> str:
    match value:
        case dict() if value and not levels:
            return f"{{… {count(len(value), 'field')}}}"
        case list() if value and not levels:
            return f"[… {count(len(value), 'item')}]"
        case dict():
            pairs = (f"{_scalar(str(key))}: {_brief(item, members, levels - 1)}" for key, item in value.items())
            return "{" + ", ".join(_first(pairs, members, len(value))) + "}"
        case list():
            items = (_brief(item, members, levels - 1) for item in value)
            return "[" + ", ".join(_first(items, members, len(value))) + "]"
        case str():
            return _scalar(clip(value, members * 10))
        case _:
            return clip(_scalar(value), members * 10)


def _scalar(value: Json) -> str:
    return serialize(value).decode()


def _first(texts: Iterator[str], members: int, total: int) -> Iterator[str]:
    yield from islice(texts, members)
    if total > members:
        yield f"… {total - members:,} more"
