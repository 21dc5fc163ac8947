from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.changes.study import study
from harness.declared.load import load_declared
from harness.model.exchange import Request
from harness.probing.declared import Declared
from harness.probing.offline import Undecided, with_declared_requests
from harness.schema.discriminators import discriminator
from harness.shims.learn import shim_from
from harness.shims.program import Program
from tests.probing.shops import LISTS, Asked, old, recorded
from tests.probing.test_declared import Paths, document, listing

REFUSED: Asked = lambda *asked: (404, {"error": "gone"})  # noqa: E731


def forwarded(folder: Path, paths: Paths, target: str, new: Asked = REFUSED) -> tuple[str, list[Undecided]]:
    found, undecided = with_declared_requests(
        study(recorded(old, *LISTS), recorded(new, *LISTS)), Declared(load_declared(document(folder, paths)))
    )
    program = Program(shim_from(found), discriminator)
    request = program.forward(Request("GET", f"http://x.test{target}"))
    return request.url.removeprefix("http://x.test"), undecided


LISTING = listing("page>=1", "per_page", "sort|id|-id|title|-title|views|-views", "tag")
TARGET = "/api/1/items?_start=30&_end=35&_sort=views&_order=DESC"


def test__declared__a_list_in_pages__is_forwarded_so_without_one_call(tmp_path: Path) -> None:
    paths = {"/api/2/items": LISTING}
    assert forwarded(tmp_path, paths, TARGET) == ("/api/2/items?page=7&per_page=5&sort=-views", [])


def test__declared__two_places_that_fit__are_told_and_none_is_taken(tmp_path: Path) -> None:
    paths = {f"/api/{n}/items": LISTING for n in (2, 3)}
    url, [undecided] = forwarded(tmp_path, paths, TARGET)
    assert url == TARGET
    assert [str(each).partition(";")[0] for each in undecided.candidates] == ["GET /api/2/items", "GET /api/3/items"]


@pytest.mark.parametrize(
    "paths",
    [{"/api/2/items": listing("page", "per_page", "tag")}, {"/api/2/others": listing("page")}],
    ids=["a parameter is left over", "no such path"],
)
def test__declared__what_leaves_something_over__is_not_taken(tmp_path: Path, paths: Paths) -> None:
    assert forwarded(tmp_path, paths, TARGET) == (TARGET, [])


def test__declared__calls_that_new_answers_as_before__stay_as_they_are(tmp_path: Path) -> None:
    paths = {"/api/2/items": LISTING}
    assert forwarded(tmp_path, paths, TARGET, new=old) == (TARGET, [])


def test__declared__calls_whose_rewriting_the_pairs_show__are_left_to_them(tmp_path: Path) -> None:
    def new(method: str, path: str, query: Any, body: Any) -> tuple[int, Any]:
        return old(method, path, query, body)

    ours, theirs = recorded(old, *LISTS), recorded(new, *(each.replace("_sort", "_by") for each in LISTS))
    before = study(ours, theirs)
    paths = {"/api/2/items": LISTING}
    after, undecided = with_declared_requests(before, Declared(load_declared(document(tmp_path, paths))))
    assert (after.rewritings, undecided) == (before.rewritings, [])
    assert json.dumps([each.forward for each in after.rewritings]) == '[""]'
