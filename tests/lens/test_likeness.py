from __future__ import annotations

import pytest

from harness.lens.likeness import name_similarity


@pytest.mark.parametrize(
    ("old", "new", "least", "most"),
    [
        ("created_at", "createdAt", 1.0, 1.0),
        ("strategyName", "name", 0.75, 0.95),
        ("price", "id", 0.0, 0.5),
        ("価格", "価格", 1.0, 1.0),
        ("価格", "名前", 0.0, 0.5),
    ],
)
def test__name_similarity__of_two_names__is_how_alike_they_are(old: str, new: str, least: float, most: float) -> None:
    assert least <= name_similarity(old, new) <= most
