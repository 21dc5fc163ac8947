from __future__ import annotations

import json

from harness.gate.rules import all_rules
from tests.cli.conftest import Backfit


def test__rules__lists_all(backfit: Backfit) -> None:
    result = backfit("rules")
    assert result.code == 0
    assert f"{len(all_rules())} rules" in result.out


def test__rules__of_one_source__lists_those(backfit: Backfit) -> None:
    result = backfit("rules", "--source", "observed")
    assert "response-property-renamed" in result.out
    assert "response-property-pattern-added" not in result.out


def test__rules__one__is_told_in_full(backfit: Backfit) -> None:
    result = backfit("rules", "response-property-renamed")
    assert "It gets its old name back." in result.out
    assert '{"strategyName":"default"}' in result.out


def test__rules__as_json__are_for_programs(backfit: Backfit) -> None:
    [rule] = json.loads(backfit("rules", "api-removed", "--format", "json").out)
    assert (rule["id"], rule["level"], rule["undoable"]) == ("api-removed", "break", False)


def test__rules__that_is_none__names_the_nearest(backfit: Backfit) -> None:
    result = backfit("rules", "response-property-renamd")
    assert result.code == 2
    assert "response-property-renamed" in result.err
