from __future__ import annotations

from dataclasses import fields
from io import StringIO

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from harness.lens.step import step_types
from harness.shims import published
from harness.shims.document import Shim
from harness.shims.published import shim_schema
from harness.shims.yaml_file import shim_text
from tests.shims.shims import shims

HEAD = "schema: backfit/shim/v1\n"


def errors(text: str) -> list[str]:
    written = YAML(typ="safe", pure=True).load(StringIO(text))
    return [error.message for error in Draft202012Validator(shim_schema()).iter_errors(written)]


def test__schema__itself__is_one() -> None:
    Draft202012Validator.check_schema(shim_schema())


@settings(max_examples=25)
@given(shims)
def test__schema__every_written_shim__is_accepted(shim: Shim) -> None:
    assert errors(shim_text(shim)) == []


@pytest.mark.parametrize(
    "text",
    [
        "pairs: 1",
        HEAD + "bogus: 1",
        HEAD + "operations: [{response: []}]",
        HEAD + "operations: [{match: x}]",
        HEAD + "operations: [{match: GET /, bogus: 1}]",
        HEAD + "everywhere: [{nope: {}}]",
        HEAD + "everywhere: [{drop: {keys: [a]}, nope: {}}]",
        HEAD + "everywhere: [{drop: {}}]",
        HEAD + "everywhere: [{drop: {keys: [a], bogus: 1}}]",
        HEAD + "everywhere: [{drop: {keys: [a], at: x}}]",
    ],
)
def test__schema__what_the_reader_refuses__is_refused(text: str) -> None:
    assert errors(text)


def test__schema__every_field_of_every_step__has_a_type() -> None:
    free = {"Json"}
    kinds = {str(field.type) for kind in step_types().values() for field in fields(kind)}
    assert kinds - set(published._TYPES) <= free
