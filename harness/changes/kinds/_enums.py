"""Whether the values at a place are a small set of names that come again and again."""

from __future__ import annotations

import re

from harness.changes.difference import Difference
from harness.model.json_text import Json

_MOST = 12
_EACH = 3
_DIGITS = 6
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.:+/-]{0,31}", re.ASCII)


def values_again(difference: Difference) -> tuple[list[tuple[str, str]], set[str]] | None:
    """All (OLD, NEW) names at the place, and OLD's names; None where they are not an enumeration's."""
    pairs = [*difference.pairs, *difference.others]
    if not all(_is_name(old) and _is_name(new) for old, new in pairs):
        return None
    known = {old for old, _ in pairs}
    names = known | {new for _, new in pairs}
    return (pairs, known) if 1 < len(names) <= _MOST and len(pairs) >= _EACH * len(names) else None


def _is_name(value: Json) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def is_made(value: Json) -> bool:
    """Whether a text holds so many digits that nobody chose it as a name: a moment, an id, a hash."""
    return isinstance(value, str) and sum(map(str.isdigit, value)) >= _DIGITS
