from __future__ import annotations

import pytest

from harness.changes.pairing import pair
from harness.model.errors import UsageError
from harness.model.exchange import Recording
from tests.changes.bodies import exchange, recording


def bodies(old: Recording, new: Recording) -> list[tuple[bytes, bytes]]:
    return [(each.old.response.body, each.new.response.body) for each in pair(old, new).pairs]  # type: ignore[union-attr]


def test__pair__by_id__whatever_the_order_and_the_path() -> None:
    old = recording(exchange("/a", 1, call="x"), exchange("/b", 2, call="y"))
    new = recording(exchange("/v2/b", 4, call="y"), exchange("/v2/a", 3, call="x"))
    assert bodies(old, new) == [(b"1", b"3"), (b"2", b"4")]


def test__pair__without_ids__by_order_within_method_and_path() -> None:
    old = recording(exchange("/a", 1), exchange("POST /a", 2), exchange("/a?page=2", 3))
    new = recording(exchange("POST /a", 20), exchange("/a?_page=1", 10), exchange("/a", 30))
    assert bodies(old, new) == [(b"1", b"10"), (b"2", b"20"), (b"3", b"30")]


def test__pair__what_has_no_partner__is_kept_apart() -> None:
    found = pair(recording(exchange("/a", 1), exchange("/b", 2)), recording(exchange("/a", 1), exchange("/c", 3)))
    assert [each.request.path for each in found.only_old] == ["/b"]
    assert [each.request.path for each in found.only_new] == ["/c"]
    assert len(found.pairs) == 1


def test__pair__one_call_more_on_one_side__is_alone() -> None:
    found = pair(recording(exchange("/a", 1)), recording(exchange("/a", 1), exchange("/a", 2)))
    assert (len(found.pairs), len(found.only_old), len(found.only_new)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (recording(exchange("/a", 1)), recording(exchange("/b", 1))),
        (recording(exchange("/a", 1, call="1")), recording(exchange("/a", 1, call="2"))),
        (recording(), recording(exchange("/a", 1))),
        (recording(exchange("/a", 1)), recording(exchange("POST /a", 1))),
    ],
)
def test__pair__nothing_pairs__says_what_pairs(old: Recording, new: Recording) -> None:
    with pytest.raises(UsageError, match=r"no call of .* has a partner") as raised:
        pair(old, new)
    assert raised.value.where == new.source
    assert raised.value.hint.startswith("entries pair by `_backfit.id`, else by order within method and path")


def test__pair__two_empty_recordings__is_empty() -> None:
    assert pair(recording(), recording()).pairs == ()


def test__paired__its_id__is_the_recorded_one_else_the_call() -> None:
    assert pair(recording(exchange("/a", 1, call="x")), recording(exchange("/a", 1, call="x"))).pairs[0].id == "x"
    assert pair(recording(exchange("/a", 1)), recording(exchange("/a", 1))).pairs[0].id == "GET /a"
