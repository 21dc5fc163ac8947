"""What a shim costs: an answer through it, against reading and writing the same bytes with orjson and nothing between, and
against the same mapping in JSONata (jsonata-python), whose result is the same.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import orjson
from jsonata import Jsonata

from harness.model.exchange import Request, Response
from harness.schema.discriminators import discriminator
from harness.shims.program import Program
from harness.shims.yaml_file import parse_shim

SHOP = """\
schema: backfit/shim/v1
operations:
  - match: GET /{database}/{table}.json
    when: {status: "2xx"}
    response:
      - values: {at: "$.rows[*]"}
      - copy: {from: "keys(received($.rows[0]))", to: columns}
      - drop: {keys: [ok, truncated]}
everywhere:
  - drop-header: {header: vary}
"""
TEN_STEPS = """\
schema: backfit/shim/v1
operations:
  - match: GET /orders
    when: {status: "2xx"}
    response:
      - unwrap: {key: data}
      - hoist: {at: "$[*]", key: attributes}
      - rename: {at: "$[*]", from: name, to: title}
      - rename: {at: "$[*]", from: last_updated_at, to: updated_at}
      - move: {at: "$[*]", from: $.owner.id, to: $.owner_id}
      - drop: {at: "$[*]", keys: [trace, _links, owner]}
      - default: {at: "$[*]", key: description, value: ""}
      - convert: {at: "$[*].id", using: string-to-integer}
      - convert: {at: "$[*].published", using: boolean-to-integer}
      - table: {at: "$[*].status", rows: [[live, published], [hidden, draft]]}
"""
MAPPING = """\
($ ~> |data|
    $merge([attributes, {
        "id": $number(id), "title": name, "updated_at": last_updated_at, "owner_id": owner.id, "description": "",
        "status": attributes.status = "live" ? "published" : attributes.status = "hidden" ? "draft" : attributes.status,
        "published": attributes.published ? 1 : 0
    }]),
    ["name", "attributes", "last_updated_at", "owner", "trace", "_links"]
|).data
"""
"""The ten steps in JSONata, as an edit (`~> |…|`): what it does not name stays, as with steps."""

SIZE = 500_000
PAGE = 50_000
ROUNDS = 60
LINES = 14
"""Lines of an order, at most: a page of 50 kB has some twenty orders then, as many as a page usually has."""


def of_a_page() -> float:
    """Ten steps on a page of 50 kB with orders of several lines each, against orjson's loads and dumps."""
    return _ratio(TEN_STEPS, "/orders", page(LINES))


def of_small_rows() -> float:
    """The same where the page is a list of some 190 small objects, and nearly every step takes each of them apart."""
    return _ratio(TEN_STEPS, "/orders", page(0))


def of_a_table() -> float:
    """A large table, its rows turned into lists."""
    return _ratio(SHOP, "/shop/product.json?_size=max", table(product))


def of_long_decimals() -> float:
    """The same where every row holds a decimal of 16 or 17 digits, which orjson alone might not write as it read it."""
    return _ratio(SHOP, "/shop/product.json?_size=max", table(place))


def against_jsonata() -> float:
    """How many times as long jsonata-python takes for the ten steps on the small objects, from bytes to bytes.

    On the page of orders reading and writing alone, which both do with orjson, are two thirds of a shim's time.
    """
    body = page(0)
    program, request, response = _prepared(TEN_STEPS, "/orders", body)
    mapping = Jsonata(MAPPING)
    theirs = orjson.loads(orjson.dumps(mapping.evaluate(orjson.loads(body))))
    assert theirs == orjson.loads(program.answer(request, response).response.body)
    shim, jsonata = float("inf"), float("inf")
    for _ in range(ROUNDS // 10):
        jsonata = min(jsonata, seconds(lambda: orjson.dumps(mapping.evaluate(orjson.loads(body)))))
    for _ in range(ROUNDS):
        shim = min(shim, seconds(lambda: program.answer(request, response)))
    return jsonata / shim


def _ratio(shim: str, path: str, body: bytes) -> float:
    """Both are taken at their best of many rounds, in turn."""
    program, request, response = _prepared(shim, path, body)
    through, plain = float("inf"), float("inf")
    for _ in range(ROUNDS):
        plain = min(plain, seconds(lambda: orjson.dumps(orjson.loads(body))))
        through = min(through, seconds(lambda: program.answer(request, response)))
    return through / plain


def _prepared(shim: str, path: str, body: bytes) -> tuple[Program, Request, Response]:
    program = Program(parse_shim(shim), discriminator)
    request = Request("GET", f"http://system.test{path}")
    headers = (("content-type", "application/json"), ("content-length", str(len(body))), ("vary", "Origin"))
    response = Response(200, headers, body)
    applied = program.answer(request, response)
    assert applied.known
    assert applied.edits > 1
    return program, request, response


def page(lines: int) -> bytes:
    """Orders in an envelope, as many as make PAGE bytes."""
    chance = random.Random(1)
    orders: list[object] = []
    size = 0
    while size < PAGE:
        orders.append(order(chance, len(orders), lines))
        size += len(orjson.dumps(orders[-1])) + 1
    return orjson.dumps({"data": orders, "meta": {"total": 9000}})


def order(chance: random.Random, number: int, lines: int) -> dict[str, object]:
    """An order as the new version gives it, with at most so many lines."""
    return {
        "id": str(number),
        "name": f"Order {number}",
        "attributes": {
            "price": round(chance.random() * 900, 2),
            "stock": chance.randrange(60),
            "status": chance.choice(["live", "hidden", "sold"]),
            "published": chance.random() < 0.5,
        },
        "tags": ["new", "sale"],
        "lines": [product(chance, at) for at in range(chance.randint(lines // 2, lines))],
        "last_updated_at": f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T09:30:00Z",
        "owner": {"id": chance.randrange(99), "name": "Ann"},
        "trace": f"{chance.getrandbits(64):016x}",
        "_links": {"self": f"/orders/{number}"},
    }


def table(make: Callable[[random.Random, int], dict[str, object]]) -> bytes:
    """Rows of a shop as Datasette 1.0 gives them, until they are SIZE bytes."""
    chance = random.Random(2)
    rows: list[object] = []
    size = 0
    while size < SIZE:
        row = make(chance, len(rows))
        size += len(orjson.dumps(row)) + 1
        rows.append(row)
    return orjson.dumps({"ok": True, "next": None, "rows": rows, "truncated": False})


def product(chance: random.Random, number: int) -> dict[str, object]:
    """Text, numbers, dates, JSON in text, null, an object: what such tables hold."""
    return {
        "id": number,
        "title": f"Bike number {number} — {chance.choice(['city', 'touring', 'cargo'])}",
        "price": round(chance.random() * 900, 2),
        "stock": chance.randrange(60),
        "tags": '["new", "sale"]',
        "added": f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T09:30:00",
        "category_id": {"value": chance.randrange(9), "label": "Bikes"},
        "thumb": None,
    }


def place(chance: random.Random, number: int) -> dict[str, object]:
    """A product with where it stands."""
    return {**product(chance, number), "latitude": chance.random() * 90, "longitude": chance.random() * 180}


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
