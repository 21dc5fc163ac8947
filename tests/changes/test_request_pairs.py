from __future__ import annotations

import pytest

from tests.changes.calls import Call, call, rewritten


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["GET /a?q=1"] * 3, ["GET /a?q=1"] * 3),
        ([f"GET /a/{n}" for n in (1, 2)], [f"GET /a/{n}" for n in (101, 102)]),
        ([call("GET /a", cookie="a=1", host="x")] * 2, [call("GET /a", cookie="b=2", host="y")] * 2),
        ([call("GET /a", authorization="Bearer abc")] * 2, [call("GET /a", authorization="Bearer xyz")] * 2),
        (
            [call("POST /a", content_type="multipart/form-data; boundary=1")],
            [call("POST /a", content_type="multipart/form-data; boundary=2")],
        ),
    ],
    ids=["the same", "own ids", "own headers", "own credentials", "own boundaries"],
)
def test__rewriting__of_calls_that_are_asked_alike__is_none(old: list[Call], new: list[Call]) -> None:
    assert rewritten(old, new) == []


def test__rewriting__of_one_credential__changes_its_scheme() -> None:
    old = [call(f"GET /a?n={n}", authorization=f"Token abc{n}") for n in range(3)]
    new = [call(f"GET /a?n={n}", authorization=f"Bearer abc{n}") for n in range(3)]
    [found] = rewritten(old, new)
    assert [(each.at, each.kind.id) for each in found.explained] == [
        (("header", "authorization"), "response-property-affix-changed")
    ]
