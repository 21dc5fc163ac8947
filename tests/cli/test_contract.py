from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.contract.documents import answering, contract, needs, reads

BY_HAND = Path(__file__).parents[1] / "contract" / "written_by_hand.yaml"


@pytest.fixture
def widget(tmp_path: Path) -> Path:
    """A workspace with a contract of the plugin `widget`."""
    folder = tmp_path / "contracts" / "widget"
    folder.mkdir(parents=True)
    shutil.copy(BY_HAND, folder / "contract.openapi.json")
    return folder / "contract.openapi.json"


@pytest.mark.parametrize("named", ["widget", "contracts/widget/contract.openapi.json"])
def test__show__by_plugin_or_file__prints_what_it_reads(backfit: Backfit, widget: Path, named: str) -> None:
    result = backfit("contract", "show", named)
    assert result.code == 0
    assert result.out.startswith("widget   4 operations, 4 places, 1 needed\n")
    for said in ("GET /api/articles/{id}   no recorded call", "$.tags[*]", "read × 3, copied × 1", "widget.js:12:5"):
        assert said in result.out


def test__show__in_several_formats__goes_where_it_is_asked(backfit: Backfit, widget: Path) -> None:
    result = backfit("contract", "show", "widget", "--format", "json", "--format", "markdown=out.md")
    assert json.loads(result.out)["operations"][2]["places"][0]["place"] == "$.price"
    assert "| `$.title` | read × 1 | needed |  |" in Path("out.md").read_text()
    plain = backfit("contract", "show", "widget", "--format", "text=out.txt")
    assert Path("out.txt").read_text().splitlines()[0] == plain.out.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["wigdet"], "did you mean 'widget'?"),
        (["widget", "--format", "html"], "there is no format 'html'"),
        (["bad.json"], "bad.json:1: not JSON"),
    ],
)
def test__show__what_cannot_be__exits_with_2(backfit: Backfit, widget: Path, options: list[str], said: str) -> None:
    Path("bad.json").write_text("{")
    result = backfit("contract", "show", *options)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


ANSWER = answering({"type": "object", "properties": {"a": {"type": "string"}}})


@pytest.mark.parametrize(
    ("said", "code", "out"),
    [
        (reads("$.a"), 0, "x.json: nothing is odd about it\n"),
        (reads("$.b"), 1, "x.json: wrong: GET /x: $.b is read or needed, and no answer has it\n"),
        (
            reads() | needs(removed="$.a=needed"),
            0,
            "x.json: note: GET /x: $.a is needed, and was never seen to be touched: the tracking may be blind there\n",
        ),
        ({}, 0, "x.json: note: its reads are unknown: every place counts as read\n"),
    ],
)
def test__lint__a_contract__fails_on_what_is_wrong(
    backfit: Backfit, tmp_path: Path, said: dict[str, object], code: int, out: str
) -> None:
    contract(tmp_path, {"GET /x": ANSWER | said}, "x.json")
    result = backfit("contract", "lint", "x.json")
    assert (result.code, result.out) == (code, out)


@pytest.mark.parametrize(("key", "code", "word"), [("k" * 32, 1, "wrong"), ("", 0, "note")])
def test__lint__a_secret__is_wrong_where_the_key_tells_it_from_a_pseudonym(
    backfit: Backfit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, code: int, word: str
) -> None:
    schema = {
        "type": "object",
        "properties": {"api_key": {"const": "q7Zr0pXv93KfLw2Tn8YbD4sH"}, "kind": {"const": "bike"}},
    }
    contract(tmp_path, {"GET /x": reads("$.kind") | answering(schema)}, "x.json")
    if key:
        monkeypatch.setenv("BACKFIT_REDACTION_KEY", key)
    result = backfit("contract", "lint", "x.json")
    assert (result.code, result.out.count(f"x.json: {word}: ")) == (code, 1)
    assert "/properties/api_key/const: this const holds what looks like a secret" in result.out
    assert "q7Zr" not in result.out
    assert not Path(".backfit").exists()


def test__lint__as_json__has_every_remark(backfit: Backfit, tmp_path: Path) -> None:
    contract(tmp_path, {"GET /x": ANSWER | reads("$.b")}, "x.json")
    result = backfit("contract", "lint", "x.json", "--format", "json")
    assert [(each["operation"], each["wrong"]) for each in json.loads(result.out)] == [("GET /x", True)]
