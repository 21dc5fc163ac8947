"""One decision for every place: this value is a secret, so its pseudonym goes there, it is remembered, and it is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum

from harness.redaction.memory import Memory
from harness.redaction.percent import is_encoded, within
from harness.redaction.pseudonyms import Pseudonyms
from harness.redaction.rules import Rule, Rules

_DEEPEST = 8


class Kind(StrEnum):
    """What a secret is, as a count tells it."""

    CREDENTIAL = "credentials"
    COOKIE = "cookies"
    NAMED = "secrets by name"
    TOKEN = "tokens"  # noqa: S105 (a word of a report)
    JWT = "JWTs"
    PRIVATE_KEY = "private keys"
    RANDOM = "random texts"
    EMAIL = "e-mail addresses"
    PHONE = "phone numbers"
    CARD = "card numbers"
    IBAN = "bank accounts"
    AGAIN = "secrets met elsewhere"
    RULE = "by redact.yaml"


class Hiding:
    """What one redactor knows: pseudonyms, secrets met, rules, and how often each was of use."""

    def __init__(self, key: bytes, rules: Rules) -> None:
        self.rules = rules
        self.memory = Memory()
        self.tally: Counter[tuple[Kind, str]] = Counter()
        self.used: Counter[Rule] = Counter()
        self._pseudonyms = Pseudonyms(key)
        self._depth = 0

    def secret(self, value: str, kind: Kind, why: str, rule: Rule | None = None, *, alone: bool = False) -> str:
        """The pseudonym that goes in the place of `value`, in the same percent-encoding; `why` says how it was known.

        It is looked for elsewhere from now on, unless it means something in this place `alone`.
        """
        if is_encoded(value):
            return within(value, lambda plain: self._secret(plain, kind, why, rule, alone))
        return self._secret(value, kind, why, rule, alone)

    def _secret(self, value: str, kind: Kind, why: str, rule: Rule | None, alone: bool) -> str:
        if (keep := self.rules.keeping(value)) is not None:
            self.keep(keep)
            return value
        hidden = self._pseudonyms.of(value)
        if rule is not None:
            self.used[rule] += 1
        if hidden != value:
            self.tally[kind, why] += 1
            if not alone and kind is not Kind.EMAIL:  # an address shows by its form everywhere
                self.memory.remember(value, hidden)
        return hidden

    def again(self, text: str) -> str:
        """`text` without the secrets that were met elsewhere."""
        hidden = self.memory.replaced(text)
        if hidden != text:
            self.tally[Kind.AGAIN, "it was met elsewhere"] += 1
        return hidden

    def deeper(self, redact: Callable[[], str | None]) -> str | None:
        """What `redact` gives of a text in a text in a text …; None where that goes on for ever."""
        if self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return redact()
        finally:
            self._depth -= 1

    def keep(self, rule: Rule) -> None:
        """Note that a rule kept something."""
        self.used[rule] += 1
