from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.changes.answers import (
    Sighting,
    appeared,
    body_sighting,
    code_sighting,
    codes,
    crossed,
    emptied,
    one_sided,
    said,
    shown,
)
from harness.changes.study import Group, study
from harness.model.change import Support
from harness.model.exchange import Exchange
from tests.changes.bodies import exchange, recording


def group(old: Exchange, new: Exchange) -> Group:
    [found] = study(recording(old), recording(new)).groups
    return found


TEXT = {"Content-Type": "text/plain"}
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (exchange("/a", {"a": 1}), exchange("/a", {"a": 2}), ()),
        (exchange("/a", {"a": 1}), exchange("/a", text="plain", headers=TEXT), ("one_sided",)),
        (exchange("/a", text='{"a": 1}\n', headers=LINES), exchange("/a", [{"a": 1}]), ("one_sided",)),
        (exchange("/a", {"a": 1}), exchange("/a", text=""), ("emptied",)),
        (exchange("/a", text=" "), exchange("/a", {"a": 1}), ("appeared",)),
        (exchange("/a", text=""), exchange("/a", text=""), ()),
        (exchange("/a", text="x", headers=TEXT), exchange("/a", text="y", headers=TEXT), ()),
    ],
)
def test__forms__that_differ__are_told_apart(old: Exchange, new: Exchange, expected: Sequence[str]) -> None:
    studied = group(old, new)
    found = tuple(
        name for name, tell in (("one_sided", one_sided), ("emptied", emptied), ("appeared", appeared)) if tell(studied)
    )
    assert found == expected


def test__said__names_both_forms() -> None:
    studied = group(exchange("/a", {"a": 1}), exchange("/a", text="plain", headers=TEXT))
    assert said(studied.cases) == "JSON became not JSON"


def test__crossed__of_an_operation__stands_together_by_codes_less_what_is_claimed() -> None:
    old = recording(*(exchange(f"/a/{n}", {"id": n}) for n in (1, 2, 3)), exchange("/b", {}))
    new = recording(
        *(exchange(f"/a/{n}", {"e": n}, status=status) for n, status in ((1, 404), (2, 404), (3, 410))),
        exchange("/b", {}),
    )
    found = study(old, new)
    rows = [(name, len(cases), codes(cases), total) for name, cases, total in crossed(found, frozenset())]
    assert rows == [("GET /a/{a_id}", 2, (200, 404), 3), ("GET /a/{a_id}", 1, (200, 410), 3)]
    assert [len(cases) for _, cases, _ in crossed(found, frozenset({0, 1}))] == [1]


def test__shown__of_a_long_body__is_its_beginning() -> None:
    assert shown(b"x" * 1000) == "x" * 200
    assert shown(b"\xff") == "\ufffd"


def test__code_sighting__says_both_codes_and_claims_its_calls() -> None:
    old = recording(*(exchange(f"/a/{n}", {"id": n}) for n in (1, 2)), exchange("/b", {}))
    new = recording(*(exchange(f"/a/{n}", {}, status=404) for n in (1, 2)), exchange("/b", {}))
    cases = [case for _, _, case in study(old, new).crossed]
    assert code_sighting("GET /a", cases, 5, "nobody serves it") == Sighting(
        "GET /a",
        "status",
        "status 200 became 404",
        Support(5, 2, 1),
        200,
        404,
        how="nobody serves it",
        told="200 404",
        claims=frozenset({0, 1}),
    )


def test__body_sighting__shows_the_first_of_both_bodies() -> None:
    olds, news = ([exchange(f"/a/{n}", text=text) for n, text in enumerate(texts)] for texts in ("xxy", "pqr"))
    [found] = study(recording(*olds), recording(*news)).groups
    assert body_sighting(found.cases, found.cases[:2], "GET /a", "other") == Sighting(
        "GET /a", "$", "other", Support(3, 2, 1), "x", "p"
    )
