from __future__ import annotations

import json
from dataclasses import replace

from harness.contract.workspace import CONTRACTS, FILE_NAME
from harness.corridor.baseline import Baseline
from harness.corridor.going import Going
from harness.corridor.keeping import contract_file, keep_contract, redirected, roots
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.reads import Access, Need, Op
from harness.reads.lines import Told
from tests.corridor.goings import going_on
from tests.stories.shop import Shop

JSON = (("Content-Type", "application/json"),)


def call(path: str, body: object, **meta: object) -> Exchange:
    response = Response(200, JSON, json.dumps(body).encode())
    return Exchange(Request("GET", f"http://127.0.0.1:1{path}"), response, id="c1", meta={"dest": "empty", **meta})


RECORDING = Recording((call("/a", {"id": 1, "token": "k7q2m9x4t1z8c5v3b6n0"}), call("/own", {}, by="system")))
SEEN = frozenset({("GET", "http://127.0.0.1:1/a")})
READ = Access("GET", "http://127.0.0.1:1/a", "$.id", Op.READ, 3, ("app.js:1:2",))


def kept(
    going: Going,
    shop: Shop,
    told: Told | None,
    needs: dict[str, dict[str, dict[str, Need]]] | None = None,
) -> dict[str, object]:
    keep_contract(going, Baseline(RECORDING, (), told, ()), shop.folder, needs)
    found: dict[str, object] = json.loads(contract_file(going).read_text())["paths"]
    return found


def test__keep_contract__reads__stand_beside_the_operation(shop: Shop) -> None:
    with going_on(shop) as going:
        paths = kept(going, shop, Told([READ], seen=SEEN))
        assert list(paths) == ["/a"]  # the system's own page is no part of the contract
        assert paths["/a"]["get"]["x-backfit-reads"] == [{"place": "$.id", "ops": {"read": 3}, "where": ["app.js:1:2"]}]  # type: ignore[index]
        [use] = going.uses
        assert (use.operation, use.calls, use.watched) == ("GET /a", 1, True)


def test__keep_contract__reads_that_are_not_known__are_not_said_to_be_none(shop: Shop) -> None:
    with going_on(shop) as going:
        assert "x-backfit-reads" not in json.dumps(kept(going, shop, None))
        assert "x-backfit-reads" not in json.dumps(kept(going, shop, Told([])))  # nobody followed that call
        assert kept(going, shop, Told([], seen=SEEN))["/a"]["get"]["x-backfit-reads"] == []  # type: ignore[index]


def test__keep_contract__needs_of_an_earlier_ablation__are_taken_over(shop: Shop) -> None:
    needs = {"GET /a": {"$.id": {"removed": Need.NEEDED}}}
    with going_on(shop) as going:
        found = kept(going, shop, None, needs)
        folder = shop.folder / CONTRACTS / "price-list"
        folder.mkdir(parents=True)
        (folder / FILE_NAME).write_bytes(contract_file(going).read_bytes())
        assert kept(going, shop, None) == found
        assert "needed" in json.dumps(found)


def test__roots__of_a_plugin__are_its_folders(shop: Shop) -> None:
    with going_on(shop) as going:
        assert roots(going)[0] == shop.folder / "bikes"


def test__redirected__calls_that_were_sent_on__are_told() -> None:
    went = replace(RECORDING.exchanges[0], meta={"redirected": ["301 /b"]})
    told = list(redirected(Recording((went, RECORDING.exchanges[1]))))
    assert told == ["GET /a is redirected now and was followed: 301 /b"]
