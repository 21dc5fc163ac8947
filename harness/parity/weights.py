"""How much a mismatch weighs: what plugins have broken on by itself, what can change a result, what is merely another look.

The table is about plugins that read what a system answers: a browser's engine and major version decide which scripts run at
all; versions of system and plugin are the upgrade itself; a zone moves dates over midnight; a locale changes how numbers and
names are written and sorted. Patch releases keep what is documented, so a difference in them weighs less.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from harness.intake.fact import Fact


class Weight(StrEnum):
    """From the heaviest."""

    BREAK = "break-prone"
    LIKELY = "likely"
    COSMETIC = "cosmetic"


@dataclass(frozen=True)
class Rule:
    """What a mismatch about `subject` and `name` (a glob) weighs; `patch` is its weight where the first number is the same."""

    subject: str
    name: str
    weight: Weight
    why: str
    patch: Weight | None = None


_B, _L, _C = Weight.BREAK, Weight.LIKELY, Weight.COSMETIC
RULES = (
    Rule("browser", "engine", _B, "another engine runs other scripts"),
    Rule("browser", "chromium", _B, "scripts and APIs come and go with its major version", _C),
    Rule("browser", "version", _B, "scripts and APIs come and go with its major version", _C),
    Rule("browser", "name", _L, "brands differ in codecs, policies and what sites are told"),
    Rule("browser", "language", _L, "pages are delivered, and dates and numbers written, by it"),
    Rule("browser", "viewport", _L, "layouts change with the width, and hide what is clicked"),
    Rule("browser-os", "*", _C, "a browser is nearly the same on another system: fonts, keys and paths differ"),
    Rule("header", "accept-language", _L, "systems answer in the language that they are asked in"),
    Rule("header", "*", _C, "few systems look at it"),
    Rule("answer", "*", _C, "it tells what stands before the system, and seldom changes an answer"),
    Rule("system", "version", _B, "it is what was upgraded", _L),
    Rule("system", "*", _L, "it is what was upgraded"),
    Rule("plugin", "*", _B, "it is what must go on working", _L),
    Rule("pip", "pip", _C, "it installs, and is not there when the system runs"),
    Rule("pip", "*", _B, "a library's major version changes what is answered", _L),
    Rule("npm", "*", _B, "a library's major version changes what is answered", _L),
    Rule("runtime", "*", _B, "a language's version changes what libraries do", _L),
    Rule("database", "*", _B, "another engine or major version sorts and answers otherwise", _L),
    Rule("service *", "*", _B, "another engine or major version sorts and answers otherwise", _L),
    Rule("host", "timezone", _B, "moments fall on other days"),
    Rule("host", "clock ahead", _B, "what is due, expired or new is another"),
    Rule("host", "locale", _L, "numbers, dates and names are written and sorted otherwise"),
    Rule("host", "proxy", _L, "calls take another way"),
    Rule("host", "umask", _L, "files can be read by others, or by nobody"),
    Rule("host", "*", _C, "it changes speed and limits rather than answers"),
    Rule("hosts-entry", "*", _L, "a name leads elsewhere"),
    Rule("os", "id", _L, "other libraries stand under the system"),
    Rule("os", "version", _L, "other libraries stand under the system", _C),
    Rule("font", "*", _C, "boxes are drawn in place of signs"),
    Rule("*", "*", _C, "it seldom changes an answer"),
)  # fmt: skip
"""The first one that fits counts."""


def rule_for(fact: Fact) -> Rule:
    """The rule of what a fact is about."""
    return next(rule for rule in RULES if fnmatchcase(fact.subject, rule.subject) and fnmatchcase(fact.name, rule.name))


def weight_of(asked: Fact, found: Fact) -> Weight:
    """How much it weighs that the two do not agree."""
    rule = rule_for(asked)
    return rule.patch if rule.patch and _first(asked.value) == _first(found.value) else rule.weight


def _first(version: str) -> str:
    """The number that a new major version changes; of 0.64 that is the second."""
    numbers = version.split(":")[-1].split(".")
    return ".".join(numbers[:2]) if numbers[0] == "0" else numbers[0]
