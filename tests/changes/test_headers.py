from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.changes.headers import VOLATILE, HeaderCase, HeaderChange, header_change, header_names, usual_value
from harness.lens.condition import Condition
from harness.lens.steps.drop_header import DropHeader
from harness.lens.steps.set_header import SetHeader
from harness.model.change import Support
from harness.model.json_text import Json
from tests.changes.bodies import answer

Row = tuple[dict[str, str], dict[str, str], Json, dict[str, str]]


def cases(*rows: tuple[dict[str, str], dict[str, str]] | Row) -> list[HeaderCase]:
    found = []
    for number, (old, new, *rest) in enumerate(rows):
        body, query = (*rest, {}, {})[:2] if len(rest) < 2 else rest
        found.append(HeaderCase(number, tuple(old.items()), tuple(new.items()), answer(body, query, headers=new)))
    return found


def changed(name: str, rows: Sequence[HeaderCase], least: int = 2) -> HeaderChange:
    change = header_change(name, rows, least)
    assert change is not None
    return change


def test__header_names__are_in_lower_case_less_the_volatile_ones() -> None:
    rows = cases(({"X-A": "1", "Date": "now"}, {"x-a": "2", "ETag": "e", "X-B": ""}))
    assert header_names(rows) == ["x-a", "x-b"]
    assert all(name == name.lower() for name in VOLATILE)


def test__header_change__nothing_changed__is_none() -> None:
    assert header_change("vary", cases(({"Vary": "a"}, {"vary": "a"})), 1) is None


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([({}, {"Vary": "a"}), ({}, {"Vary": "a"})], "response-header-added"),
        ([({"Vary": "a"}, {}), ({"Vary": "a"}, {})], "response-header-removed"),
        ([({"Vary": "a"}, {"Vary": "b"}), ({"Vary": "a"}, {"Vary": "b"})], "response-header-changed"),
        ([({"Vary": "a"}, {}), ({"Vary": "a"}, {"Vary": "a"})], "response-header-removed"),
        ([({"Vary": "a"}, {}), ({"Vary": "a"}, {"Vary": "b"})], "response-header-changed"),
    ],
)
def test__header_change__of_a_header__has_its_kind_and_a_step_that_undoes_it(
    rows: list[tuple[dict[str, str], dict[str, str]]], kind: str
) -> None:
    found = changed("vary", cases(*rows))
    assert found.kind == kind
    assert found.step is not None
    for row, case in zip(rows, cases(*rows), strict=True):
        found.step.compile()(case.answer)
        assert case.answer.header("Vary") == row[0].get("Vary")


def test__header_change__a_constant_seen_too_rarely__has_no_step() -> None:
    rows = cases(({"Vary": "a"}, {}), ({"Vary": "a"}, {}))
    assert changed("vary", rows, 2).step is not None
    found = changed("vary", rows, 3)
    assert found.step is None
    assert "nowhere" in found.reason


def test__header_change__values_that_stand_in_the_body__are_read_from_it() -> None:
    rows = cases(*(({"X-Total": text}, {}, {"total": int(text)}, {}) for text in ("45", "7", "210")))
    found = changed("x-total", rows)
    assert found.step is not None
    for case, text in zip(rows, ("45", "7", "210"), strict=True):
        found.step.compile()(case.answer)
        assert case.answer.header("X-Total") == text


def test__header_change__values_that_stand_in_the_body_as_texts__are_read_from_it() -> None:
    rows = cases(*(({"X-Total": text}, {}, {"total": text}, {}) for text in ("45", "7", "210")))
    assert changed("x-total", rows).step is not None


def test__header_change__values_that_stand_nowhere__are_lost() -> None:
    found = changed("x-total", cases(*(({"X-Total": text}, {}, {"total": 1}, {}) for text in ("45", "7", "210"))))
    assert (found.kind, found.step) == ("response-header-removed", None)
    assert found.reason


def test__header_change__sent_for_some_calls_only__is_set_for_those() -> None:
    rows = cases(
        *(({"Link": "next"}, {}, [], {"page": str(number)}) for number in range(3)), *(({}, {}, [], {}) for _ in "ab")
    )
    found = changed("link", rows)
    assert found.step is not None
    assert found.step.when == Condition(query=(("page", True),))


def test__header_change__a_value_that_stands_in_the_call__is_set_where_nothing_misleads() -> None:
    sent = [({"X-Who": who}, {}, {}, {"user": who}) for who in ("ann", "bob")]
    plain = changed("x-who", cases(*sent, *(({}, {}, {}, {}) for _ in "ab")))
    assert plain.step == SetHeader(header="X-Who", from_="query(user)")
    told = changed("x-who", cases(*sent, *(({}, {}, {}, {"user": who, "dry": "1"}) for who in ("cid", "dan"))))
    assert told.step == SetHeader(header="X-Who", from_="query(user)", when=Condition(query=(("dry", False),)))


