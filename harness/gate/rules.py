"""All kinds of finding, whatever saw them, as rules that a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz, process

from harness.changes.rules import observed_rules
from harness.declared.request_rules import request_rules
from harness.declared.rules import declared_rules
from harness.model.errors import UsageError
from harness.model.rule import Rule

_NEAR = 3


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its id. A kind that is both observed and declared is explained as it is observed."""
    return {**declared_rules(), **request_rules(), **observed_rules()}


def rule(wanted: str) -> Rule:
    """One rule. Raises UsageError, naming the nearest ones, where there is none of that id."""
    found = all_rules().get(wanted)
    if found is None:
        near = [each for each, _, _ in process.extract(wanted, list(all_rules()), scorer=fuzz.WRatio, limit=_NEAR)]
        raise UsageError(
            f"there is no rule {wanted!r}", hint=f"did you mean {', '.join(near)}? `backfit rules` lists all"
        )
    return found
