from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from harness.environments.spec import Ready, Secret


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"http": "/"}, None),
        ({"run": "pg_isready -p {port}", "timeout": 5}, None),
        ({}, "exactly one of http, tcp, log, run is needed, none is given"),
        ({"http": "/", "log": "x"}, "not http and log"),
        ({"tcp": False}, "True"),
        ({"log": "("}, "not a regular expression"),
        ({"run": "x {prot}"}, "unknown placeholder"),
        ({"http": "/", "timeout": 0}, "greater than 0"),
    ],
)
def test__ready__one_way__and_no_other(said: dict[str, Any], told: str | None) -> None:
    if told is None:
        assert Ready.model_validate(said).timeout > 0
        return
    with pytest.raises(ValidationError) as caught:
        Ready.model_validate(said)
    assert told in str(caught.value)


@pytest.mark.parametrize(("said", "told"), [({}, "none is given"), ({"env": "A", "file": "b"}, "not env and file")])
def test__secret__two_places_or_none__is_a_mistake(said: dict[str, str], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Secret.model_validate(said, context={"folder": None})
    assert told in str(caught.value)
