"""A value and the name before it: `password=…`, `"token": "…"`, `data-api-key='…'`, in texts and wherever names are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from harness.redaction.credentials import BY_HEADER, credentials, has_scheme
from harness.redaction.hiding import Hiding, Kind
from harness.redaction.looks import is_plain, looks_secret, unpacked
from harness.redaction.names import Says, says
from harness.redaction.percent import is_encoded, within

_QUOTE = r"""(?:\\*["'`]|&quot;|&\#0?3[49];|%22)"""
_NAME = re.compile(
    rf"""(?<![A-Za-z0-9_.-])([A-Za-z_][A-Za-z0-9_.-]{{0,60}}+(?:\[[\w-]*\])?)({_QUOTE}?\s?(?:=>|:=|%3[aAdD]|[=:])\s?)({_QUOTE})?""",
    re.VERBOSE,
)
_QUOTED = re.compile(r"""[^"'`<>\\\r\n]+""")
_LONGEST_QUOTED = 8192
_BARE = re.compile(r"""[^\s"'`<>&;,)\]}\\]{1,4096}""")
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z_$]*(?:[.(\[].*)?")
_MOST_MUTE = 65_536


class Named:
    """Redacts what a name says is a secret. `inside` redacts what was percent-encoded."""

    def __init__(self, hiding: Hiding, inside: Callable[[str], str]) -> None:
        self._hiding, self._inside = hiding, inside
        self._mute: set[str] = set()

    def by_name(self, name: str, value: str) -> str | None:
        """`value` redacted as `name` demands; None where the name demands nothing."""
        if name in self._mute:
            return None
        hiding, why = self._hiding, f"named {name}"
        if (rule := hiding.rules.named(name)) is not None:
            if rule.keep:
                hiding.keep(rule)
            return value if rule.keep else hiding.secret(value, Kind.RULE, str(rule), rule)
        if (of_header := BY_HEADER.get(name.lower())) is not None:
            return of_header(value, hiding, why)
        match says(name):
            case Says.SECRET if not is_plain(value) and "://" not in value and "PRIVATE KEY-----" not in value:
                return credentials(value, hiding, why) if has_scheme(value) else hiding.secret(value, Kind.NAMED, why)
            case Says.MAYBE if looks_secret(value) and unpacked(value) is None:
                return hiding.secret(value, Kind.NAMED, why)
            case Says.PHONE if sum(map(str.isdigit, value)) >= 6:
                return hiding.secret(value, Kind.PHONE, why)
            case Says.CARD if sum(map(str.isdigit, value)) >= 12:
                return hiding.secret(value, Kind.CARD, why)
            case Says.NOTHING | Says.RANDOM if len(self._mute) < _MOST_MUTE:
                self._mute.add(name)
        return None

    def redacted(self, text: str, code: bool) -> Iterator[str]:
        """`text` in pieces. What names of no meaning hold is searched for further names; in `code`, names mean less."""
        done = at = 0
        may_be_encoded = "%" in text
        while (found := _NAME.search(text, at)) is not None:
            at = found.end(2)
            if found[1] in self._mute and not may_be_encoded:
                continue
            value = _value(found)
            hidden = self._hidden(found, value, code)
            if hidden is not None:
                yield text[done : found.end()] + hidden
                done = at = found.end() + len(value)
        yield text[done:]

    def _hidden(self, found: re.Match[str], value: str, code: bool) -> str | None:
        """The redacted value of a name; None where it is none, or no secret."""
        is_value = bool(value) and (found[3] is not None or _is_value(found, value))
        in_program = code and not any(map(str.isdigit, value))
        hidden = self.by_name(found[1], value) if is_value and not in_program else None
        return within(value, self._inside) if hidden is None and is_encoded(value) else hidden


def _value(found: re.Match[str]) -> str:
    """What stands behind a name: up to the quote that ends it, or what no mark ends; "" where it is nothing."""
    text, start = found.string, found.end()
    if (quote := found[3]) is not None:
        end = text.find(quote, start, start + _LONGEST_QUOTED)
        return text[start:end] if end > start and _QUOTED.fullmatch(text, start, end) else ""
    bare = _BARE.match(text, start)
    if bare is None:
        return ""
    in_url = text[found.start() - 1 : found.start()] in ("?", "&")
    return bare[0].partition("#")[0] if in_url else bare[0]  # a parameter ends where the fragment begins


def _is_value(found: re.Match[str], value: str) -> bool:
    """Whether a text without quotes is a value, and no part of a program: `token=next(stream)`."""
    if not _IDENTIFIER.fullmatch(value):
        return True
    text, start, end = found.string, found.start(), found.end() + len(value)
    if text[start - 1 : start] in ("?", "&", "#", ";"):
        return True
    alone = text[end : end + 1] in ("", " ", "\n", "\r", "&")
    return found[2] == "=" and len(value) >= 6 and value.isalpha() and alone
