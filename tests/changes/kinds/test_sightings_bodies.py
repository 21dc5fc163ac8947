"""What kinds see in bodies that are no JSON, gone or new."""

from __future__ import annotations

import pytest

from harness.changes.answers import Detect, Sighting
from harness.changes.kinds.body_appeared import detect as body_appeared
from harness.changes.kinds.body_emptied import detect as body_emptied
from harness.changes.kinds.body_kind_changed import detect as body_kind_changed
from harness.changes.kinds.error_body_changed import detect as error_body_changed
from harness.changes.kinds.text_changed import detect as text_changed
from harness.changes.study import study
from harness.model.change import Support
from harness.model.exchange import Recording
from tests.changes.bodies import recording
from tests.changes.kinds.sighting import Seen, answers, one

SEEN: list[Seen] = [
    (
        body_appeared,
        "in one of two",
        answers("", {"a": 1}),
        answers({"a": 1}, {"a": 1}),
        [Sighting("GET /a/{a_id}", "$", "a body where OLD sent none, in 1 answer", Support(2, 1, 1), "", '{"a":1}')],
    ),
    (body_appeared, "in none", answers({"a": 1}), answers(""), []),
    (
        body_emptied,
        "in two of three",
        answers({"a": 1}, {"a": 1}, {"a": 2}),
        answers("", "", {"a": 2}),
        [Sighting("GET /a/{a_id}", "$", "the body is gone in 2 answers", Support(3, 2, 1), '{"a":1}', "")],
    ),
    (body_emptied, "in none", answers(""), answers({"a": 1}), []),
    (
        body_kind_changed,
        "in one of two",
        answers({"a": 1}, {"a": 2}),
        answers({"a": 1}, "plain"),
        [Sighting("GET /a/{a_id}", "$", "JSON became not JSON", Support(2, 1, 1), '{"a":2}', "plain")],
    ),
    (body_kind_changed, "of an error", answers({"a": 1}, status=404), answers("plain", status=404), []),
    (body_kind_changed, "gone", answers({"a": 1}), answers(""), []),
    (
        error_body_changed,
        "of two operations",
        recording(one("/a/1", {"e": 1}, 404), one("/a/2", {"e": 1}, 404), one("/b", {"e": 2}, 404)),
        recording(one("/a/1", "no", 404), one("/a/2", {"e": 1}, 404), one("/b", "none", 404)),
        [
            Sighting("GET /a/{a_id}", "$", "of the error: JSON became not JSON", Support(2, 1, 1), '{"e":1}', "no"),
            Sighting("GET /b", "$", "of the error: JSON became not JSON", Support(1, 1, 1), '{"e":2}', "none"),
        ],
    ),
    (error_body_changed, "of a success", answers({"a": 1}), answers("plain"), []),
    (
        text_changed,
        "of two operations",
        recording(one("/a/1", "x"), one("/a/2", "y"), one("/b", "z")),
        recording(one("/a/1", "X"), one("/a/2", "y"), one("/b", "Z")),
        [
            Sighting("GET /a/{a_id}", "$", "the body, which is not JSON, differs", Support(2, 1, 1), "x", "X"),
            Sighting("GET /b", "$", "the body, which is not JSON, differs", Support(1, 1, 1), "z", "Z"),
        ],
    ),
    (text_changed, "into JSON", answers("x"), answers({"a": 1}), []),
    (text_changed, "not at all", answers("x"), answers("x"), []),
]


@pytest.mark.parametrize(
    ("detect", "old", "new", "expected"),
    [pytest.param(detect, *row, id=f"{detect.__module__.rpartition('.')[2]}: {what}") for detect, what, *row in SEEN],
)
def test__detect__in_a_study__says_what_it_saw(
    detect: Detect, old: Recording, new: Recording, expected: list[Sighting]
) -> None:
    assert list(detect(study(old, new), frozenset())) == expected
