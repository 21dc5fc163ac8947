from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest

from harness.model.exchange import Exchange
from harness.schema.operations import learn_operations
from harness.schema.path_tree import MANY_VALUES, Level
from harness.schema.segments import cut
from tests.schema.exchanges import call

TABLE = dict.fromkeys(["database", "table", "columns", "rows"])
ROW = dict.fromkeys(["database", "table", "primary_keys", "rows"])


def templates(answers: Mapping[str, Any]) -> dict[str, str]:
    """Path to learned template. An answer of None stands for a 404."""
    exchanges = [call(path, answer, status=404 if answer is None else 200) for path, answer in answers.items()]
    operations = learn_operations(exchanges)
    return {exchange.request.path: operations.of(exchange.request).template for exchange in exchanges}


def test__grow__ids__are_variables_at_once() -> None:
    assert templates({"/articles/7": {"a": 1}, "/articles/7/tags": ["x"], "/articles": []}) == {
        "/articles/7": "/articles/{article_id}",
        "/articles/7/tags": "/articles/{article_id}/tags",
        "/articles": "/articles",
    }


def test__grow__names_that_answer_alike__become_a_variable() -> None:
    answers = {f"/shop/{table}.json": {**TABLE, "rows": table} for table in ("product", "customer", "order")}
    assert set(templates(answers).values()) == {"/shop/{shop_id}.json"}


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"/shop/product.json": TABLE, "/shop/customer.json": TABLE}, id="only two values"),
        pytest.param(
            {f"/api/{name}": {f"{name}_a": 1, f"{name}_b": 2} for name in ("cpu", "mem", "load")}, id="shapes"
        ),
        pytest.param({f"/api/{name}": "text" for name in ("now", "uptime", "status")}, id="scalars"),
        pytest.param({f"/api/{name}": [] for name in ("alerts", "disks", "containers")}, id="empty lists"),
        pytest.param({f"/api/{name}": {"data": 1} for name in ("a", "b", "c")}, id="one key"),
        pytest.param({f"/api/v{number}/posts": TABLE for number in (1, 2, 3)}, id="versions"),
        pytest.param({f"/shop/{name}.json": None for name in ("a", "b", "c")}, id="only failures"),
        pytest.param({f"/{mark}/x": TABLE for mark in ("-", "_", "~")}, id="punctuation"),
        pytest.param({"/shop/a.json": TABLE, "/shop/b.json": TABLE, "/shop/c.csv": TABLE}, id="different suffixes"),
    ],
)
def test__grow__names_without_evidence__stay_names(answers: dict[str, Any]) -> None:
    assert all(path == template for path, template in templates(answers).items())


def test__grow__lists_in_one_envelope__items_that_differ_keep_them_apart() -> None:
    page = dict.fromkeys(["count", "next", "previous", "results"])
    answers: dict[str, Any] = {f"/api/{name}": page for name in ("users", "groups", "orders")}
    assert len(set(templates(answers).values())) == 1
    items = {f"/api/{name}/1": {"id": 1, f"{name}_x": 2, f"{name}_y": 3} for name in ("users", "groups", "orders")}
    assert templates(answers | items) == {
        **{path: path for path in answers},
        "/api/users/1": "/api/users/{user_id}",
        "/api/groups/1": "/api/groups/{group_id}",
        "/api/orders/1": "/api/orders/{order_id}",
    }


def test__grow__one_that_answers_lists_of_another_kind__stays_apart() -> None:
    page = dict.fromkeys(["first", "last", "items", "data"])
    exchanges = [call(f"/{name}?page=1", page) for name in ("posts", "users", "tags")]
    exchanges += [call(f"/{name}", [{"id": 1, f"{name}_x": 2}]) for name in ("posts", "users", "tags")]
    operations = learn_operations(exchanges)
    assert {operations.of(exchange.request).template for exchange in exchanges} == {"/posts", "/users", "/tags"}


