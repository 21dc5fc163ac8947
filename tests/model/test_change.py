from __future__ import annotations

from harness.model.change import Support


def test__support__as_text__says_the_evidence() -> None:
    assert str(Support(pairs=22, agreeing=20, distinct=9)) == "20 of 22 pairs, 9 distinct values"
