from __future__ import annotations

from harness.intake.asking import Asking
from harness.intake.gathered import Gathered
from harness.intake.questions import question


def page() -> Asking:
    return Asking(Gathered.of([]))


def test__ask__a_key__has_the_words_and_the_tag() -> None:
    made = page()
    made.ask(1, "name", "plugin", hint="one of a, b?")
    asked = question("plugin")
    assert asked is not None
    text = str(made.lines)
    assert text.replace("\n  #   ", " ").startswith(f"  # question plugin: {asked.ask} [one of a, b?]\n")
    assert text.endswith("  name: !question plugin\n")


def test__known_or_ask__a_value__is_written() -> None:
    made = page()
    made.known_or_ask(0, "name", "true", "plugin")
    assert str(made.lines) == 'name: "true"\n'


def test__tell__a_question__is_a_comment_alone() -> None:
    made = page()
    made.tell(0, "os")
    assert all(line.startswith("# ") for line in made.lines.lines)
