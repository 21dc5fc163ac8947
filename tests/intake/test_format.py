from __future__ import annotations

from pathlib import Path

import pytest

from harness.intake import format as format_
from harness.intake.format import formats, recognised, understood
from harness.intake.report import Report, read_file
from harness.model.errors import BadFile

DATA = Path(__file__).with_name("data")


@pytest.mark.parametrize("file", sorted(DATA.iterdir()), ids=lambda file: file.name)
def test__recognised__each_sample__by_one_format_only(file: Path) -> None:
    assert len(list(recognised(read_file(file)))) == 1


def test__formats__each__has_a_sample() -> None:
    assert {name for file in DATA.iterdir() for name in recognised(read_file(file))} == set(formats())


@pytest.mark.parametrize(
    "text",
    [
        "Dear support,\nsince yesterday nothing works: please help.\n",
        "{}",
        '{"log": 1}',
        "a: 1\nb: 2\n",
        "services: {}\n",
        "# a heading\n\nsome markdown with Chrome 112\n",
        "error: Mozilla is not defined\n    at line 3\n",
        "<html><body>Chrome/112.0</body></html>",
        "2026-03-02 09:00:00 GET /x 200 Mozilla/5.0 (Windows NT 10.0)\n" * 3,
    ],
)
def test__understood__what_is_no_report__is_refused_with_what_is_read(text: str) -> None:
    with pytest.raises(BadFile, match="pip freeze"):
        understood(Report("mail.txt", text))


def test__understood__more_facts_than_any_machine_has__are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_, "MOST_FACTS", 3)
    text = "".join(f"p{number}==1\n" for number in range(10))
    assert [fact.name for fact in understood(Report("pip.txt", text)).facts] == ["p0", "p1", "p2"]
