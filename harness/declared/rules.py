"""What each finding of the response side means to a person, read from rules.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from harness.model.change import Level
from harness.model.rule import Rule

_BODY = {
    "enum-value-removed": "response-mediatype-enum-value-removed",
    "wrapped-in-one-of": "response-body-wrapped-in-one-of",
}
_PROPERTY = {"wrapped-in-one-of": "response-property-one-of-added"}


@cache
def declared_rules() -> Mapping[str, Rule]:
    """A rule for every id that `compare_responses` can give, by id, in alphabetical order."""
    return {rule.id: rule for rule in sorted(_rules(), key=lambda rule: rule.id)}


@cache
def rule_id(found: str, scope: str) -> str:
    """The id of a finding for where its schema stands: `body`, `property` or `header`.

    A few have no id for a body, or another one: where there is none, the property's names it, at the path of the body.
    """
    part = found.removeprefix("response-{}-")
    renamed = {"body": _BODY, "property": _PROPERTY}.get(scope, {}).get(part)
    here = renamed or found.format(scope)
    return here if here in declared_rules() else found.format("property")


def level_of(found: str) -> Level:
    """The level of a finding, which is the same in a body and in a property."""
    return declared_rules()[rule_id(found, "body")].level


def _rules() -> Iterator[Rule]:
    table = tomllib.loads((files("harness.declared") / "rules.toml").read_text(encoding="utf-8"))
    for part, entry in table["schema"].items():
        yield _rule(table, f"response-body-{part}", entry, "body: ")
        yield _rule(table, f"response-property-{part}", entry, "field: ", "price: ")
    for part, entry in table["property"].items():
        yield _rule(table, f"response-property-{part}", entry, "field: ", "price: ")
    for part in table["header"]["like-schema"]:
        yield _rule(table, f"response-header-{part}", table["schema"][part], "header: ", "X-Total: ")
    for id_, entry in table["other"].items():
        yield _rule(table, id_, entry)


def _rule(table: Mapping[str, Any], id_: str, entry: list[str], where: str = "", member: str = "") -> Rule:
    """`where` goes before the title, `member` before both sides of the example."""
    level, undo, title, old, new, meaning = entry
    return Rule(
        id=id_,
        title=where + title,
        level=Level(level),
        meaning=meaning,
        old=member + old,
        new=member + new,
        undo=table["undo"][undo],
        advice=table["advice"][level],
        undoable=not table["undo"][undo].startswith("Nothing"),
        source="declared",
    )
