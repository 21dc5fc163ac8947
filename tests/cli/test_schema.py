from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Backfit


@pytest.mark.parametrize("name", ["environment", "lock", "shim", "report", "verification"])
def test__schema__of_each_format__is_one(backfit: Backfit, name: str) -> None:
    result = backfit("schema", name)
    assert result.code == 0
    Draft202012Validator.check_schema(json.loads(result.out))
