"""Made-up checks that every writer is fed with: a common one, and one whose every word is hostile."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from harness.model.change import Change, Level, Place, Support, Undone, fingerprint
from harness.model.outcome import FaultyRuns, PluginRun, Result, Shot, Side, Verdict
from harness.model.reads import Need, Op, OperationUse, PlaceUse
from harness.model.rule import Rule
from harness.model.summary import Accepted, Accounting, Agreement, CheckSummary, DiffSummary, ShimSummary
from harness.report.findings import worst_first

# Any findings at all are tried without a deadline: how long one takes says more of the machine's load than of the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
TYPE_ERROR = "TypeError: Cannot read properties of undefined (reading 'forEach')"
TABLE = "GET /{database}/{table}.json"
MAPPING = """\
schema: backfit/shim/v1
system: {name: datasette, old: 0.64.8, new: 1.0a41}
operations:
  - match: GET /{database}/{table}.json
    response:
      # the newest rows lead
      - copy: {from: "$.rows[0]~", to: $.columns}        # evidence: 22 of 22 pairs, 9 distinct values
      - objects-to-rows: {at: "$.rows", columns: $.columns}
    lost: [{path: $.columns, when: $.rows is empty}]
"""
HOSTILE = "</script><img src=x onerror=alert(1)>\"'\u2028\u202egnp\x1b[31m\x00\n{{ 7 * 7 }} [bold red] שלום"

DEEP: list[object] = []
for _ in range(900):
    DEEP = [DEEP]


def png(colour: tuple[int, int, int], width: int = 64, height: int = 40) -> bytes:
    """A real PNG of one colour."""

    def chunk(tag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    pixels = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One real Chromium for a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    """A run's folder with the three screenshots."""
    folder = tmp_path / "run"
    for name, colour in (("old", (60, 130, 90)), ("new", (190, 70, 60)), ("shimmed", (60, 100, 170))):
        (folder / name).mkdir(parents=True)
        (folder / name / "product.png").write_bytes(png(colour))
    return folder


@pytest.fixture
def bike_shop(run_folder: Path) -> CheckSummary:
    """The case of DESIGN.md section 10."""
    return CheckSummary(
        run_id="20260302-0900-bike-shop",
        environment="bike-shop",
        customer="Bike shop",
        system="datasette",
        old_version="0.64.8",
        new_version="1.0a41",
        plugin="datasette-chartjs",
        plugin_version="0.2.0",
        driver="docker",
        driver_reason="an engine answers",
        browser="chromium 156.0.8078.79",
        verdict=Verdict.BROKEN_SHIMMED,
        folder=str(run_folder),
        started="2026-03-02T09:00:00+00:00",
        runs=_runs(),
        changes=_changes(),
        shim=_shim(),
        accounting={
            "old-1": Accounting(31, 22, {"document or asset of the page (not an API call)": 9}),
            "new-1": Accounting(31, 22, {"document or asset of the page (not an API call)": 9}),
        },
        seconds={"prepare": 41.2, "record": 6.31, "replay": 1.94, "learn": 0.42, "verify": 5.5},
        notes=("the clock of the host was not changed",),
        uses=_uses(),
    )


@pytest.fixture
def faulty(bike_shop: CheckSummary) -> CheckSummary:
    """A plugin that works on a clean network, and comes and goes on the customer's."""
    faults = "plugin-system: 20 % of connections reset"
    runs = (
        FaultyRuns(Side.OLD, 5, 0, {}, faults),
        FaultyRuns(Side.NEW, 5, 2, {"TimeoutError <b>": 2}, faults),
    )
    return replace(bike_shop, verdict=Verdict.FLAKY, faulty=runs)


