from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.stories.shop import SCENARIO, Shop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    return shop


def test__record__a_scenario__says_what_was_called_and_read_and_where_it_is(backfit: Backfit, shop: Shop) -> None:
    result = backfit("record", "bikes", "--driver", "process", "--save")
    assert result.code == 0, result.err
    said, counted, operation, *files = result.out.splitlines()
    assert said == "works: 2 prices"
    assert counted == "1 exchange recorded, 1 of them calls of the plugin"
    assert operation.startswith("  GET /bikes.json  1 call, ")
    assert operation.endswith(" places read")
    assert [line.split()[0] for line in files] == ["recording", "contract", "saved", "saved"]
    assert all((shop.folder / line.split()[-1]).is_file() for line in files)


def test__record__a_plugin_that_fails__gives_1_and_keeps_what_it_did(backfit: Backfit, shop: Shop) -> None:
    shop.write(scenario=SCENARIO.replace('"price"', '"gone"'))
    result = backfit("record", "bikes", "--driver", "process")
    assert result.code == 1
    assert result.out.startswith("broken: KeyError: 'gone'\n1 exchange recorded")
    assert "  GET /bikes.json  1 call, reads not known" in result.out


def test__record__manual__tells_the_address_and_ends_with_the_input(
    backfit: Backfit, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    result = backfit("record", "bikes", "--driver", "process", "--manual")
    assert result.code == 0, result.err
    assert "the system is at http://127.0.0.1:" in result.err
    assert "press Enter to end" in result.err
    assert result.out.startswith("0 exchanges recorded")


@pytest.mark.parametrize(
    ("arguments", "said"), [(["nowhere"], "nowhere"), (["bikes", "--side", "both"], "'old', 'new'")]
)
def test__record__a_mistake__is_told(backfit: Backfit, shop: Shop, arguments: list[str], said: str) -> None:
    result = backfit("record", *arguments)
    assert result.code == 2
    assert said in result.err
