"""How a draft says what is not known: a comment with the question's words, and a tag where nothing can run without it."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.intake.gathered import Gathered
from harness.intake.questions import question as question_of
from harness.intake.written_yaml import Lines, question, scalar


@dataclass
class Asking:
    """A file in the writing, and the facts that it is written from; `depth` counts levels of indentation."""

    facts: Gathered
    lines: Lines = field(default_factory=Lines)

    def ask(self, depth: int, key: str, name: str, value: str = "", hint: str = "") -> None:
        """The key with an open question: nothing runs before it is answered; `value` is YAML that has the tag in it."""
        self.tell(depth, name, hint)
        self.lines.say(depth, key, value or question(name))

    def known_or_ask(self, depth: int, key: str, value: str, name: str, hint: str = "") -> None:
        """The key with its value where there is one."""
        if value:
            self.lines.say(depth, key, scalar(value))
        else:
            self.ask(depth, key, name, hint=hint)

    def tell(self, depth: int, name: str, hint: str = "") -> None:
        """The question as a comment: there is a default, or no key at all."""
        asked = question_of(name)
        self.lines.comment(depth, f"question {name}: {asked.ask if asked else ''}" + (f" [{hint}]" if hint else ""))
