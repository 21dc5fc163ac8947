from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.schema.segments import MAX_SEGMENTS, cut, is_fixed, is_id, variable_name


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/", [("", "")]),
        ("/a/b", [("a", ""), ("b", "")]),
        ("/a/", [("a", ""), ("", "")]),
        ("/a.json/b.json", [("a.json", ""), ("b", ".json")]),
        ("/v1.2/photo.final.JPG", [("v1.2", ""), ("photo.final.JPG", "")]),
        ("/a/ann@mail.org", [("a", ""), ("ann@mail.org", "")]),
        ("/jobs/7:cancel", [("jobs", ""), ("7", ":cancel")]),
        ("/.json", [(".json", "")]),
    ],
)
def test__cut__path__gives_stems_and_a_suffix_at_the_end(path: str, parts: list[tuple[str, str]]) -> None:
    assert [(segment.stem, segment.suffix) for segment in cut(path)] == parts


@given(st.text(st.sampled_from("a/.json7"), max_size=400))
def test__cut__any_path__keeps_every_character(rest: str) -> None:
    segments = cut(f"/{rest}")
    assert "/".join(segment.text for segment in segments) == rest
    assert all(segment.stem + segment.suffix == segment.text for segment in segments)
    assert len(segments) <= MAX_SEGMENTS


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/articles/7", True),
        ("/articles/-7", True),
        ("/articles/7.json", True),
        ("/articles/7f1c4e7a-0d4f-4f2b-9a55-1d0f0e4c9a11", True),
        ("/commits/9fceb02d0ae598e95dc970b74767f19372d61af8", True),
        ("/commits/9fceb02", False),  # too short to be surely a hash
        ("/words/deadbeef", False),
        ("/days/2026-03-02", True),
        ("/days/2026-03-02T09%3A00", True),
        ("/people/ann%40mail.org", True),
        ("/people/ann~40mail~2Eorg", True),
        ("/keys/aB3dE6gH9jK2mN5pQ8", True),
        ("/keys/01ARZ3NDEKTSV4RRFFQ69G5FAV", True),
        ("/issues/PROJ-123", True),
        ("/articles/search", False),
        ("/articles/top10", False),
        ("/articles/my-first-post", False),
        ("/@scope/name", False),
    ],
)
def test__is_id__last_segment__goes_by_its_looks(path: str, expected: bool) -> None:
    *_, before, last = cut(path)
    assert is_id(last, before.text) == expected


@pytest.mark.parametrize(
    ("path", "index", "expected"),
    [
        ("/api/3/cpu", 1, True),
        ("/rest/2.0/cpu", 1, True),
        ("/1/cpu", 0, True),
        ("/x/v2/cpu", 1, True),
        ("/api/3", 1, False),  # the last: a thing
        ("/api/300/cpu", 1, False),
        ("/posts/3/comments", 1, False),
        ("/shop/-/query", 1, True),
        ("/shop/", 1, True),
        ("/shop/x", 1, False),
    ],
)
def test__is_fixed__versions_and_markers__are_never_variables(path: str, index: int, expected: bool) -> None:
    segments = cut(path)
    assert is_fixed(segments[index], segments[index - 1].text if index else None) == expected


@pytest.mark.parametrize(
    ("previous", "taken", "name"),
    [
        ("articles", (), "article_id"),
        ("categories", (), "category_id"),
        ("boxes", (), "box_id"),
        ("classes", (), "class_id"),
        ("status", (), "status_id"),
        ("news-items", (), "news_item_id"),
        ("interface_name", (), "interface_name"),
        ("", (), "id"),
        (None, (), "id"),
        ("-", (), "id"),
        ("articles", ("article_id",), "article_id2"),
        ("", ("id", "id2"), "id3"),
    ],
)
def test__variable_name__after_a_segment__is_its_singular(
    previous: str | None, taken: tuple[str, ...], name: str
) -> None:
    assert variable_name(previous, taken) == name
