"""An integrator proves a shim before it goes into production, and edits it: the proof says at once what the edit did."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.stories.shop import Shop

DATA = Path(__file__).with_name("data")


@pytest.fixture
def learned(shop: Shop) -> Shop:
    """A folder with two recordings of a Datasette's upgrade to 1.0, and the shim that was learned from them."""
    for name in ("old", "new"):
        shutil.copy(DATA / f"{name}.har", shop.folder)
    assert shop.run("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml").code == 0
    return shop


def proof(shop: Shop, *options: str) -> tuple[int, dict[str, Any]]:
    result = shop.run("shim", "verify", "x.shim.yaml", "old.har", "new.har", "--format", "json", *options)
    assert result.said == ""
    return result.code, json.loads(result.out)


def test__verify__what_was_learned__is_proved_on_seen_and_unseen_calls(learned: Shop) -> None:
    code, proved = proof(learned, "--cross", "3", "--mutations", "400")
    assert (code, proved["passes"], proved["mutations"]["survivors"]) == (0, True, [])
    assert proved["mutations"]["edited"] > 100
    for score in (proved["score"], proved["unseen"]["unseen"]):
        leaves, before, after = (
            sum(row[name] for row in score["agreement"]) for name in ("leaves", "equal_before", "equal_after")
        )
        assert (score["calls"], leaves) == (13, sum(row["leaves"] for row in proved["score"]["agreement"]))
        assert after > before
    before, after = (sum(row[side] for row in proved["contract"]["breaches"]) for side in ("before", "after"))
    assert before > after
    assert sum(row["old"] for row in proved["contract"]["breaches"]) == 0


def test__verify__every_difference__is_in_one_of_the_counts(learned: Shop) -> None:
    _, proved = proof(learned)
    for field in proved["score"]["fields"]:
        assert field["seen"] == field["equal"] + field["noisy"] + field["lost"] + field["wrong"]
        assert not (field["lost"] or field["wrong"]) or field["example"]


def test__verify__an_edit_that_makes_a_wrong_value__fails_and_names_the_place(learned: Shop) -> None:
    file = learned.folder / "x.shim.yaml"
    file.write_text(
        file.read_text().replace("everywhere:\n", "everywhere:\n  - replace: {at: $.truncated, value: maybe}\n")
    )
    result = learned.run("shim", "verify", "x.shim.yaml", "old.har", "new.har")
    assert (result.code, result.said) == (1, "")
    assert result.out.startswith("spoilt")
    assert "$.truncated" in result.out.splitlines()[0]
    assert "values spoilt" in result.out.splitlines()[-1]


def test__lint__an_edit_that_contradicts_itself__is_told_before_anything_runs(learned: Shop) -> None:
    assert learned.run("shim", "lint", "x.shim.yaml").code == 0
    file = learned.folder / "x.shim.yaml"
    edited = "everywhere:\n  - drop: {keys: [rows]}\n  - copy: {from: $.rows, to: data}\n"
    file.write_text(file.read_text().replace("everywhere:\n", edited))
    result = learned.run("shim", "lint", "x.shim.yaml")
    assert (result.code, result.said) == (1, "")
    assert result.out.startswith("x.shim.yaml: everywhere: step 2 reads $.rows, which step 1 drops: copy")
