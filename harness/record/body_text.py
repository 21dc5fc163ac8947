"""Between a body's bytes and the text that stands for it in a HAR: the charset decides, and must lose nothing."""

from __future__ import annotations

from harness.model.charset import charset_of


def text_of(body: bytes, media_type: str) -> str | None:
    """`body` as text from which `bytes_of` makes the very same bytes, or None where there is no such text."""
    charset = charset_of(media_type)
    try:
        text = body.decode(charset)
    except (LookupError, ValueError):  # a charset that is unknown, or not this body's
        return None
    return text if bytes_of(text, media_type) == body else None


def bytes_of(text: str, media_type: str) -> bytes:
    """`text` in the charset of `media_type`; in UTF-8 where that charset is unknown or cannot say it."""
    try:
        return text.encode(charset_of(media_type))
    except (LookupError, ValueError):
        return text.encode("utf-8", "surrogatepass")
