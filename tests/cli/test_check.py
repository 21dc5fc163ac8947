from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.stories.shop import Shop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    return shop


def test__check__an_environment__prints_the_outcome_and_saves(backfit: Backfit, shop: Shop) -> None:
    result = backfit("check", "bikes/environment.yaml", "--driver", "process", "--save", "--accept-shim")
    assert result.code == 0
    assert "broken-shimmed" in result.out
    assert result.out.endswith("saved shims/price-list/old..new.shim.yaml\n")


@pytest.mark.parametrize("driver", ["podman", ""])
def test__check__an_unknown_driver__is_told(backfit: Backfit, shop: Shop, driver: str) -> None:
    result = backfit("check", "bikes", "--driver", driver)
    assert result.code == 2
    assert "'auto', 'docker', 'process'" in result.err
