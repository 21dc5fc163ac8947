from __future__ import annotations

import pytest

from harness.model.verification import Said
from harness.shims.claims import Claims
from harness.shims.document import Ambiguous, Lost
from harness.shims.leaves import Pointer
from tests.shims.answers import entry, learned


@pytest.mark.parametrize(
    ("path", "at", "said"),
    [
        ("$.a", ("a",), Said.LOST),
        ("$.a", ("a", 0, "b"), Said.LOST),
        ("$.a[*].b", ("a", 3, "b"), Said.LOST),
        ("$.a.*", ("a", "x"), Said.LOST),
        ("$", ("a",), Said.LOST),
        ("$.a.b", ("a",), Said.NOTHING),
        ("$.a", ("b",), Said.NOTHING),
        ("whatever", ("a",), Said.NOTHING),
    ],
)
def test__of_body__a_lost_place__covers_what_stands_in_it(path: str, at: Pointer, said: Said) -> None:
    assert Claims([entry("GET /a", lost=(Lost(path, "why"),))]).of_body(at).said is said


@pytest.mark.parametrize(
    ("path", "place", "said"),
    [
        ("status", "status", Said.LOST),
        ("header X-Total", "header x-total", Said.LOST),
        ("header x-other", "header x-total", Said.NOTHING),
        ("request $.query.q", "request", Said.LOST),
        ("$", "body", Said.LOST),
        ("$.a", "body", Said.NOTHING),
    ],
)
def test__of__what_is_not_in_a_body__goes_by_its_name(path: str, place: str, said: Said) -> None:
    assert Claims([entry("GET /a", lost=(Lost(path, "why"),))]).of(place).said is said


def test__of_body__an_ambiguous_place__covers_what_its_choices_change() -> None:
    choices = learned({"rename": {"from": "x", "to": "m"}}, {"rename": {"from": "y", "to": "m"}})
    claims = Claims([entry("GET /a", ambiguous=(Ambiguous("$", "two", choices),))])
    assert [claims.of_body((name,)).said for name in ("m", "other")] == [Said.AMBIGUOUS, Said.NOTHING]
    bare = Claims([entry("GET /a", ambiguous=(Ambiguous("$.m", "two"),))])
    assert bare.of_body(("m",)).reason == "two"