@pytest.fixture
def hostile(bike_shop: CheckSummary) -> CheckSummary:
    """The same check with hostile text wherever a stranger has a say, and very long text in places."""
    runs = tuple(
        replace(
            run,
            headline=HOSTILE,
            observations={HOSTILE: HOSTILE, "deep": DEEP, "long": "x" * 5000, "run": run.side.value},
            page_errors=(HOSTILE + "\n    at stack", "y" * 20000),
            console_errors=(HOSTILE,),
            screenshots=(Shot(HOSTILE, run.screenshots[0].file), Shot("gone", "gone.png"), Shot("out", "../../secret")),
        )
        for run in bike_shop.runs
    )
    changes = tuple(
        replace(
            change,
            title=HOSTILE,
            operation=HOSTILE,
            path=f"$[{HOSTILE}]",
            message=HOSTILE,
            reason=HOSTILE,
            how=HOSTILE,
            old={HOSTILE: [HOSTILE, "z" * 9000]},
            new=["\ud800 lone", DEEP],
            facts={"paths": (("a", Side.OLD), 3), "bytes": b"\xff"},
        )
        for change in bike_shop.changes
    )
    assert bike_shop.shim is not None
    shim = replace(
        bike_shop.shim,
        file=HOSTILE,
        mapping=f"{MAPPING}# {HOSTILE}\nkey: '{HOSTILE}\n<img src=x onerror=alert(2)>\n<b>: <i>\n",
        lost=(HOSTILE,),
        ambiguous=(HOSTILE, "w" * 3000),
        agreement=(replace(bike_shop.shim.agreement[0], operation=HOSTILE),),
    )
    return replace(
        bike_shop,
        environment=HOSTILE,
        customer=HOSTILE,
        system=HOSTILE,
        old_version=HOSTILE,
        new_version=HOSTILE,
        plugin=HOSTILE,
        driver_reason=HOSTILE,
        browser=HOSTILE,
        runs=runs,
        changes=changes,
        shim=shim,
        notes=(HOSTILE,),
        accounting={HOSTILE: Accounting(3, 1, {HOSTILE: 1})},
        uses=tuple(
            OperationUse(
                HOSTILE,
                3,
                (
                    PlaceUse(HOSTILE, {Op.READ: 2**70}, (HOSTILE, "w" * 3000), {"removed": Need.NEEDED}),
                    PlaceUse(f"$[{HOSTILE}]", {}),
                ),
                watched,
            )
            for watched in (True, False)
        ),
    )


@pytest.fixture
def upgrade(bike_shop: CheckSummary) -> DiffSummary:
    """The bike shop's changes as `backfit diff` finds them, with a risk that somebody must decide and an accepted one."""
    support = Support(22, 3, 2)
    changes = [*bike_shop.changes, *_undecided(support)]
    marked = [replace(each, fingerprint=fingerprint(each.kind, each.operation, each.path)) for each in changes]
    accepted = Accepted(replace(marked[0], level=Level.BREAK), "the plugin hides it", "Ann", "2027-01-31")
    return DiffSummary(
        old="recordings/old.har",
        new="recordings/new.har",
        findings=tuple(worst_first(marked[1:])),
        pairs=22,
        accepted=(accepted,),
        skipped={"no response was recorded": 3},
        rules={
            "field-removed": Rule(
                "field-removed", "field removed", Level.BREAK, "A field that OLD had is gone.", '{"a": 1, "b": 2}',
                '{"a": 1}', "Nothing brings it back.", "Tell the plugin's vendor.", False, number=1,
            )
        },
        notes=("2 of 4 operations are not in reads.yaml",),
    )  # fmt: skip


@pytest.fixture
def hostile_upgrade(hostile: CheckSummary, upgrade: DiffSummary) -> DiffSummary:
    """The same with hostile words wherever a stranger has a say, values of 1 MB, and values that lie 1,000 deep."""
    changes = tuple(
        replace(
            change,
            kind=HOSTILE if at == 1 else change.kind,
            question=HOSTILE,
            fingerprint=HOSTILE,
            places=tuple(Place(HOSTILE, f"$.{number}{HOSTILE}") for number in range(300)),
            old={"deep": DEEP, "long": "x" * 1_000_000, "same": [HOSTILE], HOSTILE: 1},
            new={"deep": [DEEP], "long": "x" * 999_999 + "y", "same": [HOSTILE], HOSTILE: 2**70},
        )
        for at, change in enumerate(hostile.changes)
    )
    rule = Rule(HOSTILE, HOSTILE, Level.BREAK, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, True)
    return replace(
        upgrade,
        old=HOSTILE,
        new=HOSTILE,
        findings=tuple(worst_first(changes)),
        accepted=(Accepted(changes[0], HOSTILE, HOSTILE, HOSTILE),),
        skipped={HOSTILE: 3},
        rules={HOSTILE: rule, "field-removed": rule},
        notes=(HOSTILE,),
    )


