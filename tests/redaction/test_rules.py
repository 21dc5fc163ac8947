from __future__ import annotations

import pytest

from harness.redaction.rules import By, Rules
from tests.redaction.redactors import add, keep

NAME, KEPT, HEADER = add(By.NAME, "customer-*"), keep(By.NAME, "customer_type"), add(By.HEADER, "x-tenant")
PLACE = add(By.PLACE, "$.a", "GET /users/{id}")
RULES = Rules((NAME, KEPT, HEADER, PLACE, keep(By.PATTERN, "demo-.*")))


@pytest.mark.parametrize(
    ("name", "by", "rule"),
    [
        ("Customer_No", By.NAME, NAME),
        ("customer-type", By.NAME, KEPT),
        ("X-Tenant", By.HEADER, HEADER),
        ("x-tenant", By.NAME, None),
        ("a_customer_no", By.NAME, None),
    ],
)
def test__named__a_name__finds_its_rule(name: str, by: By, rule: object) -> None:
    assert RULES.named(name, by) is rule


@pytest.mark.parametrize(
    ("method", "path", "found"), [("GET", "/users/7", [PLACE]), ("PUT", "/users/7", []), ("GET", "/users/7/a", [])]
)
def test__places__of_a_call__are_those_of_its_operation(method: str, path: str, found: list[object]) -> None:
    assert RULES.places(method, path) == found


@pytest.mark.parametrize(("value", "kept"), [("demo-1", True), ("a demo-1", False)])
def test__keeping__a_value__fits_the_pattern_whole(value: str, kept: bool) -> None:
    assert (RULES.keeping(value) is not None) is kept


def test__a_rule__as_text__is_what_its_file_says() -> None:
    assert str(PLACE) == "add: places: GET /users/{id} $.a"
    assert str(KEPT) == "keep: names: customer_type"
