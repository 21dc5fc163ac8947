from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from harness.gate.contract_reads import contract_reads
from harness.gate.gate import decide
from harness.gate.touching import read_changes, touching
from harness.model.change import Change, Level
from harness.model.errors import BadFile
from harness.report.diff_report import render_json
from tests.contract.documents import contract, reads
from tests.gate.rows import change, written

ROWS = [
    change("$.a"),
    change("$.b"),
    change("$.a", "GET /other"),
    change("$.info", level=Level.INFO, kind="response-optional-property-added"),
    change("$", kind="request-path-moved"),
]


def file(folder: Path, rows: list[Change], plugin: str = "") -> Path:
    """The JSON of a diff; its findings are judged already where `plugin` reads something."""
    known = contract_reads(contract(folder, {"GET /a": reads(*plugin.split())})) if plugin else None
    return written(folder, render_json(decide(rows, old="o", new="n", today=date(2026, 1, 1), reads=known)), "d.json")


@pytest.mark.parametrize("judged_for", ["", "$.other", "$.a"])
@pytest.mark.parametrize(
    ("places", "felt"),
    [
        ("$.a", [("break", "$.a"), ("break", "$")]),
        ("$.b.c", [("break", "$.b"), ("break", "$")]),
        ("$.c", [("break", "$")]),  # the call itself
    ],
)
def test__touching__whoever_the_diff_was_for__is_what_this_plugin_feels(
    tmp_path: Path, judged_for: str, places: str, felt: list[tuple[str, str]]
) -> None:
    changes = read_changes(file(tmp_path, ROWS, judged_for))
    found = touching(changes, contract(tmp_path, {"GET /a": reads(*places.split())}))
    assert sorted((each.level.value, each.path) for each in found) == sorted(felt)


def test__touching__what_may_be_noise__stays_a_risk_and_says_so(tmp_path: Path) -> None:
    changes = read_changes(file(tmp_path, [change("$.a", level=Level.RISK)]))
    [found] = touching(changes, contract(tmp_path, {"GET /a": reads("$.a")}))
    assert (found.level, found.reason) == (Level.RISK, "the plugin reads $.a; why")


def test__touching__a_change_at_several_places__is_felt_at_the_one_that_is_read(tmp_path: Path) -> None:
    same = [change("$.a"), change("$.z")]
    same = [Change(**{**vars(each), "fingerprint": "f"}) for each in same]
    found = touching(read_changes(file(tmp_path, same)), contract(tmp_path, {"GET /a": reads("$.z")}))
    assert [[place.path for place in each.places] for each in found] == [["$.z"]]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"findings": 3}', '{"findings": [{"rule": "x"}]}', "null"])
def test__read_changes__what_is_no_diff__is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile, match="this is not the JSON of a diff"):
        read_changes(written(tmp_path, text))
    with pytest.raises(BadFile, match="cannot be read"):
        read_changes(tmp_path / "missing.json")
