from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from harness.record.har import write_har
from tests.cli.conftest import OLD, Backfit
from tests.shims.answers import recording

HOSTILE = "/a[/b][bold]\x1b]0;x\x07"


@pytest.fixture
def learned(backfit: Backfit, hars: Path) -> Path:
    assert backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml").code == 0
    return hars / "x.shim.yaml"


def test__verify__what_was_learned__passes_and_names_what_is_lost(backfit: Backfit, learned: Path) -> None:
    result = backfit("shim", "verify", "x.shim.yaml", "old.har", "new.har")
    assert result.code == 0
    assert "lost      GET /shop/rows.json   $.q_ms   4 of 4" in result.out
    assert "       4      40       0      36       0       4       0  all\n" in result.out
    assert "4 answers: 3 breaches without the shim, 1 with it" in " ".join(result.out.split())
    assert "200 mutated answers (seed 0): none threw" in result.out
    assert "\npasses   nothing spoilt" in result.out


def test__verify__a_shim_that_spoils__exits_with_1_and_names_the_place(backfit: Backfit, hars: Path) -> None:
    steps = "schema: backfit/shim/v1\neverywhere:\n  - replace: {at: $.ok, value: 5}\n"
    (hars / "bad.shim.yaml").write_text(steps)
    result = backfit("shim", "verify", "bad.shim.yaml", "new.har", "new.har")
    assert result.code == 1
    assert "spoilt    GET /shop/rows.json   $.ok   4 of 4" in result.out
    assert "old true, new true, with the shim 5, in call c0 at /ok" in result.out
    assert "\nfails   4 values spoilt" in result.out


def test__verify__a_wrong_value_in_a_call_that_the_shim_knows__exits_with_1(backfit: Backfit, hars: Path) -> None:
    entry = "schema: backfit/shim/v1\noperations:\n  - match: GET /shop/rows.json\n"
    lost = "    lost: [{path: $.q_ms, reason: a measurement}]\n"
    bodies = [{**body, "q_ms": 99 + at} for at, body in enumerate(OLD)]
    write_har(hars / "new.har", recording(*(("GET /shop/rows.json", body) for body in bodies)))
    for text, code in ((entry, 1), (entry + lost, 0)):
        (hars / "x.shim.yaml").write_text(text)
        assert backfit("shim", "verify", "x.shim.yaml", "old.har", "new.har").code == code


def test__verify__cross__scores_calls_that_were_not_learned_from(backfit: Backfit, learned: Path) -> None:
    result = backfit("shim", "verify", "x.shim.yaml", "old.har", "new.har", "--cross", "2", "--mutations", "0")
    assert result.code == 0
    assert "learned 2 times" in result.out
    assert "of 40 leaves equal old in the parts left out" in " ".join(result.out.split())
    assert "mutated" not in result.out


def test__verify__as_json__is_valid_against_the_published_schema(backfit: Backfit, learned: Path) -> None:
    result = backfit(
        "shim",
        "verify",
        "x.shim.yaml",
        "old.har",
        "new.har",
        "--format",
        "json",
        "--format",
        "text=x.txt",
        "--seed",
        "3",
    )
    document = json.loads(result.out)
    jsonschema.validate(document, json.loads(backfit("schema", "verification").out), jsonschema.Draft202012Validator)
    assert (document["passes"], document["mutations"]["seed"], document["mutations"]["mutants"]) == (True, 3, 200)
    assert "passes" in learned.with_name("x.txt").read_text()


def test__verify__with_a_contract__holds_the_answers_against_it(backfit: Backfit, learned: Path) -> None:
    schema = {"required": ["q_ms"], "properties": {"rows": {"items": {"type": "array"}}}}
    learned.with_name("old.schema.json").write_text(json.dumps(schema))
    result = backfit("shim", "verify", "x.shim.yaml", "old.har", "new.har", "--contract", "old.schema.json")
    assert result.code == 0
    assert "old.schema.json, 4 answers: 2 breaches without the shim, 1 with it" in " ".join(result.out.split())


def test__verify__a_shim_for_another_version__is_warned_about(backfit: Backfit, hars: Path) -> None:
    text = 'schema: backfit/shim/v1\nsystem: {name: s, old: "1.0", new: "2.0"}\noperations:\n  - match: GET /nowhere\n'
    (hars / "x.shim.yaml").write_text(text)
    command = ("shim", "verify", "x.shim.yaml", "old.har", "new.har", "--mutations", "0")
    out = backfit(*command, "--old-version", "1.0", "--new-version", "3.0").out
    assert "warning    the shim is for NEW 2.0, and this is 3.0" in out
    assert "warning    GET /nowhere: no call is of this operation" in out
    assert "the shim is for" not in backfit(*command).out


def test__verify__operations_with_odd_names__are_shown_not_obeyed(backfit: Backfit, tmp_path: Path) -> None:
    write_har(tmp_path / "odd.har", recording((f"GET {HOSTILE}", {"a": 1})))
    (tmp_path / "x.shim.yaml").write_text("schema: backfit/shim/v1\n")
    out = backfit("shim", "verify", "x.shim.yaml", "odd.har", "odd.har").out
    assert "GET /a[/b][bold]\\x1b]0;x\\x07" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--cross", "1"), "--cross 1 leaves nothing to learn from"),
        (("--cross", "9"), "4 pairs cannot be split into 9 parts"),
        (("--format", "yaml"), "there is no format 'yaml'"),
        (("--contract", "none.json"), "none.json: cannot be read"),
        (("--mutations", "-1"), "Invalid value for '--mutations'"),
    ],
)
def test__verify__a_wrong_option__is_told(backfit: Backfit, learned: Path, options: tuple[str, ...], said: str) -> None:
    result = backfit("shim", "verify", "x.shim.yaml", "old.har", "new.har", *options)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


def test__lint__of_steps_that_contradict__exits_with_1_and_says_which(backfit: Backfit, tmp_path: Path) -> None:
    there, back = "  - rename: {from: a, to: b}\n", "  - rename: {from: b, to: a}\n"
    for steps, code, out in (
        (there, 0, ""),
        (there + back, 1, "x.shim.yaml: everywhere: step 2 undoes step 1: rename"),
    ):
        (tmp_path / "x.shim.yaml").write_text(f"schema: backfit/shim/v1\neverywhere:\n{steps}")
        result = backfit("shim", "lint", "x.shim.yaml")
        assert result.code == code
        assert result.out.startswith(out)
