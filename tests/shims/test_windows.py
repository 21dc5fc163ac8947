from __future__ import annotations

import pytest

from harness.changes.study import study
from harness.lens.step import write_step
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import Json, serialize
from harness.schema.discriminators import discriminator
from harness.shims.document import Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program
from tests.shims.answers import JSON, answer, call

POSTS = [{"id": at, "title": f"title {at}"} for at in range(45)]
WINDOWS = [(0, 10), (10, 20), (20, 40), (40, 50), (0, 25)]


def recording(calls: list[tuple[str, Json]]) -> Recording:
    return Recording(
        tuple(
            Exchange(
                Request("GET", f"http://system.test{target}"), Response(200, (JSON,), serialize(body)), id=f"c{at}"
            )
            for at, (target, body) in enumerate(calls)
        )
    )


def learned(*, wrapped: bool = False, two: bool = False) -> Shim:
    """A shim of windows that became pages in an envelope."""

    def old(start: int, end: int) -> Json:
        rows: Json = POSTS[start:end]
        return ({"rows": rows, "tags": []} if two else {"rows": rows}) if wrapped else rows

    def new(start: int, end: int) -> Json:
        return {"items": POSTS[start:end], "tags": []} if two else {"items": POSTS[start:end]}

    asked = [(f"/posts?_start={start}&_end={end}", old(start, end)) for start, end in WINDOWS]
    sizes = [(start, end, end - start) for start, end in WINDOWS]
    paged = [(f"/posts?page={start // size + 1}&size={size}", new(start, end)) for start, end, size in sizes]
    return shim_from(study(recording(asked), recording(paged)))


@pytest.mark.parametrize("window", [(5, 12), (0, 10), (13, 14), (40, 50), (44, 60), (50, 60)])
@pytest.mark.parametrize("wrapped", [False, True])
def test__covering__a_window_that_is_no_page__comes_out_as_on_old(window: tuple[int, int], wrapped: bool) -> None:
    program = Program(learned(wrapped=wrapped), discriminator)
    asked = call(f"GET /posts?_start={window[0]}&_end={window[1]}")
    sent = dict(program.forward(asked).query)
    page, size = int(sent["page"]), int(sent["size"])
    given = answer({"items": POSTS[(page - 1) * size : page * size]})
    rows = POSTS[window[0] : window[1]]
    assert program.answer(asked, given).response.body == serialize({"rows": rows} if wrapped else rows)


def test__covering__where_two_lists_may_be_the_rows__is_not_done() -> None:
    [entry] = learned(wrapped=True, two=True).entries
    assert [write_step(each.step)["page"].get("cover", False) for each in entry.request] == [False]
    assert all(each.step.name != "cut" for each in entry.response)


def test__covering__beside_a_list_that_is_longer_than_the_window__cuts_the_other() -> None:
    tags = [f"tag {at}" for at in range(60)]
    old = [(f"/posts?_start={a}&_end={b}", {"rows": POSTS[a:b], "tags": tags}) for a, b in WINDOWS]
    new = [(f"/posts?page={a // (b - a) + 1}&size={b - a}", {"items": POSTS[a:b], "tags": tags}) for a, b in WINDOWS]
    [entry] = shim_from(study(recording(old), recording(new))).entries
    assert [write_step(each.step) for each in entry.response if each.step.name == "cut"] == [
        {"cut": {"at": "$.rows", "start": "_start", "end": "_end"}}
    ]
