from __future__ import annotations

from pathlib import Path

import pytest

from harness.cli.formats import targets
from harness.model.errors import UsageError

KNOWN = ("text", "json", "sarif")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        (["json"], [("json", None)]),
        (["json=a=b.json", "text"], [("json", Path("a=b.json")), ("text", None)]),
        (["json=a", "json=b"], [("json", Path("a")), ("json", Path("b"))]),
    ],
)
def test__targets__say_which_report_goes_where(given: list[str], expected: list[tuple[str, Path | None]]) -> None:
    assert targets(given, KNOWN) == expected


@pytest.mark.parametrize(
    ("given", "what", "hint"),
    [
        (["sarf=x"], "no format 'sarf'", "did you mean sarif"),
        (["xml"], "no format 'xml'", "text, json, sarif"),
        (["json="], "names no file", "json=FILE"),
        (["json", "text"], "cannot both", "text=FILE"),
        (["json=a", "sarif=a"], "one file", "of its own"),
    ],
)
def test__targets__that_make_no_sense__are_refused(given: list[str], what: str, hint: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        targets(given, KNOWN)
    assert hint in (caught.value.hint or "")
