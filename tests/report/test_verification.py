from __future__ import annotations

import jsonschema
import pytest

from harness.model.json_text import parse
from harness.model.verification import Verification
from harness.report.verification import render_verification_json, verification_schema
from tests.report.readers import closed
from tests.report.verifications import FINE, FULL, ODD

VALIDATOR = jsonschema.Draft202012Validator(closed(verification_schema()))


def test__verification_schema__itself__is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(verification_schema())


@pytest.mark.parametrize("verification", [FULL, FINE, ODD], ids=["full", "fine", "odd"])
def test__render_verification_json__of_any__is_valid_and_one_line(verification: Verification) -> None:
    text = render_verification_json(verification)
    VALIDATOR.validate(parse(text.encode()))
    assert text.count("\n") == 1


def test__render_verification_json__of_everything__has_it_by_its_name() -> None:
    document = parse(render_verification_json(FULL).encode())
    assert (document["schema"], document["passes"]) == ("backfit/verification/v1", False)
    assert document["score"]["fields"][2]["spoilt"] == 1
    assert document["score"]["fields"][5]["said"] == "ambiguous"
    assert document["mutations"]["survivors"][0]["harm"] == "a value was invented"
    assert document["unseen"]["folds"] == 3
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({**document, "passes": "yes"})
