"""Free text: a log, a page, a script, an error, a value that nothing is known of. What is secret in it shows by its form, by a
name before it, or because it was met elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.redaction.credentials import credentials, header_lines
from harness.redaction.formats import CARD, EMAIL, IBAN, JWT, NO_DOMAINS, NUMBERS, PHONE, PRIVATE_KEY, is_marked_token
from harness.redaction.hiding import Hiding, Kind
from harness.redaction.looks import (
    DIGESTS,
    is_binary,
    is_no_word,
    looks_random,
    looks_secret,
    packed,
    unpacked,
)
from harness.redaction.named import Named
from harness.redaction.names import Says, says
from harness.redaction.numbers import is_card, is_iban

_SUSPECT = re.compile(
    r"[@=:]|%40|-----|[A-Za-z0-9+/_-]{16}|[0-9][0-9 ().-]{6}|[A-Za-z_-]{3}/[A-Za-z0-9_.~%-]{8}|(?:earer|asic|oken|ikey)\s",
    re.IGNORECASE,
)
"""Nothing but a secret met elsewhere stands in a text without any of these."""

_HARMLESS = re.compile(
    r"(?:[A-Za-z,.!?'()-]{1,15}+ )*+[A-Za-z,.!?'()-]{0,15}+"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{5,18}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?|[0-9.]{1,7}"
    r"|(?=[0-9]*[a-f])[0-9a-f]{8,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?:https?://[a-z0-9.-]{1,40}+(?::[0-9]{1,5})?)?(?:/(?:[A-Za-z_-]{1,15}|[A-Za-z0-9_.-]{1,7}))*/?"
)
"""What most texts of an answer are: words, times, hashes, paths."""

_SCHEME = re.compile(r"(?<![A-Za-z0-9])((?:bearer|basic|token|apikey)\s+)([A-Za-z0-9._~+/=-]{8,})", re.IGNORECASE)
_URL = re.compile(r"(?<=[A-Za-z0-9])://[^\s\"'<>\\^`{|}]+")
_TAG = re.compile(r"<(?:input|meta|textarea|button|param|option)\b[^>]{1,4096}>", re.IGNORECASE)
_TAG_NAME = re.compile(r"\b(?:name|id|property|type)\s*=\s*([\"']?)([^\"'\s>]+)\1", re.IGNORECASE)
_TAG_VALUE = re.compile(r"(\b(?:value|content)\s*=\s*)(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
_ELEMENT = re.compile(r"(<(?:[\w.-]+:)?([A-Za-z][\w.-]{1,60})(?:\s[^<>]{0,1024})?>)([^<>]{1,8192})(?=</)")
_ENCODED_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+~%-])(?:[A-Za-z0-9._+~-]|%2[bB]){1,64}+%40(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}"
)
_SEGMENTS = re.compile(r"(?<=/)([A-Za-z][A-Za-z_-]{2,30})/([A-Za-z0-9_.~%-]{8,})(?![A-Za-z0-9_.~%-])")
_RUN = re.compile(r"[A-Za-z0-9+/_.~=-]{16,}+")
_PIECE = re.compile(r"[A-Za-z0-9_+-]{16,}={0,2}")
_WORD = re.compile(r"[a-z]{3,}")
_FILE = re.compile(r".*\.[a-z]{2,5}[0-9]?")
_LONGEST_TOKEN = 512
_BEFORE_A_CARD = 20
"""Characters that tell whether a number is a part of an IBAN."""
_MOST_KEPT = 65_536
_USER_OF_URL = re.compile(r"://[^/\s@]*\Z")
_HEADERS = ("ookie", "OOKIE", "uthorization", "UTHORIZATION")
_SCHEMES = ("earer ", "EARER ", "asic ", "oken ", "OKEN ", "pikey ", "piKey ", "PIKEY ")

Inside = Callable[[str], str]


class Texts:
    """Redacts free text. `inside` redacts what was packed in base64 or percent-encoded, `url` a whole URL.

    Secrets that were met elsewhere are left to the caller, who finds them in all of a message at once.
    """

    def __init__(self, hiding: Hiding, inside: Inside, url: Inside) -> None:
        self._hiding, self._inside, self._url = hiding, inside, url
        self._clean: set[str] = set()
        self.named = Named(hiding, inside)

    def redact(self, text: str, *, guess: bool = True, code: bool = False) -> str:
        """`text` without secrets. With `guess`, what looks random is one; `code` is a program, where names mean less."""
        if _SUSPECT.search(text) and not _HARMLESS.fullmatch(text):
            text = self._formed(text)
            text = self._named_things(text, code)
            text = self._numbers(text)
            text = _RUN.sub(lambda found: self._run(found, guess), text)
        for pattern, rule in self._hiding.rules.added:
            text = pattern.sub(lambda found: self._hiding.secret(found[0], Kind.RULE, str(rule), rule), text)  # noqa: B023
        return text

    def _formed(self, text: str) -> str:
        """What shows by its form alone."""
        secret, deeper = self._hiding.secret, self._hiding.deeper
        if "PRIVATE KEY" in text:
            text = PRIVATE_KEY.sub(self._private_key, text)
        if "://" in text:
            text = _URL.sub(lambda found: deeper(lambda: self._url(found[0])) or found[0], text)
        if "eyJ" in text:
            text = JWT.sub(lambda found: secret(found[0], Kind.JWT, "a JWT"), text)
        if "@" in text:
            text = EMAIL.sub(self._email, text)
        if "%40" in text:
            text = _ENCODED_EMAIL.sub(lambda found: secret(found[0], Kind.EMAIL, "an e-mail address"), text)
        return text

    def _named_things(self, text: str, code: bool) -> str:
        """What shows by what stands before it."""
        if any(word in text for word in _HEADERS):
            text = header_lines(text, self._hiding)
        if any(word in text for word in _SCHEMES):
            text = _SCHEME.sub(self._scheme, text)
        if "<" in text:
            text = _ELEMENT.sub(self._element, _TAG.sub(self._tag, text))
        if "=" in text or ":" in text or "%3" in text:
            text = "".join(self.named.redacted(text, code))
        return _SEGMENTS.sub(self._segment, text) if "/" in text else text

    def _numbers(self, text: str) -> str:
        return IBAN.sub(self._iban, NUMBERS.sub(self._digits, text))

    def _digits(self, found: re.Match[str]) -> str:
        """Cards and phones among digits and what stands between them, with a look at what is before and behind."""
        start, end = found.span()
        before, behind = found.string[max(0, start - _BEFORE_A_CARD) : start], found.string[end : end + 1]
        text = PHONE.sub(self._phone, CARD.sub(self._card, before + found[0] + behind))
        return text[len(before) : len(text) - len(behind)]

    def _card(self, found: re.Match[str]) -> str:
        return self._hiding.secret(found[0], Kind.CARD, "a card's number") if is_card(found[0]) else found[0]

    def _phone(self, found: re.Match[str]) -> str:
        digits = sum(map(str.isdigit, found[0]))
        return self._hiding.secret(found[0], Kind.PHONE, "a phone number") if 8 <= digits <= 15 else found[0]

    def _iban(self, found: re.Match[str]) -> str:
        inside = found.string[found.start() - 1 : found.start()].isalnum()
        return found[0] if inside or not is_iban(found[0]) else self._hiding.secret(found[0], Kind.IBAN, "an IBAN")

    def _private_key(self, found: re.Match[str]) -> str:
        lines = (
            line and self._hiding.secret(line, Kind.PRIVATE_KEY, "a private key")
            for line in re.split(r"(\s+|\\n|\\r)", found[2])
        )
        return f"{found[1]}{''.join(lines)}{found[3]}"

    def _email(self, found: re.Match[str]) -> str:
        before = found.string[max(0, found.start() - _LONGEST_TOKEN) : found.start()]
        if found[2].rpartition(".")[2].lower() in NO_DOMAINS or found[1] == "git" or _USER_OF_URL.search(before):
            return found[0]
        return self._hiding.secret(found[0], Kind.EMAIL, "an e-mail address")

    def _scheme(self, found: re.Match[str]) -> str:
        if not is_no_word(found[2]):
            return found[0]  # `bearer authentication`
        return credentials(found[0], self._hiding, f"after {found[1].strip().lower()}")

    def _tag(self, found: re.Match[str]) -> str:
        names = [each[2] for each in _TAG_NAME.finditer(found[0])]
        return _TAG_VALUE.sub(lambda value: self._tag_value(value, names), found[0])

    def _element(self, found: re.Match[str]) -> str:
        start, name, value = found.groups()
        hidden = self.named.by_name(name, value.strip())
        return found[0] if hidden is None else start + value.replace(value.strip(), hidden)

    def _tag_value(self, found: re.Match[str], names: list[str]) -> str:
        value = found[2] or found[3] or found[4] or ""
        name = next((name for name in names if says(name) not in (Says.NOTHING, Says.RANDOM)), "")
        hidden = self.named.by_name(name, value) if name and value else None
        return found[0] if hidden is None else found[1] + found[0][len(found[1]) :].replace(value, hidden)

    def _segment(self, found: re.Match[str]) -> str:
        name, value = found.groups()
        mixed = is_no_word(value) and any(map(str.isalpha, value)) and not _FILE.fullmatch(value)
        said = says(name)
        if (said is Says.SECRET and mixed) or (said is Says.MAYBE and looks_secret(value)):
            return f"{name}/{self._hiding.secret(value, Kind.NAMED, f'after /{name}/')}"
        return found[0]

    def _run(self, found: re.Match[str], guess: bool) -> str:
        run = found[0]
        start, end = found.span()
        if (
            run in self._clean
            or found.string[end : end + 1] == "@"
            or found.string[max(0, start - 7) : start] == "base64,"
        ):
            return run
        hidden = self._whole_run(run, guess)
        if hidden == run and guess and len(self._clean) < _MOST_KEPT:
            self._clean.add(run)
        return hidden

    def _whole_run(self, run: str, guess: bool) -> str:
        if run.startswith(DIGESTS) or is_binary(run):
            return run
        if is_marked_token(run):
            return self._hiding.secret(run, Kind.TOKEN, "a token's form")
        if (text := unpacked(run)) is not None:
            return self._repacked(text, run)
        if len(run) > _LONGEST_TOKEN and "." not in run:
            return run
        is_path = any(map(_WORD.fullmatch, re.split("[/.]", run)))
        whole = run.rstrip("=")
        if guess and not is_path and not set(".=") & set(whole) and looks_random(whole):
            return self._hiding.secret(run, Kind.RANDOM, "it looks random")
        return _PIECE.sub(lambda piece: self._piece(piece[0], guess), run) if _PIECE.fullmatch(run) is None else run

    def _piece(self, piece: str, guess: bool) -> str:
        if is_marked_token(piece):
            return self._hiding.secret(piece, Kind.TOKEN, "a token's form")
        if (text := unpacked(piece)) is not None:
            return self._repacked(text, piece)
        return self._hiding.secret(piece, Kind.RANDOM, "it looks random") if guess and looks_random(piece) else piece

    def _repacked(self, text: str, like: str) -> str:
        """In base64 again, what `like` was the base64 of."""
        redacted = self._inside(text)
        return like if redacted == text else packed(redacted, like)
