"""The contracts of real plugins, held against their sources: what they read, by which line, and what ablation finds needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.contract.reading import read_contract
from harness.model.reads import Need, Op
from tests.stories.shop import Shop

ROOT = Path(__file__).parents[2]

Reads = dict[str, dict[str, tuple[str, ...]]]
"""Operation to how a place is used to the places; the reason is the line of the source beside it."""

BIKE_SHOP: Reads = {
    operation: {
        "read": (
            "$.columns",  # this.state.data.columns.forEach(…): axis options, and a data set for each
            "$.columns[*]",  # option.innerText = element
            "$.rows",  # this.state.data.rows.forEach((row) => …
            "$.rows[*]",  # … row.forEach((datapoint, index) => …
            "$.rows[*][*]",  # … labels.push(datapoint)
        )
    }
    for operation in ("GET /shop/product.json", "GET /shop/top_products.json")
}

HOME_MONITOR: Reads = {
    "GET /api/3/all": {
        "read": (
            "status",  # if response.status_code == httpx.codes.OK
            "$.fs",  # if disks := self.data.get("fs")
            "$.fs[*].free",  # disk.get("free") or …
            "$.fs[*].used",
            "$.fs[*].mnt_point",
            "$.fs[*].percent",
            "$.sensors",  # if data := self.data.get("sensors"): none on a machine without
            "$.mem",
            "$.mem.percent",
            "$.mem.used",
            "$.mem.free",
            "$.memswap",
            "$.memswap.percent",
            "$.memswap.used",
            "$.memswap.free",
            "$.load",
            "$.load.min15",  # data.get("min15") or self.data["cpu"]["total"]
            "$.processcount",
            "$.processcount.running",
            "$.processcount.total",
            "$.processcount.thread",
            "$.processcount.sleeping",
            "$.quicklook",
            "$.quicklook.cpu",
            "$.network",
            "$.network[*].interface_name",
            "$.network[*].is_up",
            "$.network[*].rx",
            "$.network[*].tx",
            "$.network[*].speed",
            "$.uptime",
        ),
    }
}
MAY_BE: Reads = {
    "GET /api/3/all": {
        "read": (
            "$.fs[*].size",  # … or (disk["size"] - disk["used"]): where a disk is full
            "$.cpu",  # … or self.data["cpu"]["total"]: where the load was 0
            "$.cpu.total",
            "$.docker",  # "docker" in self.data and …: where there is one
            "$.docker.containers",
            "$.raid",  # if data := self.data.get("raid")
            "$.sensors[*].label",
            "$.sensors[*].type",
            "$.sensors[*].value",
        ),
    }
}
"""What is read on some machines only."""

BACK_OFFICE: Reads = {
    "GET /posts": {
        "read": ("header x-total-count", "status"),  # headers.get('x-total-count').split('/').pop()
        "serialised": ("$[*].id", "$[*].title", "$[*].tags[*]", "$[*].views"),  # data: json, which the scenario prints
    },
    "GET /comments": {"read": ("header x-total-count", "status"), "serialised": ("$[*].author", "$[*].id")},
    "GET /users": {"read": ("status",), "serialised": ("$[*].name",)},
    "PUT /posts/{post_id}": {
        "read": ("$.id", "status"),
        "serialised": ("$.title",),
    },  # responses.map(({ json }) => json.id)
    "POST /posts": {"read": ("status",), "copied": ("$.id", "$.title")},  # { ...params.data, ...json }
    "DELETE /comments/{comment_id}": {"read": ("status",), "missing": ("$.id",)},  # json.id, of an empty answer
}


def used(contract: Path) -> dict[str, dict[str, dict[Op, int]]]:
    """Operation to place to ops."""
    return {
        each.operation: {place.place: dict(place.ops) for place in each.places}
        for each in read_contract(contract).used()
    }


def recorded(workspace: Shop, name: str) -> dict[str, dict[str, dict[Op, int]]]:
    result = workspace.run("record", str(ROOT / "environments" / name), "--driver", "process", "--save")
    assert result.code == 0, result.err
    [contract] = workspace.folder.glob("contracts/*/contract.openapi.json")
    return used(contract)


def by_name(places: dict[str, dict[Op, int]]) -> set[str]:
    return {place for place, ops in places.items() if Op.READ in ops}


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.slow
def test__record__the_bike_shop__names_what_the_chart_reads_and_nothing_of_the_page(workspace: Shop) -> None:
    found = recorded(workspace, "bike-shop")
    assert {operation: by_name(places) for operation, places in found.items()} == {
        operation: set(uses["read"]) for operation, uses in BIKE_SHOP.items()
    }
    [contract] = workspace.folder.glob("contracts/*/contract.openapi.json")
    where = {place for read in _reads(contract, "/shop/product.json") for place in read["where"]}
    assert any("datasette-chartjs.js:109:" in place for place in where), "columns.forEach stands there"


def _reads(contract: Path, path: str) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = json.loads(contract.read_text())["paths"][path]["get"]["x-backfit-reads"]
    return found


@pytest.mark.slow
def test__record__the_home_monitor__names_what_get_ha_sensor_data_reads(workspace: Shop) -> None:
    [(operation, places)] = recorded(workspace, "home-monitor").items()
    expected, varying = HOME_MONITOR[operation]["read"], MAY_BE[operation]["read"]
    assert by_name(places) - set(varying) == set(expected)


@pytest.mark.npm
@pytest.mark.slow
def test__record__the_back_office__tells_reads_from_what_is_handed_on(workspace: Shop) -> None:
    found = recorded(workspace, "back-office")
    for operation, uses in BACK_OFFICE.items():
        for op, places in uses.items():
            for place in places:
                assert Op(op) in found[operation][place], (operation, place, found[operation])
        read = by_name(found[operation])
        assert read == set(uses["read"]), (operation, read)


@pytest.mark.npm
@pytest.mark.slow
def test__ablate__the_back_office_for_a_short_while__never_contradicts_the_source(workspace: Shop) -> None:
    arguments = ("--driver", "process", "--budget", "40s", "--jobs", "2", "--save")
    result = workspace.run("ablate", str(ROOT / "environments/back-office"), *arguments)
    assert result.code == 0, result.err
    [contract] = workspace.folder.glob("contracts/*/contract.openapi.json")
    needs = {
        each.operation: {place.place: place.need or {} for place in each.places}
        for each in read_contract(contract).used()
    }
    answers = [need["removed"] for places in needs.values() for need in places.values() if "removed" in need]
    assert Need.NEEDED in answers
    for operation, place in (
        ("GET /posts", "header x-total-count"),
        ("GET /posts", "$[*].title"),
        ("GET /users", "$[*].name"),
    ):
        assert needs[operation].get(place, {}).get("removed") is not Need.TOLERATED
    assert needs["GET /posts"].get("header x-powered-by", {}).get("removed") is not Need.NEEDED


NEEDED = {
    "datasette-chartjs": {
        "GET /shop/product.json": {
            "needed": ("$.columns", "$.rows"),  # both are looped over without asking
            "tolerated": ("$.truncated", "$.database", "$.query_ms"),  # no line of the plugin has their names
        },
    },
    "glances-api": {
        "GET /api/3/all": {
            "needed": (
                "$.fs[*].used",  # disk["used"]
                "$.fs[*].mnt_point",
                "$.mem.percent",
                "$.memswap.free",
                "$.processcount.thread",
                "$.quicklook.cpu",
                "$.network[*].is_up",  # network["is_up"]: a KeyError without
                "$.uptime",
            ),
            "unobserved": (  # either of two will do, so that neither alone says anything
                "$.load.min15",  # data.get("min15") or self.data["cpu"]["total"]
                "$.fs[*].free",  # disk.get("free") or (disk["size"] - disk["used"])
            ),
            "tolerated": (
                "$.raid",  # if data := self.data.get("raid")
                "$.alert",  # no line has its name
            ),
        },
    },
    "ra-data-json-server": {
        "GET /posts": {
            "needed": ("header x-total-count", "$[*].title", "$[*].id"),  # records are handed on whole
            "tolerated": ("header x-powered-by", "header etag"),
        },
    },
}


@pytest.mark.parametrize(
    ("plugin", "operation", "expected"),
    [(plugin, operation, each) for plugin, found in NEEDED.items() for operation, each in found.items()],
)
def test__the_kept_contract__of_a_plugin__agrees_with_its_source(
    plugin: str, operation: str, expected: dict[str, tuple[str, ...]]
) -> None:
    contract = read_contract(ROOT / "contracts" / plugin / "contract.openapi.json")
    [use] = [each for each in contract.used() if each.operation == operation]
    removed = {place.place: place.need["removed"] for place in use.places if place.need and "removed" in place.need}
    for answer, places in expected.items():
        assert {place: removed.get(place) for place in places} == dict.fromkeys(places, Need(answer))
