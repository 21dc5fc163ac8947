from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.stories.shop import ENVIRONMENT, Shop

HOST = "host: {os: x, locale: C.UTF-8, timezone: Asia/Tokyo}\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write(environment=ENVIRONMENT + HOST)
    return shop


def test__doctor__as_asked__gives_0_and_with_another_report_1(backfit: Backfit, shop: Shop) -> None:
    result = backfit("env", "doctor", "bikes", "--driver", "process")
    assert result.code == 0, result.out
    assert result.out.startswith("bikes (new), process, because it was asked for\n")
    (shop.folder / "health.txt").write_text("### wp-core ###\n\nversion: 6.4.1\ntimezone: Europe/Budapest\n")
    result = backfit("env", "doctor", "bikes", "--driver", "process", "--report", "health.txt", "--format", "json")
    assert result.code == 1
    found = json.loads(result.out)
    assert {each["wanted"]["source"] for each in found["reports"]["mismatches"]} >= {"health.txt:4"}
    assert found["file"]["mismatches"] == []


def test__doctor__a_system_that_does_not_start__gives_3(backfit: Backfit, shop: Shop) -> None:
    shop.write(environment=ENVIRONMENT.replace("python3 server.py", "python3 missing.py"))
    assert backfit("env", "doctor", "bikes", "--driver", "process").code == 3


@pytest.mark.parametrize("arguments", [["nowhere"], ["bikes", "--report", "nowhere.txt"], ["bikes", "--side", "both"]])
def test__doctor__a_mistake__gives_2(backfit: Backfit, shop: Shop, arguments: list[str]) -> None:
    assert backfit("env", "doctor", *arguments).code == 2
