from __future__ import annotations

import json

from harness.intake.fact import Fact
from harness.intake.gathered import Contradiction
from harness.intake.questions import QUESTIONS
from harness.intake.told import as_json, as_markdown, as_text

AGAINST = [Contradiction((Fact("browser", "version", "1<b>@x*", "a_b:1"), Fact("browser", "version", "2", "c:2")))]


def test__as_text__questions__are_numbered_lines_of_a_mail() -> None:
    text = as_text(QUESTIONS, AGAINST)
    assert max(map(len, text.splitlines())) <= 78
    assert "\n 1. Your reports do not agree." in text
    assert all(" ".join(each.ask.split()) in " ".join(text.split()) for each in QUESTIONS)


def test__as_markdown__what_customers_sent__is_not_obeyed() -> None:
    text = as_markdown(QUESTIONS[:1], AGAINST)
    assert "1&lt;b>\\@x\\*" in text
    assert text.count("- [ ] ") == 2


def test__as_json__has_everything() -> None:
    found = json.loads(as_json(QUESTIONS[:1], AGAINST))
    assert [each["id"] for each in found["questions"]] == ["system"]
    assert found["contradictions"][0][1] == {"subject": "browser", "name": "version", "value": "2", "source": "c:2"}


def test__nothing_to_ask__says_so() -> None:
    assert as_text([], []) == as_markdown([], [])
    assert "Nothing is left to ask" in as_text([], [])
