"""A request as a document that the same steps edit: `{path: {…}, query: {…}, header: {…}, body: …}`.

A query value is a text, or a list of texts where its name stands several times; a text that holds a JSON object is that
object. Header names are in lower case. The body is there where it is JSON or a form (then an object, like the query).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlsplit

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.step import Apply
from harness.model.exchange import Headers, Request, header
from harness.model.json_text import Json, parse, serialize
from harness.model.template import PathTemplate, decoded

FORM = "application/x-www-form-urlencoded"
_FREE = "!$'()*,:@/"
"""What stands in a query as it is: RFC 3986, section 3.4, less what separates pairs."""
_LENGTH = "content-length"
_NO_SEGMENT = ("", ".", "..")
"""What leads elsewhere in a path (RFC 3986, 5.2.4)."""


def call_of(request: Request, values: Mapping[str, str], path: str = "") -> Call:
    """The call as conditions and sources see it: the variables' values, and the first value of each parameter."""
    query: dict[str, str] = {}
    for name, value in request.query:
        query.setdefault(name, value)
    return Call(
        request.method,
        path or request.path,
        values,
        query,
        _headers(request.headers),
        _body_of(request),
        _cut(request.url)[0],
    )


def document_of(request: Request, values: Mapping[str, str]) -> dict[str, Json]:
    """The document; `values` are the path template's variables, decoded."""
    document: dict[str, Json] = {
        "path": dict(values),
        "query": _gathered(request.query),
        "header": {**_headers(request.headers)},
    }
    body = _body_of(request)
    return document if body is ABSENT else document | {"body": body}


def edited(document: dict[str, Json], steps: Sequence[Apply], call: Call) -> dict[str, Json]:
    """The document with the steps applied; what a step makes of it that is no document is not taken."""
    answer = Answer(0, [], document, call)
    for apply in steps:
        apply(answer)
    return answer.body if isinstance(answer.body, dict) else document


def rewritten(
    request: Request, raw: Mapping[str, str], document: Mapping[str, Json], template: PathTemplate, method: str
) -> Request:
    """The request that the document says, at `template`. What the document has as it was stays as it was sent, byte by byte.

    `raw` are the path's variables as sent. A variable that the document does not tell leaves the request as it is.
    """
    was = document_of(request, {name: decoded(value) for name, value in raw.items()})
    path = _path(template, raw, was["path"], document.get("path"))
    if path is None:
        return request
    origin, asked = _cut(request.url)
    _, mark, sent = asked.partition("?")
    if document.get("query") != was["query"]:
        sent = _query(sent, was, document.get("query"))
        mark = "?" if sent else ""
    url = f"{origin}{path}{mark}{sent}"
    headers = _with_headers(request.headers, was["header"], document.get("header"))
    moved = replace(request, method=method, url=url, headers=headers)
    body = document.get("body", ABSENT)
    return moved if _as_sent(was.get("body", ABSENT), body) else _with_body(moved, body)


def _cut(url: str) -> tuple[str, str]:
    """A URL's origin, and the rest of it as written."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return origin, url[len(origin) :]


def _gathered(pairs: Sequence[tuple[str, str]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, text in pairs:
        value = _opened(text)
        before = found.get(name)
        if before is None:
            found[name] = value
        else:
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
    return found


def _opened(text: str) -> Json:
    """The object that a text holds, such as a filter; else the text."""
    if text[:1] != "{" or text[-1:] != "}":
        return text
    try:
        return parse(text.encode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return text


def _headers(headers: Headers) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value  # RFC 9110, 5.3
    return found


def _body_of(request: Request) -> Json:
    if not request.body:
        return ABSENT
    if _is_form(request.headers):
        try:
            return _gathered(parse_qsl(request.body.decode(), keep_blank_values=True))
        except ValueError:
            return ABSENT
    try:
        return parse(request.body)
    except (ValueError, RecursionError):
        return ABSENT


def _is_form(headers: Headers) -> bool:
    return (header(headers, "content-type") or "").split(";")[0].strip().lower() == FORM


def _path(template: PathTemplate, raw: Mapping[str, str], was: Json, now: Json) -> str | None:
    values = {}
    for name in template.variables:
        value = now.get(name) if isinstance(now, dict) else None
        if value == was.get(name) and name in raw:
            values[name] = raw[name].replace(" ", "%20")  # a HAR made by hand may hold what a request line cannot
        elif (text := _text(value)) is not None and text not in _NO_SEGMENT:
            values[name] = quote(text, safe="!$'()*,:@&=+")
        else:
            return None
    return template.fill(values).replace(" ", "%20")


def _query(sent: str, was: Mapping[str, Json], now: Json) -> str:
    """Names in the document's order; those whose values did not change as they were sent."""
    if not isinstance(now, dict):
        return sent
    before = was["query"]
    pieces: dict[str, list[str]] = {}
    for piece in filter(None, sent.split("&")):
        [(name, _)] = parse_qsl(piece, keep_blank_values=True) or [("", "")]
        pieces.setdefault(name, []).append(piece)
    written = []
    for name, value in now.items():
        written += pieces[name] if name in pieces and before.get(name) == value else _pairs(name, value)
    return "&".join(written)


def _pairs(name: str, value: Json) -> list[str]:
    texts = [_text(item) for item in (value if isinstance(value, list) else [value])]
    return [f"{quote(name, safe=_FREE + '[]')}={quote(text, safe=_FREE)}" for text in texts if text is not None]


def _text(value: Json) -> str | None:
    """A value as it stands in a URL; None for what has no place there."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float, dict)):
        return serialize(value).decode()
    return None


def _with_headers(headers: Headers, was: Mapping[str, Json], now: Json) -> Headers:
    if now == was or not isinstance(now, dict):
        return headers
    changed = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    kept = tuple(pair for pair in headers if pair[0].lower() not in changed)
    added = ((name, _text(value)) for name, value in now.items() if name in changed)
    return kept + tuple((name, text) for name, text in added if text is not None and _is_line(name + text))


def _is_line(text: str) -> bool:
    return not any(character in text for character in "\r\n\0")


def _as_sent(was: Json, now: Json) -> bool:
    return was is now or (ABSENT not in (was, now) and serialize(was) == serialize(now))


def _with_body(request: Request, body: Json) -> Request:
    if body is ABSENT:
        written = b""
    elif _is_form(request.headers) and isinstance(body, dict):
        written = "&".join(piece for name, value in body.items() for piece in _pairs(name, value)).encode()
    else:
        written = serialize(body)
    length = tuple((name, str(len(written)) if name.lower() == _LENGTH else value) for name, value in request.headers)
    return replace(request, headers=length, body=written)
