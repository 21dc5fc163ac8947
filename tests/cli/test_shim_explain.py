from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Backfit


def test__explain__with_recordings__tells_every_field_in_100_columns(backfit: Backfit, hars: Path) -> None:
    backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml")
    result = backfit("shim", "explain", "x.shim.yaml", "old.har", "new.har", "--format", "text=x.txt")
    assert result.code == 0
    text = (hars / "x.txt").read_text()
    assert max(map(len, text.splitlines())) <= 100
    said = [" ".join(line.split()) for line in text.splitlines()]
    assert said[0].startswith("GET /shop/rows.json")
    assert any(line.startswith("lost $.q_ms 'q_ms' is gone") for line in said)
    assert any(line.startswith("made $.columns from keys(received($.rows[0]))") for line in said)
    assert any(line.startswith("dropped $.ok drop: {keys: [ok]}") for line in said)


def test__explain__as_json__has_the_counts_of_each_field(backfit: Backfit, hars: Path) -> None:
    backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml")
    rows = json.loads(backfit("shim", "explain", "x.shim.yaml", "old.har", "new.har", "--format", "json").out)
    by_field = {each["field"]: each for each in rows}
    assert by_field["$.q_ms"]["leaves"] == {"equal": 0, "wrong": 0, "missing": 4}
    assert by_field["$.columns[*]"]["leaves"]["equal"] == 12
    assert by_field["$.columns"]["how"] == "made"


def test__explain__an_operation_that_is_not_there__names_those_that_are(backfit: Backfit, hars: Path) -> None:
    backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml")
    result = backfit("shim", "explain", "x.shim.yaml", "--operation", "GET /none")
    assert result.code == 2
    assert "the shim has no operation 'GET /none'" in result.err
    assert "GET /shop/rows.json" in result.err
    assert "lost" in backfit("shim", "explain", "x.shim.yaml", "--operation", "GET /shop/rows.json").out
    assert backfit("shim", "explain", "x.shim.yaml", "old.har").code == 2
