"""What the tests of this room redact with."""

from __future__ import annotations

from harness.model.paths import parse_path
from harness.redaction.messages import Messages
from harness.redaction.rules import By, Rule, Rules

KEY = b"a key for tests, and for nothing"
HIDDEN = "hidden"


def messages(*rules: Rule) -> Messages:
    return Messages(KEY, Rules(rules))


def add(by: By, text: str, operation: str = "") -> Rule:
    return Rule(by, text, False, operation, parse_path(text) if by is By.PLACE else ())


def keep(by: By, text: str, operation: str = "") -> Rule:
    return Rule(by, text, True, operation, parse_path(text) if by is By.PLACE else ())
