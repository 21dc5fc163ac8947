from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.evidence import read_body
from harness.changes.renewed import same_ids
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import Json, serialize
from tests.changes.bodies import exchange, recording

ONE, OTHER, THIRD = "kX7D6YvjvMA", "keQHtfdVWPU", "jOzv5suZwQg"
UUIDS = "7f9c24e5-0d1a-4b6e-9a51-00b2c3d41eef", "0b1c9d52-77aa-4f0e-8c11-5ccd00b2c3d4"
HEX = "507f1f77bcf86cd799439011", "65a1b2c3d4e5f60718293a4b"


def sent(answer: Json, body: Json = None, *, line: str = "POST /notes", status: int = 201, call: str = "") -> Exchange:
    """A call with a body, by default one that creates a note."""
    created = exchange(line, answer, status=status, call=call or None)
    return replace(created, request=replace(created.request, body=serialize(body)))


def renewed(old: Recording, new: Recording) -> list[Json]:
    """NEW's answers under OLD's ids."""
    found, *again = same_ids(old, new, None, None)
    assert again == [None, None]
    return [read_body(exchange.response) for exchange in found.exchanges if exchange.response is not None]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (ONE, OTHER, True),
        (OTHER, ONE, True),
        (*UUIDS, True),
        (*HEX, True),
        (UUIDS[0].upper(), UUIDS[1].upper(), True),
        ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01BX5ZZKBKACTAV9WEVGEMMVRZ", True),
        ("aB3dE5gH", "xY7zW9vU", True),
        (ONE, ONE + "x", False),  # another length
        (HEX[0], "kX7D6YvjvMAkX7D6YvjvMAkX", False),  # other digits
        (UUIDS[0], UUIDS[1].replace("-", "x"), False),
        ("accepted", "rejected", False),
        ("Accepted", "Rejected", False),
        ("PayPalOrder", "StripeOrder", False),
        ("PayPalOrder", "NewAmiOrder", False),  # no digit in either
        ("OAuth2Bearer", "OAuth1Bearer", False),
        ("kX7D6YvjvMA", "kX7D6YfdVWP", False),  # five characters differ
        ("kX7D6YvjvMA", "kX7D6afdVWP", True),
        ("my-title-is-1", "my_title_is_1", False),
        ("us-east-1-prod-2", "eu-west-3-test-4", False),
        ("20260302-090001-1", "20261224-112233-2", False),
        ("abcdeF3hijk", "lmnopQ7stuv", True),
        ("abcdefg3ijk", "lmnopqr7tuv", False),  # two turns
        ("aB3dE5g", "xY7zW9v", False),  # seven characters
        ("kX7D 6YvjvMA", "keQH tfdVWP1", False),
        (ONE, 7, False),
        (46, 47, False),
    ],
)
def test__same_ids__an_id_that_a_create_made__has_one_name(old: Json, new: Json, expected: bool) -> None:
    assert renewed(recording(sent({"id": old})), recording(sent({"id": new}))) == [{"id": old if expected else new}]


@pytest.mark.parametrize(
    ("line", "expected"), [("POST /a", ONE), ("GET /a", OTHER), ("PUT /a", OTHER), ("DELETE /a", OTHER)]
)
def test__same_ids__only_a_create__makes_one(line: str, expected: str) -> None:
    assert renewed(recording(sent([ONE], line=line)), recording(sent([OTHER], line=line))) == [[expected]]


@pytest.mark.parametrize(("status", "expected"), [(200, ONE), (299, ONE), (300, OTHER), (422, OTHER)])
def test__same_ids__only_a_create_that_succeeds__makes_one(status: int, expected: str) -> None:
    assert renewed(recording(sent([ONE], status=status)), recording(sent([OTHER], status=status))) == [[expected]]


@pytest.mark.parametrize(
    "before",
    [
        exchange("/a", {"id": ONE}),
        exchange(f"/a?id={ONE}", {}),
        sent({}, {"id": ONE}),
        sent({"id": ONE}, line="PUT /a"),
    ],
)
def test__same_ids__what_stood_somewhere_before__was_not_made(before: Exchange) -> None:
    create = sent([OTHER], line="POST /last")
    assert renewed(recording(before, sent([ONE], line="POST /last")), recording(before, create))[-1] == [OTHER]


def test__same_ids__what_the_call_itself_chose__was_not_made() -> None:
    assert renewed(recording(sent([ONE], ONE)), recording(sent([OTHER], ONE))) == [[OTHER]]


def test__same_ids__an_id_once_made__has_its_name_wherever_it_stands() -> None:
    old, new = (
        recording(
            sent({"id": text}, call="a"),
            Exchange(
                Request(
                    "PUT", f"http://host/notes/{text}?of={text}", (("If-Match", text),), f'{{"id": "{text}"}}'.encode()
                ),
                Response(200, (("Location", f"/notes/{text}"),), f"saved <{text}> as note".encode()),
                id="b",
            ),
            sent(
                [{"id": "first", "link": "/notes/1"}, {"id": text, "link": f"/notes/{text}"}],
                line="GET /notes",
                call="c",
            ),
        )
        for text in (ONE, OTHER)
    )
    found, *_ = same_ids(old, new, None, None)
    kept = replace(found.exchanges[1].request, headers=old.exchanges[1].request.headers)
    assert found.exchanges[0] == old.exchanges[0]
    assert replace(found.exchanges[1], request=kept) == old.exchanges[1]
    assert found.exchanges[2] == old.exchanges[2]


