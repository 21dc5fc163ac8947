from __future__ import annotations

from harness.shims.document import Entry, Shim
from tests.shims.answers import entry, learned

DROP = {"drop": {"keys": ["x"]}}


def test__match__of_an_entry__is_as_in_the_file() -> None:
    assert Entry("GET", "/a/{id}").match == "GET /a/{id}"
    assert Entry("POST", "/graphql", "Cart").match == "POST /graphql Cart"


def test__steps__of_a_shim__are_all_of_them() -> None:
    shim = Shim(
        entries=(entry("GET /a", DROP), entry("GET /b", DROP)), everywhere=learned(DROP), otherwise=learned(DROP)
    )
    assert len(list(shim.steps())) == 4
