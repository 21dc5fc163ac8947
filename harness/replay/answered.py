"""The values of an answer that a client may take along: members of its body, headers, cookies, fields of its forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

from harness.model.body import read_body
from harness.model.exchange import Headers, Response
from harness.model.json_text import Json

Place = tuple[str | int, ...]
"""`("body", "items", 0, "id")`, `("header", "etag")`, `("cookie", "session")`, `("form", "csrf")`; behind it, where the value is
an address, `("…", "segment", -1)` counted from the end, or `("…", "query", "cursor")`."""

MOST = 20_000
"""Values of one answer that are looked at."""

_ADDRESS = re.compile(r"(?:https?://[^\s/?#]+)?/[^\s]*", re.I)
_LINK = re.compile(r"<([^>]*)>([^<]*)")
_RELATION = re.compile(r"""rel\s*=\s*"?([^";,\s]+)""", re.I)
_TELLING = ("content-", "access-control-", "cache-", "date", "server", "connection", "vary", "keep-alive", "transfer-")
"""How headers begin that say nothing about the resource."""


def answered(response: Response) -> dict[Place, Json]:
    """Each place that holds a text or a number, with its value; the first `MOST` of them."""
    found: dict[Place, Json] = {}
    for place, value in _values(response):
        for inner, part in _with_parts(place, value):
            found.setdefault(inner, part)
        if len(found) >= MOST:
            break
    return found


def _values(response: Response) -> Iterator[tuple[Place, Json]]:
    yield from _of_headers(response.headers)
    body = read_body(response.body, response.content_type)
    if body.is_read:
        yield from leaves(("body",), body.value)
    elif "html" in response.content_type:
        yield from _of_page(response.body.decode(errors="replace"))


def _of_headers(headers: Headers) -> Iterator[tuple[Place, Json]]:
    for name, value in headers:
        lowered = name.lower()
        if lowered == "set-cookie":
            cookie, _, rest = value.partition("=")
            yield ("cookie", cookie.strip()), rest.partition(";")[0].strip()
        elif lowered == "link":
            for address, said in _LINK.findall(value):
                relation = _RELATION.search(said)
                yield ("header", "link", relation[1] if relation else ""), address
        elif not lowered.startswith(_TELLING):
            yield ("header", lowered), value


def leaves(place: Place, value: Json) -> Iterator[tuple[Place, Json]]:
    """Texts and numbers inside a JSON value, each with where it is, in the order of the text, however deep it is."""
    waiting = [(place, value)]
    while waiting:
        here, found = waiting.pop()
        if isinstance(found, dict):
            waiting += [((*here, key), inner) for key, inner in reversed(found.items())]
        elif isinstance(found, list):
            waiting += [((*here, index), found[index]) for index in reversed(range(len(found)))]
        elif isinstance(found, str | int | float) and not isinstance(found, bool):
            yield here, found


def _of_page(text: str) -> Iterator[tuple[Place, Json]]:
    reader = _Fields()
    reader.feed(text)
    yield from reader.found


class _Fields(HTMLParser):
    """What a page's script finds to send along: hidden inputs and named meta tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[Place, Json]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name"), said.get("value" if tag == "input" else "content")
        if tag in ("input", "meta") and name and value:
            self.found.append((("form", name), value))


def _with_parts(place: Place, value: Json) -> Iterator[tuple[Place, Json]]:
    yield place, value
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        yield from _of_address(place, value)


def _of_address(place: Place, address: str) -> Iterator[tuple[Place, Json]]:
    try:
        parts = urlsplit(address)
    except ValueError:  # it looked like one
        return
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    for back, segment in enumerate(reversed(segments), start=1):
        yield (*place, "segment", -back), segment
    for name, text in parse_qsl(parts.query):
        yield (*place, "query", name), text


def value_at(values: Mapping[Place, Json], places: tuple[Place, ...]) -> Json:
    """The value at the first of `places` that the answer has; None for none."""
    return next((values[place] for place in places if place in values), None)
