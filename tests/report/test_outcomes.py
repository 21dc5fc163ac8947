from __future__ import annotations

from dataclasses import replace

import pytest

from harness.model.outcome import PluginRun, Result, Side
from harness.model.summary import CheckSummary
from harness.report.html import render_html
from harness.report.outcomes import Stood, complaints, stood, told

OLD = PluginRun(Side.OLD, Result.WORKS, "fine", snapshots={"cart": "- 3"}, pages={"/": "- main"})
NEW = PluginRun(Side.NEW, Result.BROKEN, "lost", page_errors=("p",), worker_errors=("w",), console_errors=("c",))


def test__complaints__of_a_run__are_all_the_most_telling_first() -> None:
    assert complaints(NEW) == ("p", "w", "c")
    assert complaints(OLD) == ()


@pytest.mark.parametrize(
    "kind", ["page_errors", "worker_errors", "console_errors", "failed_requests", "dialogs", "downloads"]
)
def test__told__of_each_kind__has_a_title(kind: str) -> None:
    [(title, messages)] = told(replace(OLD, **{kind: ("what was told",)}))
    assert (bool(title), messages) == (True, ("what was told",))


def test__stood__on_the_pages__stands_side_beside_side_the_scenarios_own_first() -> None:
    both = [OLD, replace(NEW, pages={"/": "- main"})]
    cart, page = stood(both)
    assert cart == Stood("cart", own=True, texts=((Side.OLD, "- 3"), (Side.NEW, None)))
    assert page == Stood("/", own=False, texts=((Side.OLD, "- main"), (Side.NEW, "- main")))
    assert (cart.differs, page.differs) == (True, False)


def test__page__of_a_check__shows_what_was_told_and_what_stood(bike_shop: CheckSummary) -> None:
    hostile = "</pre><script>alert(1)</script>"
    old, new, shimmed = bike_shop.runs
    runs = (
        replace(old, snapshots={"cart": "- text: 3 bikes"}, trace="trace-old.zip", exit_code=3),
        replace(new, snapshots={"cart": hostile}, worker_errors=(hostile,), dialogs=("alert: no",)),
        shimmed,
    )
    page = render_html(replace(bike_shop, runs=runs))
    for shown in (
        "- text: 3 bikes",
        "trace-old.zip",
        "exit code 3",
        "alert: no",
        "Errors in workers",
        "nothing of that name",
    ):
        assert shown in page
    assert "<script>alert" not in page
