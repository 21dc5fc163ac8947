"""Laws that every conversion obeys; what each one means is in vectors/convert.json."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness.lens.conversions import CONVERSIONS, UNFIT, conversion_of
from harness.model.json_text import Json, parse, serialize
from tests.lens.strategies import LEAVES, convertible
from tests.model.json_values import exact

EXACT = sorted(name for name, conversion in CONVERSIONS.items() if conversion.exact)
laws = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", CONVERSIONS)
def test__conversion__on_any_value__gives_json_or_says_unfit(name: str) -> None:
    @laws
    @given(LEAVES | st.just([]) | st.just({}))
    def law(value: Json) -> None:
        converted = CONVERSIONS[name].forward(value)
        if converted is not UNFIT:
            assert not isinstance(converted, (list, dict))
            assert parse(serialize(converted)) == converted

    law()


@pytest.mark.parametrize("name", EXACT)
def test__conversion__that_is_exact__is_undone_by_its_way_back(name: str) -> None:
    conversion = CONVERSIONS[name]
    back = CONVERSIONS[conversion.back]

    @laws
    @given(convertible(name))
    def law(value: Json) -> None:
        converted = conversion.forward(value)
        assume(converted is not UNFIT)
        restored = back.forward(converted)
        assert restored == value
        assert isinstance(restored, bool) == isinstance(value, bool)
        assert name.startswith("times") or exact(restored) == exact(value)

    law()


@pytest.mark.parametrize(
    ("name", "value", "restored"),
    [
        ("any-iso-to-seconds", "2024-02-29T01:00:00.5+01:00", "2024-02-29T00:00:00Z"),
        ("any-iso-to-milliseconds", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"),
        ("any-iso-to-rfc1123", "2024-02-29 00:00:00Z", "2024-02-29T00:00:00Z"),
        ("iso-without-zone", "2024-02-29T00:00:00+00:00", "2024-02-29T00:00:00Z"),
        ("any-iso-to-microseconds", "2024-02-29T01:00:00.1234569+01:00", "2024-02-29T00:00:00.123456Z"),
        ("any-iso-to-nanoseconds", "2024-02-29T00:00:00.1Z", "2024-02-29T00:00:00.100000000Z"),
        ("iso-with-z", "2024-02-29T00:00:00", "2024-02-29T00:00:00"),
    ],
)
def test__conversion__that_is_not_exact__is_undone_in_the_way_backs_own_form(
    name: str, value: str, restored: str
) -> None:
    conversion = CONVERSIONS[name]
    assert not conversion.exact
    assert CONVERSIONS[conversion.back].forward(conversion.forward(value)) == restored


def test__conversions__all__name_a_way_back_that_names_them_if_it_is_exact() -> None:
    for name, conversion in CONVERSIONS.items():
        assert conversion.name == name
        assert not conversion.back or conversion.back in CONVERSIONS
        assert not conversion.exact or CONVERSIONS[conversion.back].back == name


@pytest.mark.parametrize("text", ["é===", "/w==", "aGl=", "aG k=", "aGk", "a" * 5])
def test__base64__that_is_none_or_no_text__is_unfit(text: str) -> None:
    assert CONVERSIONS["text-from-base64"].forward(text) is UNFIT


def test__conversion_of__a_name__is_that_one_and_of_none_the_value_as_it_is() -> None:
    assert conversion_of("trim") is CONVERSIONS["trim"]
    assert conversion_of("").exact
    value: Json = [1]
    assert conversion_of("").forward(value) is value
    with pytest.raises(ValueError, match="unknown conversion 'x'; known: string-to-integer"):
        conversion_of("x")
