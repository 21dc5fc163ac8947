from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.schema.places import union_of
from harness.schema.summary import merge
from harness.schema.variants import VARIANT_CAP, Presence, Variants, both, variants_of
from tests.schema.json_values import KEYS, at_any_caps, bounded, of

CARD, SEPA = {"type": "card", "number": "4111"}, {"type": "sepa", "iban": "DE02"}


def payments(*kinds: dict[str, Any], each: int = 10) -> list[dict[str, Any]]:
    return [{**kind, "id": f"{at}-{number}"} for at, kind in enumerate(kinds) for number in range(each)]


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        pytest.param(payments(CARD, SEPA), {"card": "number", "sepa": "iban"}, id="two kinds"),
        pytest.param(payments(CARD, SEPA, each=3), {"card": "number", "sepa": "iban"}, id="three of each"),
        pytest.param(payments(CARD, SEPA, each=2), None, id="two of each show nothing"),
        pytest.param(
            [*payments(CARD, SEPA), {"type": "cash", "id": "x"}],
            {"card": "number", "sepa": "iban", "cash": ""},
            id="rare",
        ),
        pytest.param(
            payments(CARD, {**CARD, "cvc": 1}, SEPA), {"card": "number", "sepa": "iban"}, id="optional in a branch"
        ),
        pytest.param(
            payments(CARD, {"type": "visa", "number": "4"}, SEPA),
            {"card visa": "number", "sepa": "iban"},
            id="two values",
        ),
        pytest.param(
            [{"ok": "yes", "data": {"n": n}} for n in range(20)] + [{"ok": "no", "error": "gone"}] * 5,
            {"no": "error", "yes": "data"},
            id="answer or error",
        ),
        pytest.param([row for row in (CARD, SEPA) for _ in range(50)], None, id="two rows over and over"),
        pytest.param(payments(CARD, {"type": "cash"}), None, id="one member that comes and goes"),
        pytest.param(
            [{"type": "ab"[n % 2], "id": n, **({"a": 1} if n % 3 else {"b": 2})} for n in range(60)],
            None,
            id="unrelated",
        ),
        pytest.param([{"type": n % 2, "ab"[n % 2]: n} for n in range(60)], None, id="not told by a text"),
        pytest.param([*payments(CARD, SEPA), {"id": "x"}], None, id="one without a type"),
        pytest.param([{"type": f"t{n % 17}", f"m{n % 17}": n} for n in range(600)], None, id="too many values"),
        pytest.param([{"type": "a b\n"[n % 2 :], "ab"[n % 2]: n} for n in range(60)], None, id="prose"),
    ],
)
def test__union_of__objects__needs_rivals_told_apart(objects: list[Any], expected: dict[str, str] | None) -> None:
    found = of(objects).objects
    assert found is not None
    union = union_of(found)
    if expected is None:
        assert union is None
    else:
        assert union is not None
        everywhere = frozenset.intersection(*(branch.presence.always for branch in union.branches))
        own = {" ".join(each.values): " ".join(sorted(each.presence.always - everywhere)) for each in union.branches}
        assert own == expected


def test__union_of__the_same_members_in_any_order__counts_them_together() -> None:
    turned = [dict(reversed(list(each.items()))) for each in payments(CARD, SEPA)]
    found = of(payments(CARD, SEPA) + turned).objects
    assert found is not None
    union = union_of(found)
    assert union is not None
    assert [each.presence.count for each in union.branches] == [20, 20]


def brute(objects: list[dict[str, Any]]) -> Variants:
    """The definition, straight."""
    names = {name for name in objects[0] if all(type(each.get(name)) is str for each in objects)}
    found: Variants = {}
    for name in names:
        for each in objects:
            keys = frozenset(each)
            known = found.setdefault(name, {}).get(each[name])
            fresh = Presence(1, keys, keys)
            found[name][each[name]] = fresh if known is None else known.and_(fresh)
    return {name: values for name, values in found.items() if len(values) <= VARIANT_CAP}


RECORDS = st.dictionaries(KEYS, st.sampled_from(["a", "b", "c", 1]), max_size=4)


@given(st.lists(RECORDS, min_size=1, max_size=8), st.integers(0, 8))
def test__variants__of_a_summary__are_what_the_definition_says(objects: list[dict[str, Any]], at: int) -> None:
    expected = brute(objects)
    for found in (of(objects), merge(of(objects[at:]), of(objects[:at]))):
        assert found.objects is not None
        if len({frozenset(each) for each in objects}) == 1:
            assert found.objects.variants is None
        else:
            assert found.objects.variants == expected


def test__both__a_member_that_one_side_lacks__is_no_discriminator() -> None:
    one = variants_of(frozenset("ab"), {"a": ["x"], "b": ["y"]}, "ab")
    other = variants_of(frozenset("a"), {"a": ["x"]}, "a")
    assert both(one, other) == {"a": {"x": Presence(2, frozenset("a"), frozenset("ab"))}}


@at_any_caps
@given(values=st.lists(st.text(max_size=8), min_size=1, max_size=20))
def test__variants__any_texts__are_bounded(caps: Mapping[str, int], values: list[str]) -> None:
    with bounded(caps):
        found = of([{"t": text, **({} if at % 2 else {"x": 1})} for at, text in enumerate(values)]).objects
    assert found is not None
    assert sum(map(len, (found.variants or {}).values())) <= caps.get("VARIANT_CAP", VARIANT_CAP)
