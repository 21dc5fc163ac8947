"""Rules on a terminal: all in a table, or one in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.model.change import Level
from harness.model.rule import Rule

_STYLES = {Level.BREAK: "bold red", Level.RISK: "yellow", Level.INFO: "cyan"}


def render_rules(rules: Sequence[Rule], console: Console) -> None:
    """A line a rule: level, id, title, and whether a shim can undo it."""
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    for rule in rules:
        undo = Text("a shim undoes it", "green") if rule.undoable else Text("")
        table.add_row(_level(rule), Text(rule.id), Text(rule.title), undo)
    console.print(table)
    console.print()
    console.print(Text(f"{len(rules)} rules. `backfit rules ID` explains one.", "dim"))


def render_rule(rule: Rule, console: Console) -> None:
    """Everything about one rule."""
    console.print(Text.assemble(_level(rule), "   ", (rule.id, "bold"), "   ", rule.title))
    console.print()
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    seen = "in answers and requests" if rule.source == "observed" else "in OpenAPI documents and JSON Schemas"
    shim = rule.undo if rule.undoable else f"cannot undo it. {rule.undo}"
    rows = [
        ("means", rule.meaning),
        ("old", rule.old),
        ("new", rule.new),
        ("shim", shim),
        ("do", rule.advice),
        ("seen", seen),
    ]
    for label, text in rows:
        table.add_row(label, Text(text))
    console.print(Padding(table, (0, 0, 0, 2)))


def _level(rule: Rule) -> Text:
    return Text(rule.level.value.ljust(5), _STYLES[rule.level])
