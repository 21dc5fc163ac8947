from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.study import study
from harness.lens.step import write_step
from harness.model.exchange import Request
from harness.schema.discriminators import discriminator
from harness.shims.document import Moved, Shim
from harness.shims.elsewhere import common_requests, moved_prefixes
from harness.shims.learn import shim_from
from harness.shims.program import Program
from tests.shims.answers import answer, call, learned, program, recording
from tests.shims.answers import entry as entry_of

RENAME = {"rename": {"at": "$.query", "from": "_limit", "to": "size"}}


def pairs(*rows: tuple[str, str]) -> tuple[object, object]:
    old = recording(*((before, {"n": at}) for at, (before, _) in enumerate(rows)))
    new = recording(*((after, {"n": at}) for at, (_, after) in enumerate(rows)))
    return old, new


def limits(path: str, *, renamed: bool = True) -> list[tuple[str, str]]:
    return [(f"GET {path}?_limit={n}", f"GET {path}?{'size' if renamed else '_limit'}={n}") for n in (5, 10)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*limits("/a"), *limits("/b")], [RENAME]),
        ([*limits("/a")], []),
        ([*limits("/a"), *limits("/b"), *limits("/c", renamed=False)], []),
        ([*limits("/a"), *limits("/b"), ("GET /c", "GET /c")], [RENAME]),
    ],
    ids=["two operations", "one", "one goes without", "one that it does not touch"],
)
def test__common_requests__of_several_operations__are_their_shared_steps(
    rows: list[tuple[str, str]], expected: list[object]
) -> None:
    found = common_requests(study(*pairs(*rows)))  # type: ignore[arg-type]
    assert [write_step(each.step) for each in found] == expected
    assert all(each.evidence == "learned on 2 operations" for each in found)


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ({"/api/3/cpu": "/api/4/cpu", "/api/3/mem": "/api/4/mem"}, [("/api/3", "/api/4")]),
        ({"/api/3/cpu": "/api/4/cpu"}, []),
        ({"/api/3/cpu": "/api/4/cpu", "/api/3/mem": "/api/4/mem", "/api/3/all": "/api/3/all"}, []),
        ({"/api/3/cpu": "/api/4/cpu", "/api/3/mem": "/api/4/mem", "/api/3/x/y": "/api/4/x/value/y"}, [("/api/3", "/api/4")]),
        ({"/cpu": "/v2/cpu", "/mem": "/v2/mem"}, [("/", "/v2")]),
        ({"/v1/cpu": "/cpu", "/v1/mem": "/mem"}, [("/v1", "/")]),
        ({"/a/1/x": "/b/1/x", "/a/2/x": "/b/2/x"}, []),
        (
            {"/api/items": "/api/p/items", "/api/items/on": "/api/p/items/on", "/api/items/off": "/api/p/items/off",
             "/api/x": "/api/x"},
            [("/api/items", "/api/p/items")],
        ),
    ],
    ids=["version", "one", "one stays", "one moves further", "all", "to the root", "one operation with ids", "one resource"],
)  # fmt: skip
def test__moved_prefixes__that_moved_alike__hold_for_what_was_not_seen(
    moves: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    found = moved_prefixes(study(*pairs(*((f"GET {old}", f"GET {new}") for old, new in moves.items()))))  # type: ignore[arg-type]
    assert [(each.from_, each.to) for each in found] == expected


@pytest.mark.parametrize(
    ("prefix", "sent", "expected"),
    [
        (Moved("/api/3", "/api/4"), "/api/3/disk?x=/api/3", "/api/4/disk?x=/api/3"),
        (Moved("/api/3", "/api/4"), "/api/3", "/api/4"),
        (Moved("/api/3", "/api/4"), "/api/33/disk", "/api/33/disk"),
        (Moved("/", "/v2"), "/disk", "/v2/disk"),
        (Moved("/v1", "/"), "/v1/disk", "/disk"),
        (Moved("/api/3", "/api/4"), "/known", "/known"),
    ],
)
def test__forward__of_a_call_that_no_entry_knows__goes_where_its_prefix_moved(
    prefix: Moved, sent: str, expected: str
) -> None:
    shim = Shim(entries=(entry_of("GET /known"),), moved=(prefix,))
    assert Program(shim, discriminator).forward(call(f"GET {sent}")).url == f"http://system.test{expected}"


def test__forward__common_steps__are_for_calls_whose_entry_has_none() -> None:
    shim = Shim(
        entries=(entry_of("GET /own", request=learned({"drop": {"at": "$.query", "keys": ["_limit"]}})), entry_of("GET /a")),
        requests=learned(RENAME),
    )  # fmt: skip
    forward = Program(shim, discriminator).forward
    targets = [
        forward(call(f"GET {path}?_limit=5")).url.removeprefix("http://system.test") for path in ("/own", "/a", "/b")
    ]
    assert targets == ["/own", "/a?size=5", "/b?size=5"]


def test__shim__of_moves__leads_an_unseen_call() -> None:
    shim = shim_from(study(*pairs(("GET /api/3/cpu", "GET /api/4/cpu"), ("GET /api/3/mem", "GET /api/4/mem"))))  # type: ignore[arg-type]
    assert Program(shim, discriminator).forward(call("GET /api/3/disk")).path == "/api/4/disk"


def test__forward__without_anything_to_edit__is_the_request_itself() -> None:
    sent = Request("GET", "http://system.test/a?b=c d")
    assert program(entry_of("GET /x")).forward(sent) is sent


def test__moved_prefixes__tried_at_the_old_place_as_well__hold_where_that_is_gone() -> None:
    rows = [("/api/3/cpu", "/api/4/cpu", 200), ("/api/3/mem", "/api/4/mem", 200), ("/api/3/cpu", "/api/3/cpu", 404)]
    old = recording(*((f"GET {asked}", {"n": 1}) for asked, _, _ in rows))
    new = recording(*((f"GET {asked}", {"n": 1}) for _, asked, _ in rows))
    answered = tuple(
        replace(each, response=answer({"n": 1}, status=status))
        for each, (_, _, status) in zip(new.exchanges, rows, strict=True)
    )
    studied = study(old, replace(new, exchanges=answered))
    assert [(each.from_, each.to) for each in moved_prefixes(studied)] == [("/api/3", "/api/4")]
    entries = shim_from(studied).entries
    assert all(each.request or each.response or each.lost or each.rewrite is not None for each in entries)


def test__shim__of_a_place_that_serves_nothing__has_no_entry_that_leads_there() -> None:
    asked = [("/a", "/gone/a", 404), ("/a", "/a", 200)]
    old = recording(*((f"GET {sent}", {"n": 1}) for sent, _, _ in asked))
    new = recording(*((f"GET {sent}", {"n": 1}) for _, sent, _ in asked))
    answered = tuple(
        replace(each, response=answer({"n": 1}, status=status))
        for each, (_, _, status) in zip(new.exchanges, asked, strict=True)
    )
    shim = shim_from(study(old, replace(new, exchanges=answered)))
    assert [entry for entry in shim.entries if entry.forward and not entry.lost] == []
    assert Program(shim, discriminator).forward(call("GET /a")).path == "/a"
