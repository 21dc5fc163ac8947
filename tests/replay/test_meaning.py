from __future__ import annotations

import pytest

from harness.replay.answered import Place
from harness.replay.meaning import affinity, asked_for, given, words
from harness.replay.sent import Slot


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("postId", {"post", "id"}),
        ("post_ids", {"post", "id"}),
        ("X-CSRF-Token", {"csrf", "token"}),
        ("categories", {"category"}),
        ("HTTPServer2", {"http", "server"}),
        ("class", {"class"}),
        ("", set()),
    ],
)
def test__words__a_name__is_taken_apart(name: str, expected: set[str]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    ("slot", "path", "place", "of", "fit"),
    [
        pytest.param(("path", "2"), "/orders/7", ("body", "id"), "/orders", 3, id="the id of what was posted"),
        pytest.param(("path", "2"), "/orders/7", ("body", "id"), "/customers", 0, id="the id of another thing"),
        pytest.param(("path", "2"), "/orders/7", ("body", "order", "id"), "/carts", 3, id="a thing inside"),
        pytest.param(("body", "customerId"), "/orders", ("body", "id"), "/customers/3", 3, id="named after the thing"),
        pytest.param(("body", "customerId"), "/orders", ("body", "customer_id"), "/me", 3, id="the same name"),
        pytest.param(
            ("body", "customerId"), "/orders", ("body", "rank"), "/customers", 1, id="the thing's other member"
        ),
        pytest.param(("query", "cursor"), "/a", ("body", "next"), "/a", 0, id="nothing alike"),
        pytest.param(("body", "token"), "/a", ("body", "token"), "/b", 2, id="an identity by its name alone"),
    ],
)
def test__affinity__a_slot_and_a_place__says_how_well_they_fit(
    slot: Slot, path: str, place: Place, of: str, fit: int
) -> None:
    assert affinity(asked_for(slot, path.split("/")[1:]), *given(place, of.split("/")[1:])) == fit
