"""What a form means is in test_condition.py and vectors/when.json; here: which implies which, and how one is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from harness.lens.answer import ABSENT
from harness.lens.form import (
    Form,
    Is,
    form_at,
    form_test,
    implies,
    is_scalar,
    is_value,
    json_type,
    read_form,
    write_form,
)
from harness.lens.form import read_place as read
from harness.model.json_text import Json, WrittenFloat
from tests.lens.strategies import BODIES, FORMS_ASKED

laws = settings(deadline=None)


@laws
@given(FORMS_ASKED)
def test__read_form__of_what_was_written__is_the_form(form: Form) -> None:
    assert read_form(write_form(form)) == form


@laws
@given(FORMS_ASKED, FORMS_ASKED, BODIES)
def test__implies__of_two_forms__leaves_no_value_that_has_the_one_alone(form: Form, other: Form, value: Json) -> None:
    if implies(form, other):
        assert form_test(other)(value) or not form_test(form)(value)


@pytest.mark.parametrize(
    ("form", "other", "expected"),
    [
        *((Is('"x"'), "string", True), (Is('"x"'), "scalar", True), (Is('"x"'), "number", False)),
        *((Is("1"), Is("1"), True), (Is("1"), Is("1.0"), False), (Is("null"), "missing", False)),
        *(
            ("null", "scalar", True),
            ("scalar", "null", False),
            ("array", "scalar", False),
            ("missing", "scalar", False),
        ),
    ],
)
def test__implies__of_two_forms__is_known(form: Form, other: Form, expected: bool) -> None:
    assert implies(form, other) is expected


@pytest.mark.parametrize(
    "written", ["text", "", None, 1, ["null"], {}, {"is": []}, {"is": {}}, {"in": [1]}, {"is": 1, "a": 2}]
)
def test__read_form__of_no_form__is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_form(written)


@pytest.mark.parametrize(
    ("place", "expected"), [("$['a'][0]", "$.a[0]"), ("@", "@"), ("@['a'].*", "@.a.*"), ('$["a b"]', '$["a b"]')]
)
def test__read_place__of_a_place__is_written_in_one_way(place: str, expected: str) -> None:
    assert read(place) == expected


@pytest.mark.parametrize("place", ["", "a", "@a", "@.", "$.a[", "@@"])
def test__read_place__of_none__is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="path"):
        read(place)


@pytest.mark.parametrize(
    ("place", "form", "holds"),
    [
        *(
            ("@.a[0]", "number", True),
            ("$.a[1]", "missing", True),
            ("$.a[*]", "number", True),
            ("$.*", "number", False),
        ),
        *(("$.none[*]", "number", True), ("@", Is("1"), False)),
    ],
)
def test__form_at__a_place_of_a_value__holds_where_each_value_there_has_the_form(
    place: str, form: Form, holds: bool
) -> None:
    assert form_at(place, form)({"a": [1], "b": "x"}) is holds


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [], {}, ABSENT, b"", (1,)], ids=repr)
def test__is_value__of_what_is_no_scalar_of_json__is_refused(value: object) -> None:
    assert not is_scalar(value)
    with pytest.raises(ValueError, match="is no scalar"):
        is_value(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (2**70, str(2**70)),
        (WrittenFloat("1e999"), "1e999"),
        ("é\ud800", '"\\u00e9\\ud800"'),
    ],
)
def test__is_value__of_a_scalar__is_its_text(value: Json, text: str) -> None:
    assert is_value(value) == Is(text)
    assert form_test(is_value(value))(value)


@pytest.mark.parametrize(("value", "name"), [(True, "boolean"), (WrittenFloat("-0"), "number"), (ABSENT, "missing")])
def test__json_type__of_a_value__is_jsons_word(value: Json, name: str) -> None:
    assert json_type(value) == name
