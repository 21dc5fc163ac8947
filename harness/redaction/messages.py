"""Requests and answers: each header by what it is for, the URL, the body in its own form, and what is noted beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.model.json_text import Json, parse, serialize
from harness.redaction.bodies import Bodies
from harness.redaction.credentials import BY_HEADER
from harness.redaction.hiding import Hiding, Kind
from harness.redaction.places import picked
from harness.redaction.rules import By, Rule, Rules
from harness.redaction.splice import spliced
from harness.redaction.urls import Urls
from harness.redaction.values import Values
from harness.redaction.words import words

_AS_THEY_ARE = words(
    "content-type content-length content-encoding content-language content-range date age expires last-modified "
    "if-modified-since if-unmodified-since vary allow host connection accept accept-encoding accept-language "
    "accept-ranges transfer-encoding upgrade range cache-control pragma sec-websocket-key sec-websocket-accept "
    "sec-websocket-version content-security-policy content-security-policy-report-only permissions-policy strict- "
    "transport-security alt-svc nel"
)
"""They speak about the message, the connection or the page, and random texts in them are nonces."""

_URLS = frozenset(
    {"location", "content-location", "referer", "origin", "x-original-url", "x-rewrite-url", "x-forwarded-uri"}
)


class Messages:
    """Redacts whole exchanges and their parts."""

    def __init__(self, key: bytes, rules: Rules) -> None:
        self.hiding = Hiding(key, rules)
        self.values = Values(self.hiding, lambda url: self.urls.redact(url))
        self.urls = Urls(self.hiding, self.values.string, lambda text: self.values.texts.redact(text))
        self.bodies = Bodies(self.values, self.urls, self.hiding.again)

    def exchange(self, exchange: Exchange) -> Exchange:
        """The exchange without secrets: bytes and headers of what holds none are the very same."""
        asked, answer = exchange.request, exchange.response
        places = self._places(asked)
        body = self._body(asked.body, header(asked.headers, "content-type") or "", places)
        return replace(
            exchange,
            request=Request(asked.method, self.url(asked.url), self._headers(asked.headers, asked.body, body), body),
            response=answer and self._response(answer, places),
            error=exchange.error and self.text(exchange.error),
            meta=self.json(dict(exchange.meta)),
        )

    def _places(self, request: Request) -> list[Rule]:
        try:
            return self.hiding.rules.places(request.method, request.path)
        except ValueError:  # no URL, so no operation
            return []

    def text(self, text: str) -> str:
        """A text of any kind, a file's or a line's."""
        return self.hiding.again(self.bodies.text(text))

    def named(self, name: str, value: str) -> str:
        """A text under a name."""
        return self.hiding.again(self.values.string(name, value))

    def url(self, url: str) -> str:
        """A URL."""
        return self.hiding.again(self.urls.redact(url))

    def body(self, body: bytes, content_type: str = "") -> bytes:
        """A body or a file of this type."""
        return self.bodies.redact(body, content_type)

    def json(self, value: Json, name: str = "") -> Json:
        """A JSON value, which may have a name; the very same object where it holds no secret."""
        try:
            redacted = self.values.redact(value, name)
        except RecursionError:  # deeper than anybody writes it: it is text then
            return parse(self.text(serialize(value).decode()).encode())
        text = serialize(redacted).decode()
        again = self.hiding.again(text)
        return redacted if again == text else parse(again.encode())

    def header(self, name: str, value: str) -> str:
        """The value of one header."""
        return self.hiding.again(self._header(name, value))

    def _header(self, name: str, value: str) -> str:
        lower = name.lower()
        rule = self.hiding.rules.named(lower, By.HEADER)
        if rule is not None:
            if rule.keep:
                self.hiding.keep(rule)
            return value if rule.keep else self.hiding.secret(value, Kind.RULE, str(rule), rule)
        if lower in _AS_THEY_ARE:
            return value
        if lower in BY_HEADER:
            return BY_HEADER[lower](value, self.hiding, f"header {lower}")
        return self.urls.redact(value) if lower in _URLS else self.values.string(name, value)

    def _response(self, answer: Response, places: Sequence[Rule]) -> Response:
        body = self._body(answer.body, header(answer.headers, "content-type") or "", places)
        return Response(answer.status, self._headers(answer.headers, answer.body, body), body, self.text(answer.reason))

    def _headers(self, headers: Headers, was: bytes, body: bytes) -> Headers:
        """With the length of a body that is no longer as long, where the header spoke of that length."""
        length = {str(len(was)): str(len(body))}
        return tuple(
            (name, length.get(value, value) if name.lower() == "content-length" else self.header(name, value))
            for name, value in headers
        )

    def _body(self, body: bytes, content_type: str, places: Sequence[Rule]) -> bytes:
        made = self.bodies.redact(body, content_type)
        if not places:
            return made
        try:
            old, new, text = parse(body), parse(made), made.decode("utf-8-sig")
        except ValueError:  # no JSON in UTF-8: it has no such place
            return made
        chosen = new
        for rule in places:
            chosen = picked(chosen, old, rule.path, partial(self._at_place, rule))
        return made if chosen == new else spliced(text, new, chosen).encode()

    def _at_place(self, rule: Rule, old: Json) -> Json:
        if rule.keep:
            self.hiding.keep(rule)
            return old
        match old:
            case dict():
                return {name: self._at_place(rule, item) for name, item in old.items()}
            case list():
                return [self._at_place(rule, item) for item in old]
            case str():
                return self.hiding.secret(old, Kind.RULE, str(rule), rule)
            case bool() | None | float():
                return old
        return int(self.hiding.secret(str(old), Kind.RULE, str(rule), rule))