@pytest.mark.parametrize(("more", "expected"), [(2, True), (3, False)])
def test__header_change__a_source_that_has_half_of_the_values__will_do(more: int, expected: bool) -> None:
    rows = [({"X-Who": who}, {}, {"user": who}, {}) for who in ("ann", "bob")]
    others = [({"X-Who": who}, {}, {}, {}) for who in ("cid", "dan", "eve")[:more]]
    assert (changed("x-who", cases(*rows, *others)).step is not None) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [({}, {"Vary": "b"}), ({}, {"Vary": "c"})],
            HeaderChange(
                "response-header-added",
                "vary",
                "header vary is new",
                Support(2, 2, 0),
                None,
                "b",
                DropHeader(header="vary"),
            ),
        ),
        (
            [({"Vary": "x"}, {"Vary": "b"}), ({"Vary": "y"}, {})],
            HeaderChange(
                "response-header-changed",
                "vary",
                "header vary has another value",
                Support(2, 2, 2),
                "x",
                "b",
                None,
                "nothing tells OLD's value",
            ),
        ),
        (
            [({"Vary": who}, {}, {"user": who}, {}) for who in ("ab", "abc")],
            HeaderChange(
                "response-header-removed",
                "vary",
                "header vary is gone",
                Support(2, 2, 2),
                "ab",
                None,
                SetHeader(header="Vary", from_="received($.user)"),
            ),
        ),
        (
            [({"Vary": "x"}, {"Vary": "x"}), ({"Vary": "y"}, {}), ({}, {})],
            HeaderChange(
                "response-header-removed",
                "vary",
                "header vary is gone",
                Support(3, 1, 2),
                "y",
                None,
                None,
                "its value stands nowhere in NEW's answer",
            ),
        ),
    ],
)
def test__header_change__says__all_that_a_finding_needs(
    rows: list[tuple[dict[str, str], dict[str, str]]], expected: HeaderChange
) -> None:
    assert changed("vary", cases(*rows)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("aaaab", True),  # four in five, and no less
        ("aaabb", False),
        ("a", False),  # once is no use
        ("aa", True),
    ],
)
def test__usual_value__is_that_of_most(values: str, expected: bool) -> None:
    whole = cases(*(({"Vary": value}, {}) for value in values), ({}, {}))
    assert usual_value("vary", [whole[0], whole[-1]], whole) is expected


def test__header_change__sent_with_bodies_of_a_form__is_lost_since_a_step_may_change_the_form() -> None:
    rows = cases(*(({"Link": "next"}, {}, [], {}) for _ in "ab"), *(({}, {}, {}, {}) for _ in "ab"))
    assert changed("link", rows).step is None


def test__header_change__sent_for_no_reason_that_shows__is_lost() -> None:
    assert changed("link", cases(({"Link": "n"}, {}), ({"Link": "n"}, {}), ({}, {}), ({}, {}))).step is None


def test__usual_value__is_that_of_four_in_five() -> None:
    whole = cases(*(({"Vary": "a"}, {}) for _ in range(8)), ({"Vary": "b"}, {}), ({"Vary": "c"}, {}))
    assert usual_value("vary", whole[:1], whole)
    assert not usual_value("vary", whole[8:9], whole)
    assert not usual_value("vary", whole[:1], whole[6:])
    assert not usual_value("x", whole, whole)


def test__header_change__a_number_that_stands_in_each_body__is_no_constant() -> None:
    rows = cases(*(({"X-Total-Count": "45"}, {}, {"items": 45, "n": n}, {}) for n in range(3)))
    assert changed("x-total-count", rows).step == SetHeader(header="X-Total-Count", from_="received($.items)")
    rows = cases(*(({"X-Version": "7"}, {}, {"items": 7, "n": n}, {}) for n in range(3)))  # one digit stands anywhere
    assert changed("x-version", rows).step == SetHeader(header="X-Version", value="7")


def test__header_change__one_answer_that_a_parameter_tells__spoils_no_other() -> None:
    rows = [({"X-Total-Count": str(n)}, {}, {"items": n}, {}) for n in (45, 7, 13, 30)]
    odd = [({"X-Total-Count": "13"}, {}, {"items": 0}, {"q": "x"})]
    found = changed("x-total-count", cases(*rows, *odd)).step
    assert found == SetHeader(header="X-Total-Count", from_="received($.items)", when=Condition(query=(("q", False),)))
    nothing = [({"X-Total-Count": "13"}, {}, {"items": 0}, {})]
    assert changed("x-total-count", cases(*rows, *nothing)).step is None


def test__header_change__a_value_that_is_empty__is_one() -> None:
    found = changed("allow", cases(({"Allow": ""}, {}), ({"Allow": ""}, {})))
    assert found.step == SetHeader(header="Allow")