def _uses() -> tuple[OperationUse, ...]:
    """What the plugin reads of the table, of a log that it writes and forgets, and of a call that nobody watched."""
    needed, tolerated = Need.NEEDED, Need.TOLERATED
    script = "/-/static-plugins/chartjs/chart.js"
    places = (
        PlaceUse("$.columns", {Op.READ: 44}, (f"{script}:31:12",), {"removed": needed, "null": needed}),
        PlaceUse("$.columns[*]", {Op.READ: 160, Op.ENUMERATED: 8}, (f"{script}:32:20",)),
        PlaceUse("$.facets", {Op.MISSING: 22}),
        PlaceUse("$.private", {Op.COPIED: 22}, (f"{script}:20:9",), {"removed": tolerated}),
        PlaceUse("$.rows", {Op.READ: 22}, (f"{script}:29:5", f"{script}:41:5"), {"removed": needed}),
        PlaceUse("$.rows[*]", {Op.READ: 4400}, (), {"removed": tolerated, "null": needed, "retyped": Need.UNOBSERVED}),
        PlaceUse("$.rows[*][*]", {Op.READ: 44000}, (f"{script}:33:9",)),
        PlaceUse("header etag", {}, (), {"removed": tolerated}),
    )
    return (
        OperationUse(TABLE, 22, places, watched=True),
        OperationUse("POST /-/log", 1, (), watched=True),
        OperationUse("CALL /System/getUser", 2, (PlaceUse("$.email", {}, (), {"removed": needed}),)),
    )


def _undecided(support: Support) -> tuple[Change, ...]:
    return (
        Change(
            "value-changed", "value changed", Level.RISK, TABLE, "$.facets[*]", "the value differs in 3 answers",
            "reads.yaml names $.facets as a whole", support,
            old={"name": "category", "count": 12, "values": [{"id": 1, "n": 7}, {"id": 2, "n": 5}]},
            new={"name": "category", "count": 12.5, "values": [{"id": 1, "n": 7}, {"id": 3, "n": 5}], "more": False},
            places=(Place(TABLE, "$.facets[*]"), Place("GET /{database}/top_products.json", "$.facets[*]")),
            undone=Undone.LOST, question="does the plugin look inside $.facets[*]?",
        ),
    )  # fmt: skip


def _runs() -> tuple[PluginRun, ...]:
    works = {"product": {"chart": True, "points": 20, "axes": ["id", "price", "stock"]}, "title": "shop: product"}
    broken = {"product": {"chart": False, "points": 0, "axes": []}, "title": "shop: product"}
    error = f"{TYPE_ERROR}\n    at renderChart (/-/static-plugins/datasette_chartjs/chart.js:31:20)"
    return (
        PluginRun(
            Side.OLD, Result.WORKS, "2 pages, 4 calls, chart with 20 points", works,
            screenshots=(Shot("product", "old/product.png"),), calls=4, seconds=3.1,
        ),
        PluginRun(
            Side.NEW, Result.BROKEN, TYPE_ERROR, broken, page_errors=(error,),
            console_errors=("Failed to load resource: 404 (Not Found)",),
            screenshots=(Shot("product", "new/product.png"),), calls=4, seconds=3.4,
        ),
        PluginRun(
            Side.SHIMMED, Result.WORKS, "the same outcome as on old", works,
            screenshots=(Shot("product", "shimmed/product.png"),), calls=4, seconds=3.3,
        ),
    )  # fmt: skip


def _changes() -> tuple[Change, ...]:
    support = Support(22, 22, 9)
    removed = tuple(
        Change(
            "field-removed", "field removed", Level.INFO, TABLE, f"$.{name}", f"`{name}` is gone",
            "not read by the plugin", support, old=value,
        )
        for name, value in (("private", False), ("query_ms", 1.84), ("units", {}), ("human_description_en", "250 rows"))
    )  # fmt: skip
    return (
        *removed,
        Change(
            "field-added", "field added", Level.INFO, TABLE, "$.ok", "`ok` is new", "not read by the plugin", support,
            new=True,
        ),
        Change(
            "rows-became-objects", "rows of lists became objects", Level.BREAK, TABLE, "$.rows[*]",
            "each row was a list in the order of `$.columns` and is an object now", "the plugin reads `$.rows[*][*]`",
            support, old=[1, "Roadster 3", 899.0, 7], new={"id": 1, "name": "Roadster 3", "price": 899.0, "stock": 7},
            undone=Undone.UNDONE,
        ),
        Change(
            "field-removed", "field removed", Level.BREAK, TABLE, "$.columns", "`columns` is gone",
            "the plugin reads it", support, old=["id", "name", "price", "stock"],
            undone=Undone.UNDONE, how="from the keys of $.rows[0]; lost where rows is empty",
        ),
    )  # fmt: skip


def _shim() -> ShimSummary:
    return ShimSummary(
        file="shims/datasette-chartjs/0.64.8..1.0a41.shim.yaml",
        steps=2,
        pairs=22,
        mapping=MAPPING,
        lost=("$.columns, when $.rows is empty",),
        agreement=(
            Agreement(TABLE, 18, 1960, 310, 1954, 2, 4, 0),
            Agreement("GET /{database}/top_products.json", 4, 212, 212, 212, 0, 0, 0),
        ),
    )
