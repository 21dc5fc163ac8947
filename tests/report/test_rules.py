from __future__ import annotations

from rich.console import Console

from harness.model.change import Level
from harness.model.rule import Rule
from harness.report.rules import render_rule, render_rules

RULE = Rule(
    "response-x", "x changed", Level.BREAK, "It means this.", '{"a": 1}', '{"b": 1}', "It is renamed.", "Do that.", True
)


def printed(width: int, *rules: Rule) -> str:
    console = Console(width=width, record=True, force_terminal=False)
    render_rules(rules, console) if len(rules) > 1 else render_rule(rules[0], console)
    return console.export_text()


def test__render_rules__has_a_line_a_rule() -> None:
    text = printed(100, RULE, Rule("api-y", "y", Level.RISK, "M.", "o", "n", "None.", "D.", False))
    assert [line.split()[:2] for line in text.splitlines()[:2]] == [["break", "response-x"], ["risk", "api-y"]]
    assert text.count("a shim undoes it") == 1


def test__render_rule__tells_everything() -> None:
    text = printed(80, RULE)
    for part in (
        "response-x",
        "x changed",
        "It means this.",
        '{"a": 1}',
        '{"b": 1}',
        "It is renamed.",
        "Do that.",
        "in answers",
    ):
        assert part in text


def test__render_rule__that_nothing_undoes__says_so() -> None:
    rule = Rule("api-y", "y", Level.RISK, "M.", "o", "n", "None: gone.", "D.", False, source="declared")
    text = printed(80, rule)
    assert "cannot undo it. None: gone." in text
    assert "OpenAPI" in text
