from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from harness.corridor.once import once
from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.summary import CheckSummary
from harness.report.json_report import write_json
from tests.corridor.summaries import SUMMARY


def made(folder: Path, count: list[int]) -> CheckSummary:
    count.append(1)
    found = replace(SUMMARY, folder=str(folder))
    write_json(found, folder / "report.json")
    return found


def test__once__asked_by_several__is_made_by_one_and_read_by_all(tmp_path: Path) -> None:
    count: list[int] = []
    found: list[CheckSummary] = []
    threads = [
        threading.Thread(target=lambda: found.append(once(tmp_path, "a", lambda: made(tmp_path, count))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count == [1]
    assert [each.environment for each in found] == [SUMMARY.environment] * 4


@pytest.mark.parametrize("kind", [EnvironmentFailed, UsageError])
def test__once__a_check_that_failed__fails_for_everybody_in_the_same_words(
    tmp_path: Path, kind: type[EnvironmentFailed | UsageError]
) -> None:
    asked: list[int] = []

    def fail() -> CheckSummary:
        asked.append(1)
        raise kind("no disk", where="/x", hint="buy one")

    for _ in range(2):
        with pytest.raises(kind, match="no disk") as caught:
            once(tmp_path, "a", fail)
        assert (caught.value.where, caught.value.hint) == ("/x", "buy one")
    assert asked == [1]


def test__once__interrupted__leaves_it_to_the_next(tmp_path: Path) -> None:
    def interrupted() -> CheckSummary:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(tmp_path, "a", interrupted)
    assert once(tmp_path, "a", lambda: made(tmp_path, [])).environment == SUMMARY.environment
