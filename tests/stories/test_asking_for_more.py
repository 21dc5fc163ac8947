"""Datasette 1.0 leaves out what 0.64 said, and gives it back to who asks with `_extra`: found by asking a real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.changes.study import study
from harness.environments.load import load_environment
from harness.environments.process import ProcessDriver
from harness.environments.spec import SideName
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.probing.asking import Asker
from harness.probing.probe import probe
from harness.probing.recorded import recorded_on
from harness.replay.replay import replay
from harness.schema.discriminators import discriminator
from harness.shims.learn import shim_from
from harness.shims.program import Program

ROOT = Path(__file__).parents[2]
PATHS = (
    "product.json",
    "category.json",
    "customer.json?_size=5",
    "product.json?_size=7",
    "order_line.json?_size=3",
    "log.json",
)
UNSEEN = "order.json?_size=4"


def json_of(response: Response) -> Any:
    return json.loads(response.body)


def silent(text: str) -> None:
    """Nobody waits for progress here."""


@pytest.fixture
def urls() -> Iterator[dict[SideName, str]]:
    environment = load_environment(ROOT / "environments/bike-shop")
    driver = ProcessDriver("asking-for-more")
    running = {}
    try:
        for side in ("old", "new"):
            driver.prepare(environment, side, silent)
            running[side] = driver.start(environment, side, silent)
        yield {side: system.url for side, system in running.items()}
    finally:
        for system in running.values():
            system.stop()


def recorded(url: str, *paths: str) -> Recording:
    calls = (Exchange(Request("GET", f"http://system.test/shop/{path}"), Response(200), id=path) for path in paths)
    return replay(Recording(tuple(calls)), url).recording


@pytest.mark.slow
def test__datasette__asked_for_more__gives_columns_and_count_on_a_table_never_seen(urls: dict[SideName, str]) -> None:
    old, asker = recorded(urls["old"], *PATHS), Asker(urls["new"], 400)
    probed = probe(old, asker)
    program = Program(shim_from(study(old, recorded_on(probed, asker, silent))), discriminator)

    [unseen] = recorded(urls["old"], UNSEEN).exchanges
    asked = program.forward(unseen.request)
    words = dict(asked.query)["_extra"].split(",")
    assert {"columns", "count", "primary_keys", "suggested_facets", "query"} <= set(words)
    [answered] = replay(Recording((Exchange(asked, Response(200)),)), urls["new"]).recording.exchanges
    assert answered.response is not None
    assert unseen.response is not None
    ours, theirs = (
        json_of(each) for each in (program.answer(unseen.request, answered.response).response, unseen.response)
    )
    for name in (
        "rows",
        "columns",
        "primary_keys",
        "filtered_table_rows_count",
        "truncated",
        "private",
        "database",
        "table",
    ):
        assert ours[name] == theirs[name], name
