"""What differs between two described things, each difference with its weight: the heaviest of a group first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from harness.intake.fact import Fact
from harness.parity.described import Described
from harness.parity.weights import Rule, Weight, rule_for, weight_of

_OF_FILES = (
    Rule("scenario", "customer", Weight.COSMETIC, "it is what people call the customer"),
    Rule("scenario", "timeout", Weight.COSMETIC, "it is how long is waited"),
    Rule("scenario", "viewport", Weight.LIKELY, "layouts change with the width, and hide what is clicked"),
    Rule("scenario", "*", Weight.BREAK, "another thing is done with the system"),
    Rule("network", "*", Weight.LIKELY, "calls come late, or not at all, or lead outside"),
    Rule("file", "*", Weight.LIKELY, "systems begin with other data and other settings"),
    Rule("folder", "*", Weight.LIKELY, "another image is built of it"),
    Rule("image", "*", Weight.LIKELY, "the image is another one"),
)
"""What only environments say; about all else the rules are those of parity."""


@dataclass(frozen=True)
class Difference:
    """`before` and `after` are None where one of the two says nothing."""

    group: str
    name: str
    before: str | None
    after: str | None
    weight: Weight
    why: str


def between(one: Described, other: Described) -> list[Difference]:
    """What the two do not say alike, by group as they come, in it by weight and name."""
    groups = list(dict.fromkeys(group for group, _ in (*one, *other)))
    order = list(Weight)
    found = list(_differences(one, other))
    return sorted(found, key=lambda each: (groups.index(each.group), order.index(each.weight), each.name))


def _differences(one: Described, other: Described) -> Iterator[Difference]:
    for key in dict.fromkeys((*one, *other)):
        before, after = one.get(key), other.get(key)
        was, now = before.value if before else None, after.value if after else None
        if was != now:
            weight, why = _weight(before, after)
            yield Difference(*key, was, now, weight, why)


def _weight(before: Fact | None, after: Fact | None) -> tuple[Weight, str]:
    """How much it weighs, and why."""
    fact = before or after
    assert fact is not None, "one of the two says it"
    own = (each for each in _OF_FILES if each.subject == fact.subject and fnmatchcase(fact.name, each.name))
    if (rule := next(own, None)) is not None:
        return rule.weight, rule.why
    rule = rule_for(fact)
    return weight_of(before, after) if before and after else rule.weight, rule.why
