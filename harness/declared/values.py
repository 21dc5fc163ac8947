"""When two JSON values are the same to a schema: 1 is 1.0, members have no order, and true is no number."""

from __future__ import annotations

from harness.model.json_text import Json, serialize


def value_key(value: Json) -> bytes:
    """Equal for the values that JSON Schema holds to be equal (2020-12 core, section 4.2.2), and for no others."""
    return serialize(_plain(value))


def short(value: Json, width: int = 60) -> str:
    """A value as JSON on one line, cut to `width` characters."""
    text = serialize(value).decode()
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _plain(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
