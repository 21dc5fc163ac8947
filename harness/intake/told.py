"""Questions to the customer as a support engineer pastes them: into a mail, a ticket (Markdown), or a program (JSON)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import fill

from harness.intake.gathered import Contradiction
from harness.intake.questions import Question

_WIDTH = 78
_GREETING = "To set up a copy of your system and see the problem, we need to know:"
_NOTHING = "Nothing is left to ask: all that a copy of the customer's setup needs is known."


def as_text(questions: Sequence[Question], contradictions: Sequence[Contradiction]) -> str:
    """A numbered list in lines of a mail."""
    asked = [_item(number, text) for number, text in enumerate(_texts(questions, contradictions), 1)]
    return "\n\n".join([_GREETING, *asked]) + "\n" if asked else _NOTHING + "\n"


def as_markdown(questions: Sequence[Question], contradictions: Sequence[Contradiction]) -> str:
    """A list of boxes to tick; nothing in it is obeyed as HTML or a mention."""
    asked = [f"- [ ] {_plain(text)}" for text in _texts(questions, contradictions)]
    return "\n".join([_GREETING, "", *asked]) + "\n" if asked else _NOTHING + "\n"


def as_json(questions: Sequence[Question], contradictions: Sequence[Contradiction]) -> str:
    """`questions` with id, ask, why and keys; `contradictions` with what each source says."""
    found = {
        "questions": [{"id": each.id, "ask": each.ask, "why": each.why, "keys": list(each.keys)} for each in questions],
        "contradictions": [
            [
                {"subject": fact.subject, "name": fact.name, "value": fact.value, "source": fact.source}
                for fact in each.facts
            ]
            for each in contradictions
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _texts(questions: Sequence[Question], contradictions: Sequence[Contradiction]) -> list[str]:
    against = [f"Your reports do not agree. Which of these is right?  {each}" for each in contradictions]
    return [*against, *(each.ask for each in questions)]


def _item(number: int, text: str) -> str:
    return fill(text, _WIDTH, initial_indent=f"{number:2}. ", subsequent_indent="    ", break_on_hyphens=False)


def _plain(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{each}" if each in "*_`[]|@#" else each for each in escaped)
