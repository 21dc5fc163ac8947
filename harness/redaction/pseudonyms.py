"""A value's pseudonym: the same wherever the value stands in a workspace, and of the same form, so that schemas and links hold.

It depends on the value and the workspace's key (HMAC-SHA-256, RFC 2104) and on nothing else; without the key nobody gets back.
"""

from __future__ import annotations

import base64
import hmac
import re
from hashlib import shake_256

from harness.model.json_text import Json, parse, serialize
from harness.redaction.formats import EMAIL, JWT, prefix_of
from harness.redaction.numbers import iban_check, is_card, is_iban, luhn, regrouped
from harness.redaction.symbols import is_replaced, other, replaced

_DOMAIN = ".test"
"""RFC 2606: it is nobody's."""

_LABEL = "abcdefghijklmnopqrstuvwxyz"
_CHECK = 3
_LONGEST_LABEL = 63
_TRIES = 64
"""Pseudonyms that are tried for one that is still free: no two values get the same while there is another."""

_PUBLIC = frozenset(
    {"iss", "aud", "azp", "scope", "scp", "roles", "groups", "permissions", "typ", "token_type", "acr", "amr", "alg"}
)
"""Claims of a JWT that say what it is for, and whose it is not (RFC 7519, RFC 9068)."""


class Pseudonyms:
    """Gives each value its pseudonym, and remembers which were given."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._of: dict[str, str] = {}
        self._given: dict[str, str] = {}

    def of(self, value: str) -> str:
        """The value's pseudonym; the value itself where it is one."""
        found = self._of.get(value)
        if found is None:
            found = value if value in self._given or is_pseudonym(value) else self._new(value)
            self._of[value] = found
            self._given.setdefault(found, value)
        return found

    def _new(self, value: str) -> str:
        first = self._made(value, 0)
        if self._is_free(first, value) or self._made(value, 1) == first:
            return first
        tried = (self._made(value, attempt) for attempt in range(1, _TRIES))
        return next((made for made in tried if self._is_free(made, value)), first)

    def _is_free(self, made: str, value: str) -> bool:
        return made != value and self._given.get(made, value) == value and is_pseudonym(made)

    def _made(self, value: str, attempt: int) -> str:
        if JWT.fullmatch(value):
            return self._jwt(value, attempt)
        if address := EMAIL.fullmatch(value):
            return self._email(address[1], address[2], attempt)
        if is_card(value):
            return self._card(value, attempt)
        if is_iban(value):
            return self._iban(value, attempt)
        prefix = prefix_of(value)
        return prefix + replaced(value[len(prefix) :], self._seed(value, attempt))

    def _email(self, local: str, domain: str, attempt: int) -> str:
        """At a domain of the same length where that can be; the checksum is in the domain, so that the name keeps its symbols."""
        length = min(max(len(domain) - len(_DOMAIN), 1), _LONGEST_LABEL)
        label = _word(self._seed(domain.lower(), 0), length - _checks(length))
        name = other(local, self._seed(f"{local}@{domain}".lower(), attempt))
        return f"{name}@{label}{_label_check(label, length)}{_DOMAIN}"

    def _card(self, value: str, attempt: int) -> str:
        digits = re.sub("[^0-9]", "", value)
        made = digits[:2] + replaced(digits[2:-1], self._seed(digits, attempt))
        return regrouped(made + luhn(made), value)

    def _iban(self, value: str, attempt: int) -> str:
        compact = value.replace(" ", "")
        account = replaced(compact[4:], self._seed(compact, attempt))
        return regrouped(f"{compact[:2]}{iban_check(compact[:2], account)}{account}", value)

    def _jwt(self, value: str, attempt: int) -> str:
        head, payload, signature = value.split(".")
        claims = decoded_part(payload)
        own = self._seed(payload, attempt)
        payload = _part(self._claims(claims)) if isinstance(claims, dict) else replaced(payload, own)
        return f"{head}.{payload}.{replaced(signature, self._seed(value, attempt))}"

    def _claims(self, claims: Json) -> Json:
        """Texts are replaced; numbers, which are times, and truths stay."""
        match claims:
            case dict():
                return {name: item if name in _PUBLIC else self._claims(item) for name, item in claims.items()}
            case list():
                return [self._claims(item) for item in claims]
            case str():
                return self.of(claims)
        return claims

    def _seed(self, value: str, attempt: int) -> bytes:
        return hmac.digest(self._key, f"{attempt} {value}".encode("utf-8", "surrogatepass"), "sha256")


def is_pseudonym(value: str) -> bool:
    """Whether a value is a pseudonym, of any workspace."""
    if JWT.fullmatch(value):
        _, payload, signature = value.split(".")
        claims = decoded_part(payload)
        return (
            is_replaced(signature) if signature else isinstance(claims, dict) and all(map(_is_hidden, claims.items()))
        )
    if address := EMAIL.fullmatch(value):
        label = address[2].removesuffix(_DOMAIN)
        start = label[: len(label) - _checks(len(label))]
        return label != address[2] and start + _label_check(start, len(label)) == label
    if is_card(value):
        return is_replaced(re.sub("[^0-9]", "", value)[2:-1])
    if is_iban(value):
        return is_replaced(value.replace(" ", "")[4:])
    return is_replaced(value[len(prefix_of(value)) :])


def decoded_part(part: str) -> Json:
    """The JSON value in a part of a JWT, None where there is none."""
    try:
        return parse(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return None


def _part(value: Json) -> str:
    return base64.urlsafe_b64encode(serialize(value)).decode().rstrip("=")


def _is_hidden(claim: tuple[str, Json]) -> bool:
    name, value = claim
    match value:
        case str():
            return name in _PUBLIC or is_pseudonym(value)
        case list():
            return name in _PUBLIC or all(_is_hidden((name, item)) for item in value)
        case dict():
            return all(map(_is_hidden, value.items()))
    return True


def _checks(length: int) -> int:
    """How many letters of a label of this length are its checksum."""
    return max(1, min(_CHECK, length - 1))


def _label_check(label: str, length: int) -> str:
    return _word(b"backfit domain" + label.encode("utf-8", "surrogatepass"), length - len(label))


def _word(seed: bytes, length: int) -> str:
    return "".join(_LABEL[byte % len(_LABEL)] for byte in shake_256(seed).digest(length))
