from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.ablation.edits import How
from harness.ablation.needs_file import read_needs
from harness.model.reads import Need
from tests.cli.conftest import Backfit
from tests.stories.shop import Shop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    return shop


@pytest.mark.slow
def test__ablate__an_environment__shows_what_the_plugin_needs_and_keeps_it(backfit: Backfit, shop: Shop) -> None:
    result = backfit(
        "ablate",
        "bikes",
        "--driver",
        "process",
        "--jobs",
        "2",
        "--save",
        "--format",
        "json=found.json",
        "--format",
        "text",
    )
    assert result.code == 0
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert lines[0] == "GET /bikes.json"
    assert "needed $.columns without it: KeyError: 'columns'; where it is null: TypeError" in " ".join(lines)
    assert " places needed, " in result.out
    assert lines[-1] == "saved contracts/price-list/contract.openapi.json"
    file = Path(next(line for line in lines if line.endswith("/needs.json")))
    assert file.name == "needs.json"
    needs = read_needs(file)
    needed = {place for place, hows in needs.plain()["GET /bikes.json"].items() if hows.get("removed") is Need.NEEDED}
    columns = {f"$.rows[*][{number}]" for number in range(3)}  # one that is gone moves those behind it
    assert needed == {"$", "$.columns", "$.columns[*]", "$.rows", "$.rows[*]", *columns}
    assert needs.of("GET /bikes.json", "$.rows[*][2]", How.NULL).difference == "$.prices[0] is null, on old 899"
    assert needs.stopped is None
    assert json.loads((shop.folder / "found.json").read_bytes()) == json.loads(file.read_bytes())
    assert "ablating: run 1, with nothing taken away" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bikes", "--budget", "soon"), "--budget is a time, not 'soon'"),
        (("bikes", "--budget", ""), "--budget is a time, not ''"),
        (("bikes", "--budget", "0s"), "--budget is a time, not '0s'"),
        (("bikes", "--budget", "5"), "such as 90s, 5m or 1h30m"),
        (("bikes", "--jobs", "0"), "--jobs"),
        (("cars",), "cars"),
        (("bikes", "--format", "html"), "html"),
    ],
)
def test__ablate__what_is_wrong__is_said(backfit: Backfit, shop: Shop, arguments: tuple[str, ...], said: str) -> None:
    result = backfit("ablate", *arguments)
    assert result.code == 2
    assert said in result.err
    assert not (shop.folder / ".backfit").exists()


@pytest.mark.slow
def test__ablate__within_a_budget__says_what_was_not_tried(backfit: Backfit, shop: Shop) -> None:
    result = backfit("ablate", "bikes", "--driver", "process", "--budget", "1s")
    assert "not all was tried: the budget of 0:01 was spent" in result.out
    assert "not tried: " in result.out


def test__ablate__a_plugin_that_fails_on_old_already__is_no_answer(backfit: Backfit, shop: Shop) -> None:
    shop.write(scenario="def run(system):\n    raise SystemExit('no key')\n")
    result = backfit("ablate", "bikes", "--driver", "process")
    assert result.code == 3
    assert "the plugin fails on the old version already" in result.err
