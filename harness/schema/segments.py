"""One segment of a path: whether it names a thing (an id) or a kind of thing, its suffix, and what to call it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import count
from typing import NamedTuple
from urllib.parse import unquote

_SUFFIX = re.compile(
    r"\.(?:json|ndjson|geojson|jsonld|xml|csv|tsv|html?|txt|md|ya?ml|pdf|rss|atom|ics|js|mjs|css|map|png|jpe?g|gif|svg"
    r"|webp|ico|woff2?|ttf|mp[34]|zip|gz|tgz|php|aspx?|jsp|do|action)$"
    r"|:[a-z][A-Za-z]+$"  # a custom method: /jobs/7:cancel (Google AIP-136)
)
_ID = re.compile(
    r"""-?[0-9]+
    |[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}
    |(?=.*[0-9])[0-9a-f]{8,}|(?=.*[0-9])[0-9A-F]{8,}
    |[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:[T ].*)?)?
    |[^@/\s]+(?:@|~40)[^@/\s]+                          # e-mail; ~40 is @ in Datasette's tilde-encoding
    |(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_-]{16,}
    |(?=.*[0-9])[0-9A-HJKMNP-TV-Z]{26}                  # ULID
    |[A-Z][A-Z0-9]+-[0-9]+                              # an issue: ABC-123""",
    re.VERBOSE | re.DOTALL,
)
_VERSION = re.compile(r"v?[0-9]{1,2}(?:\.[0-9]+)*")
_BEFORE_A_VERSION = frozenset({None, "api", "rest", "version", "v"})
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SINGULAR = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss"), ("us", "us"))


MAX_SEGMENTS = 64
"""A path is cut into at most so many segments, so that a hostile one cannot exhaust the stack."""


class Segment(NamedTuple):
    """A segment as sent (`text`), cut into `stem` and `suffix`; only a path's last segment, `final`, has a suffix."""

    text: str
    stem: str
    suffix: str
    final: bool


def cut(path: str) -> tuple[Segment, ...]:
    """The segments of a path: `/a/b.json` is `a`, `b` + `.json`; a slash at the end makes an empty last segment."""
    *inner, last = path.removeprefix("/").split("/", MAX_SEGMENTS - 1)
    found = _SUFFIX.search(last)
    stem, suffix = (last[: found.start()], found.group()) if found and found.start() else (last, "")
    return (*(Segment(text, text, "", False) for text in inner), Segment(last, stem, suffix, True))


def is_id(segment: Segment, previous: str | None) -> bool:
    """Whether the segment itself says that it names one thing: a number, UUID, hash, date, e-mail address, token.

    `previous` is the segment before it (None for the first): the 3 of /api/3/… is a version, not an id.
    """
    return _ID.fullmatch(unquote(segment.stem)) is not None and not is_fixed(segment, previous)


def is_fixed(segment: Segment, previous: str | None) -> bool:
    """Whether it can be no variable: a version (`v2`, or a small number after `api` or in front), or punctuation."""
    if not any(map(str.isalnum, unquote(segment.stem))):
        return True
    if segment.final or not _VERSION.fullmatch(segment.text):
        return False
    return segment.text.startswith("v") or previous in _BEFORE_A_VERSION


def variable_name(previous: str | None, taken: Iterable[str]) -> str:
    """A name for the variable after the segment `previous`: article_id after `articles`, else id; none of `taken`."""
    name = _id_of(previous)
    known = set(taken)
    free = (f"{name}{number if number > 1 else ''}" for number in count(1))
    return next(candidate for candidate in free if candidate not in known)


@lru_cache(maxsize=1024)
def _id_of(previous: str | None) -> str:
    if previous is None or not _WORD.fullmatch(previous):
        return "id"
    name = _singular(previous.replace("-", "_"))
    return name if name.endswith(("_id", "_name")) else f"{name}_id"


def _singular(word: str) -> str:
    for ending, singular in _SINGULAR:
        if word.lower().endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + singular
    return word[:-1] if word.lower().endswith("s") and len(word) > 3 else word