def test__same_ids__a_create_below_a_created_one__pairs_once_that_has_its_name() -> None:
    texts = ("kX7D6YvjvMA", "jOzv5suZwQg"), ("RFtp9NwOL8U", "6vzN3UqtWZM")
    old, new = (
        recording(sent({"id": note}), sent({"id": line}, line=f"POST /notes/{note}/lines"), exchange(f"/lines/{line}"))
        for note, line in texts
    )
    found, *_ = same_ids(old, new, None, None)
    assert found == replace(old, source=new.source)


def test__same_ids__several_ids_in_one_answer__are_told_apart_by_place_or_shape() -> None:
    old = recording(sent({"id": ONE, "key": THIRD, "uuid": UUIDS[0]}))
    same = {"id": "RFtp9NwOL8U", "key": "6vzN3UqtWZM", "at": {"uuid": UUIDS[1]}}
    assert renewed(old, recording(sent(same))) == [{"id": ONE, "key": THIRD, "at": {"uuid": UUIDS[0]}}]
    moved = {"data": {"id": "RFtp9NwOL8U", "key": "6vzN3UqtWZM"}}
    assert renewed(old, recording(sent(moved))) == [moved]
    fewer = {"name": "RFtp9NwOL8U"}
    assert renewed(old, recording(sent(fewer))) == [fewer]
    assert renewed(recording(sent([[ONE]])), recording(sent({"data": [OTHER]}))) == [{"data": [ONE]}]


def test__same_ids__ids_of_two_calls__are_not_exchanged() -> None:
    old = recording(sent([ONE], call="a"), sent([THIRD], call="b"))
    new = recording(sent(["6vzN3UqtWZM"], call="b"), sent(["RFtp9NwOL8U"], call="a"))
    assert renewed(old, new) == [[THIRD], [ONE]]


def test__same_ids__of_second_runs__are_those_of_the_first() -> None:
    runs = [
        recording(sent([text]), sent([text, "kept"], line="GET /notes")) for text in (ONE, OTHER, THIRD, "RFtp9NwOL8U")
    ]
    old, new, old_again, new_again = runs
    assert same_ids(old, new, old_again, new_again) == (old, old, old)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((ONE, OTHER, ONE, OTHER), (OTHER, ONE, OTHER)),  # each version makes its own, always
        ((ONE, OTHER, ONE, THIRD), (OTHER, ONE, THIRD)),
        ((ONE, OTHER, THIRD, OTHER), (OTHER, ONE, OTHER)),
        ((ONE, OTHER, THIRD, None), (ONE, ONE, None)),
        ((ONE, OTHER, None, OTHER), (OTHER, None, OTHER)),
    ],
)
def test__same_ids__what_both_runs_of_a_version_make__is_not_drawn(
    texts: tuple[str, str, str | None, str | None], expected: tuple[str | None, ...]
) -> None:
    old, new, old_again, new_again = (text and recording(sent([text])) for text in texts)
    assert isinstance(old, Recording)
    assert isinstance(new, Recording)
    assert same_ids(old, new, old_again or None, new_again or None) == tuple(
        text and recording(sent([text])) for text in expected
    )


def test__same_ids__without_an_answer__is_passed_over() -> None:
    old, new = (recording(replace(sent({}), response=None), sent([text])) for text in (ONE, OTHER))
    assert same_ids(old, new, None, None)[0] == old


def test__same_ids__lone_surrogates_in_headers_and_addresses__are_kept() -> None:
    odd = Exchange(Request("GET", "http://host/\ud800"), Response(200, (("X", "\ud800"),), b"{}"))
    old, new = (recording(sent([text]), odd) for text in (ONE, OTHER))
    assert same_ids(old, new, None, None)[0] == old


def test__same_ids__where_nothing_was_made__is_what_was_given() -> None:
    new = recording(exchange("/b", {"id": OTHER}))
    assert same_ids(recording(exchange("/a", {"id": ONE})), new, None, None)[0] is new


def test__same_ids__an_id_before_a_list__is_found() -> None:
    found = renewed(recording(sent({"id": ONE, "tags": [["a"]]})), recording(sent({"id": OTHER, "tags": [["a"]]})))
    assert found == [{"id": ONE, "tags": [["a"]]}]


def test__same_ids__a_lone_surrogate_in_what_was_made__is_no_id() -> None:
    odd = {"id": ONE, "text": "\ud800aB3dE5gH"}
    assert renewed(recording(sent(odd)), recording(sent({**odd, "id": OTHER}))) == [odd]
