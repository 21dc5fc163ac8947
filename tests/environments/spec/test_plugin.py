from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from harness.environments.spec.plugin import Example, Plugin, Scenario, ScenarioCommand


def test__plugin__from_two_registries__is_a_mistake() -> None:
    assert Plugin.model_validate({"name": "p", "pip": "p==1"}).pip == ("p==1",)
    with pytest.raises(ValidationError, match="one of pip, npm is enough"):
        Plugin.model_validate({"name": "p", "pip": "p", "npm": "p"})


def test__scenario__a_mapping__is_a_command_and_knows_its_placeholders() -> None:
    read = TypeAdapter[object](Scenario).validate_python({"run": "node x.cjs {url} {side}"})
    assert read == ScenarioCommand(run="node x.cjs {url} {side}")
    with pytest.raises(ValidationError, match=r"unknown placeholder .\{host\}."):
        TypeAdapter[object](Scenario).validate_python({"run": "node {host}"})


def test__example__calls_as_text_or_in_full__are_alike() -> None:
    read = Example.model_validate({"old": "GET /a", "new": {"call": "POST /a", "body": {"n": 1}}})
    assert (read.old.call, read.old.body, read.new.call, read.new.body) == ("GET /a", None, "POST /a", {"n": 1})