def test__grow__tables_and_their_rows__are_one_engine() -> None:
    tables = {f"/shop/{table}.json": TABLE for table in ("product", "customer", "order")}
    rows = {
        f"/shop/{table}/{key}.json": ROW for table, key in (("product", 7), ("order", 12), ("customer", "a%40b.org"))
    }
    missing = {"/shop/nope.json": None, "/shop/order/none.json": None}
    found = templates({**tables, **rows, **missing, "/shop/top.json": {"query": 1, "other": 2, "rows": 3}})
    assert found["/shop/nope.json"] == "/shop/{shop_id}.json"
    assert found["/shop/order/none.json"] == "/shop/{shop_id}/{id}.json"
    assert found["/shop/top.json"] == "/shop/top.json"
    assert {found[path] for path in rows} == {"/shop/{shop_id}/{id}.json"}


def test__grow__a_key_that_repeats_the_path__is_evidence() -> None:
    answers = {f"/cpu/{item}": {item: 1.5} for item in ("total", "idle", "user")}
    assert set(templates({**answers, "/cpu/nosuch": None}).values()) == {"/cpu/{cpu_id}"}


def test__grow__a_name_beside_ids__joins_them_only_when_it_answers_alike() -> None:
    user = dict.fromkeys(["id", "name", "mail"])
    found = templates({"/users/1": user, "/users/2": user, "/users/me": user, "/users/count": {"total": 2, "new": 1}})
    assert found["/users/me"] == "/users/{user_id}"
    assert found["/users/count"] == "/users/count"


def test__grow__names_of_one_shape_beside_ids_of_another__stay_names() -> None:
    ids = {f"/jobs/{number}/log": {"lines": 1, "size": 2} for number in (1, 2)}
    names = {f"/jobs/{name}": {"count": 1, "oldest": 2} for name in ("waiting", "running", "done")}
    found = templates({**ids, **names, "/jobs/1/log/ann@a.org": "x"})
    assert {path for path, template in found.items() if path == template} == set(names)
    assert found["/jobs/1/log/ann@a.org"] == "/jobs/{job_id}/log/{log_id}"


@pytest.mark.parametrize(("count", "variable"), [(MANY_VALUES, False), (MANY_VALUES + 1, True)])
def test__grow__many_names_without_json__become_a_variable(count: int, variable: bool) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = templates({f"/photos/{letters[number] * 3}.png": "image" for number in range(count)})
    assert (set(found.values()) == {"/photos/{photo_id}.png"}) == variable


def test__grow__a_version_called_alone_too__is_still_a_version() -> None:
    found = templates({"/api/3": {"ok": 1}, "/api/3/cpu": {"a": 1}, "/api/3/mem": {"b": 2}})
    assert all(path == template for path, template in found.items())


def test__grow__versions__are_learned_each_on_its_own() -> None:
    answers = {f"/api/v{number}/shop/{table}": TABLE for number in (1, 2, 3) for table in ("product", "order", "log")}
    assert set(templates(answers).values()) == {f"/api/v{number}/shop/{{shop_id}}" for number in (1, 2, 3)}


def test__grow__any_order__learns_the_same() -> None:
    answers = {f"/shop/{table}.json": TABLE for table in ("product", "customer", "order", "log")}
    answers |= {f"/shop/{table}/{key}": ROW for table in ("product", "order", "log") for key in (1, 2)}
    exchanges: list[Exchange] = [call(path, answer) for path, answer in answers.items()]
    trees = []
    for seed in range(5):
        random.Random(seed).shuffle(exchanges)
        trees.append(learn_operations(exchanges).tree)
    assert all(tree == trees[0] for tree in trees)


@pytest.mark.timeout(30)
def test__grow__deep_and_broad_paths__ends() -> None:
    deep = {"/" + "/".join(f"{'xyz'[n % 3]}{depth}" for depth in range(500)): TABLE for n in range(3)}
    broad = {f"/{a}/{b}/{c}/{d}": TABLE for a in "abcd" for b in "efgh" for c in "ijkl" for d in "mnop"}
    assert set(templates({**deep, **broad}).values()) >= {"/{id}/{id2}/{id3}/{id4}"}


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/", "/"),
        ("/unseen/7", "/unseen/{unseen_id}"),
        ("/unseen/7/8", "/unseen/{unseen_id}/{id}"),
        ("/unseen/name", "/unseen/name"),
        ("/a{b}/c", "/a%7Bb%7D/c"),
    ],
)
def test__template__of_what_was_never_seen__goes_by_its_looks(path: str, template: str) -> None:
    assert Level().template(cut(path)) == template
