from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from harness.gate.ignore import Entry, Ignore
from harness.model.change import Change
from harness.model.errors import BadFile
from tests.gate.rows import change

TODAY = date(2026, 5, 4)
ROWS = [
    change("$.a", "GET /x"),
    change("$.a", "GET /y"),
    change("$.b", "GET /x"),
    change("header etag", "GET /x", kind="response-header-removed"),
]


def applied(*entries: Entry, environment: str | None = None) -> tuple[list[Change], list[tuple[Change, str]]]:
    standing, accepted = Ignore(Path("f.yaml"), entries).applied(ROWS, environment=environment, today=TODAY)
    return standing, [(each.change, each.reason) for each in accepted]


def places(changes: list[Change]) -> list[str]:
    return [f"{each.operation} {each.path}" for each in changes]


@pytest.mark.parametrize(
    ("entry", "accepted"),
    [
        (Entry("r", path="$.a"), ["GET /x $.a", "GET /y $.a"]),
        (Entry("r", path="$.a", operation="GET /x"), ["GET /x $.a"]),
        (Entry("r", path="$.a", rule="response-property-removed", operation="GET /y"), ["GET /y $.a"]),
        (Entry("r", path="header etag"), ["GET /x header etag"]),
        (Entry("r", fingerprint=ROWS[2].fingerprint), ["GET /x $.b"]),
        (Entry("r", fingerprint=ROWS[2].fingerprint, operation="GET /x"), ["GET /x $.b"]),
    ],
)
def test__applied__an_entry__accepts_what_is_equal_in_all_that_it_names(entry: Entry, accepted: list[str]) -> None:
    standing, found = applied(entry)
    assert places([each for each, _ in found]) == accepted
    assert {reason for _, reason in found} == {"r"}
    assert sorted(places(standing) + accepted) == sorted(places(ROWS))


@pytest.mark.parametrize(
    "entry",
    [
        Entry("r", path="$"),
        Entry("r", path="$.a", operation="GET /z"),
        Entry("r", path="$.a", rule="response-property-renamed"),
        Entry("r", path="$.a[*]"),
        Entry("r", fingerprint="0" * 16),
        Entry("r", fingerprint=ROWS[2].fingerprint, path="$.a"),
    ],
)
def test__applied__an_entry_that_accepts_nothing__is_an_error(entry: Entry) -> None:
    with pytest.raises(BadFile, match="the entry accepts nothing: r"):
        applied(entry)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry("r", path="$.zz"), "remove it: nothing has changed there"),
        (
            Entry("r", path="$.b", operation="GET /y"),
            f"response-property-removed at GET /x $.b ({ROWS[2].fingerprint})?",
        ),
    ],
)
def test__applied__an_entry_that_accepts_nothing__is_told_what_is_near(entry: Entry, said: str) -> None:
    with pytest.raises(BadFile) as error:
        applied(entry)
    assert said in str(error.value)


@pytest.mark.parametrize(("expires", "expired"), [(date(2026, 5, 3), True), (TODAY, False), (date(2026, 5, 5), False)])
def test__applied__an_entry__holds_to_the_end_of_its_last_day(expires: date, expired: bool) -> None:
    entry = Entry("r", path="$.b", expires=expires)
    if expired:
        with pytest.raises(BadFile, match="expired on 2026-05-03"):
            applied(entry)
    else:
        [(row, _)] = applied(entry)[1]
        assert row.path == "$.b"


def test__applied__all_that_is_wrong__is_one_error_with_a_line_each() -> None:
    entries = [
        Entry("gone", path="$.zz", line=9),
        Entry("fine", path="$.a", line=3),
        Entry("late", path="$.b", expires=date(2020, 1, 1), line=5),
    ]
    with pytest.raises(BadFile) as error:
        applied(*entries)
    lines = [text for text in str(error.value).split("\n") if text.startswith("f.yaml")]
    assert lines == ["f.yaml:5: the entry expired on 2020-01-01: late", "f.yaml:9: the entry accepts nothing: gone"]


@pytest.mark.parametrize(
    ("scope", "environment", "accepts"),
    [
        ("", None, True),
        ("", "shop", True),
        ("shop", "shop", True),
        ("shop", "bank", False),
        ("shop", None, False),
    ],
)
def test__applied__an_entry_for_an_environment__holds_there_alone(
    scope: str, environment: str | None, accepts: bool
) -> None:
    standing, accepted = applied(Entry("r", path="$.b", environment=scope), environment=environment)
    assert (len(standing), len(accepted)) == ((3, 1) if accepts else (4, 0))


@pytest.mark.parametrize(
    ("scope", "environment", "wrong"),
    [
        ("", None, True),
        ("shop", "shop", True),
        ("shop", "bank", False),
        ("shop", None, False),
        ("", "shop", False),  # it may be meant for another
    ],
)
def test__applied__an_idle_entry__is_judged_where_it_must_accept_something(
    scope: str, environment: str | None, wrong: bool
) -> None:
    entry = Entry("r", path="$.zz", environment=scope)
    if wrong:
        with pytest.raises(BadFile):
            applied(entry, environment=environment)
    else:
        assert places(applied(entry, environment=environment)[0]) == places(ROWS)


def test__applied__another_environments_expired_entry__is_not_judged() -> None:
    applied(Entry("r", path="$.b", environment="shop", expires=date(2020, 1, 1)), environment="bank")
    with pytest.raises(BadFile):
        applied(Entry("r", path="$.b", expires=date(2020, 1, 1)), environment="bank")


def test__applied__two_entries_for_one_change__both_count_and_the_first_speaks() -> None:
    _, accepted = applied(Entry("first", path="$.b"), Entry("second", fingerprint=ROWS[2].fingerprint))
    assert [reason for _, reason in accepted] == ["first"]


def test__applied__several_places_of_one_change__are_one_accepted_change() -> None:
    rows = [change("$.a", "GET /x"), change("$.a", "GET /x")]
    entry = Entry("r", path="$.a", owner="ana", expires=TODAY)
    _, [accepted] = Ignore(Path("f"), (entry,)).applied(rows, environment=None, today=TODAY)
    assert (accepted.owner, accepted.expires, accepted.reason) == ("ana", "2026-05-04", "r")
    assert accepted.change.support.pairs == 2
