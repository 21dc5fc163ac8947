"""What a value is called where it stands: the `postId` of a request is the `id` of a post that an answer gave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harness.replay.answered import Place
from harness.replay.sent import Slot

IDENTITY = frozenset(
    {"id", "uuid", "guid", "key", "name", "slug", "number", "no", "code", "token", "ref", "resource", "href"}
)
"""Words for that by which a thing is called; `/posts/7` asks for the id of a post, whatever its member is called."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NO_WORD = frozenset({"api", "v", "rest", "data", "result", "results", "items", "x", "if", "match"})


@lru_cache(maxsize=4096)
def words(name: str) -> frozenset[str]:
    """`{post, id}` for postId, post_ids and Post-ID."""
    found = (word.lower() for word in _WORD.findall(name))
    return frozenset(_singular(word) for word in found if not word.isdigit()) - _NO_WORD


def asked_for(slot: Slot, segments: Sequence[str]) -> frozenset[str]:
    """What a slot wants: its name's words; for a segment of the path, the words of the segment before and those of identity."""
    if slot[0] == "path":
        number = int(slot[1])
        before = segments[number - 2] if number > 1 else ""
        return words(before) | {"id"}
    names = [name for name in slot[1:] if isinstance(name, str)]
    own = words(names[-1]) if names else frozenset()
    return own | (words(names[-2]) if len(names) > 1 and own <= IDENTITY else frozenset())


def given(place: Place, segments: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What a place of an answer is called: its own words, and those of what it belongs to (the member around it, the path)."""
    names = [name for name in place[1:] if isinstance(name, str) and name not in ("segment", "query")]
    own = words(names[-1]) if names else frozenset()
    around = frozenset(word for name in names[:-1] for word in words(name))
    called = [segment for segment in segments if words(segment) and not segment[0].isdigit()]
    return own, around | (words(called[-1]) if called else frozenset())


def affinity(slot: frozenset[str], own: frozenset[str], around: frozenset[str]) -> int:
    """How well what is given fits what is asked for: 3 by name and thing, 2 by its whole name, 1 by a part, 0 not at all."""
    thing = slot - IDENTITY
    if thing and thing <= own | around and own & (IDENTITY | thing):
        return 3 if thing & around or thing <= own else 2
    if not thing and slot & own:
        return 2
    return 1 if thing & (own | around) else 0


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word
