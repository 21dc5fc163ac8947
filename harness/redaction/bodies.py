"""Bodies of requests and answers, in the form that they have: JSON, JSON lines, events, forms, multipart, text; bytes at last."""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.model.charset import charset_of
from harness.redaction.urls import Urls
from harness.redaction.values import Values

_BOUNDARY = re.compile(r"""boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))""", re.IGNORECASE)
_DISPOSITION_NAME = re.compile(r"""(?<![*\w])name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))""", re.IGNORECASE)
_TYPE = re.compile(r"^content-type:\s*(.*)$", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(r"(data:\s?|\x1e)?([\[{].*)", re.DOTALL)
_CODE = ("javascript", "ecmascript", "text/css", "typescript")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c\x1d\x1f]")
_SNIFFED = 4096

Redact = Callable[[str], str]


class Bodies:
    """Redacts bytes of any kind."""

    def __init__(self, values: Values, urls: Urls, again: Redact) -> None:
        self._values, self._urls, self._again = values, urls, again

    def redact(self, body: bytes, content_type: str = "") -> bytes:
        """`body`, its content coding undone, without secrets, in the same charset."""
        media = content_type.partition(";")[0].strip().lower()
        if not body:
            return body
        if media.startswith("multipart/") and (boundary := _BOUNDARY.search(content_type)):
            return self._multipart(body, (boundary[1] or boundary[2]).encode())
        charset = _charset(body, content_type)
        if charset is None:
            return self._through(body, "latin-1", str)
        if media == "application/x-www-form-urlencoded":
            return self._through(body, charset, self._urls.pairs)
        if any(kind in media for kind in _CODE):
            return self._through(body, charset, lambda text: self._values.texts.redact(text, code=True))
        return self._through(body, charset, self.text)

    def text(self, text: str) -> str:
        """A whole file's or body's text: JSON, JSON line by line, or any other."""
        if text.lstrip()[:1] in ("{", "[", '"') and (redacted := self._values.json_text(text)) is not None:
            return redacted
        if (
            "\n{" not in text
            and "\n[" not in text
            and not text.startswith(("{", "[", "data:", "\x1e"))
            and "\ndata:" not in text
        ):
            return self._values.texts.redact(text)
        return self._values.texts.redact("".join(map(self._line, text.splitlines(keepends=True))))

    def _line(self, line: str) -> str:
        found = _LINE.fullmatch(line.rstrip("\r\n"))
        redacted = self._values.json_text(found[2]) if found else None
        if found is None or redacted is None:
            return line
        return f"{found[1] or ''}{redacted}{line[found.end() :]}"

    def _through(self, body: bytes, charset: str, redact: Redact) -> bytes:
        text = body.decode(charset, "surrogateescape")
        redacted = self._again(redact(text))
        return body if redacted == text else redacted.encode(charset, "surrogateescape")

    def _multipart(self, body: bytes, boundary: bytes) -> bytes:
        """Each part by its name and its own type (RFC 7578)."""
        mark = b"--" + boundary
        return mark.join(self._part(part) for part in body.split(mark))

    def _part(self, part: bytes) -> bytes:
        head, gap, content = part.partition(b"\r\n\r\n")
        if not gap:
            return part
        ended = content.endswith(b"\r\n")
        content = content[:-2] if ended else content
        text = head.decode("latin-1")
        name, kind = _DISPOSITION_NAME.search(text), _TYPE.search(text)
        if kind is None and name is not None:
            made = self._through(content, "utf-8", lambda plain: self._values.string(name[1] or name[2], plain))
        else:
            made = self.redact(content, kind[1].strip() if kind else "")
        return head + gap + made + (b"\r\n" if ended else b"")


def _charset(body: bytes, content_type: str) -> str | None:
    """What `body` is read in; any byte is a character in latin-1. None where it is no text at all."""
    for charset in (charset_of(content_type), "utf-8"):
        try:
            if body.decode(charset).encode(charset) == body:
                return None if _BINARY.search(body[:_SNIFFED]) and charset.startswith("utf-8") else charset
        except (LookupError, ValueError):  # a charset that is unknown, or not this body's
            continue
    return None if _BINARY.search(body[:_SNIFFED]) else "latin-1"
