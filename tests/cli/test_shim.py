from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.record.har import read_har
from tests.cli.conftest import OLD, Backfit


@pytest.fixture
def learned(backfit: Backfit, hars: Path) -> Path:
    result = backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml")
    assert result.code == 0
    told = "x.shim.yaml: 3 steps for 1 operations, from 4 pairs; 1 places are not restored"
    assert result.out == f"{told}\na place waits for your choice: --interactive asks\n"
    return hars / "x.shim.yaml"


def test__apply__what_was_learned__gives_old_answers(backfit: Backfit, learned: Path) -> None:
    result = backfit("shim", "apply", "x.shim.yaml", "new.har", "-o", "out.har")
    assert (result.code, result.out) == (
        0,
        "out.har: 4 of 4 answers changed, 0 belong to calls that the shim does not know\n",
    )
    bodies = [
        json.loads(each.response.body) for each in read_har(learned.with_name("out.har")).exchanges if each.response
    ]
    assert bodies == [{key: value for key, value in body.items() if key != "q_ms"} for body in OLD]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--upstream", "127.0.0.1:8001", "--upstream is a URL"),
        ("--upstream", "http://", "--upstream is a URL"),
        ("--upstream", "http://a:b", "--upstream is a URL"),
        ("--upstream", "http://a/?b=c", "--upstream is a URL"),
        ("--listen", "8080", "--listen is HOST:PORT"),
        ("--listen", "127.0.0.1:http", "--listen is HOST:PORT"),
        ("--listen", "127.0.0.1:99999", "--listen is HOST:PORT"),
        ("--listen", "no..host:0", "cannot listen"),
    ],
)
def test__serve__a_wrong_address__is_told(backfit: Backfit, tmp_path: Path, option: str, value: str, said: str) -> None:
    (tmp_path / "x.shim.yaml").write_text("schema: backfit/shim/v1\n")
    options = {"--upstream": "http://127.0.0.1:1", "--listen": "127.0.0.1:0", option: value}
    result = backfit("shim", "serve", "x.shim.yaml", *(word for pair in options.items() for word in pair))
    assert (result.code, result.out) == (2, "")
    assert said in result.err
