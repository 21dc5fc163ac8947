"""What a shim costs: an answer through it, against reading and writing the same bytes with orjson and nothing between."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import orjson

from harness.model.exchange import Request, Response
from harness.schema.discriminators import discriminator
from harness.shims.program import Program
from harness.shims.yaml_file import parse_shim

SHIM = """\
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
SIZE = 500_000
ROUNDS = 60


def ratio() -> float:
    """Times orjson's loads and dumps; both are taken at their best of many rounds, in turn."""
    return _ratio(answer(product))


def ratio_of_long_decimals() -> float:
    """The same where every row holds a decimal of 16 or 17 digits, which orjson alone might not write as it read it."""
    return _ratio(answer(place))


def _ratio(body: bytes) -> float:
    program = Program(parse_shim(SHIM), discriminator)
    request = Request("GET", "http://system.test/shop/product.json?_size=max")
    headers = (("content-type", "application/json"), ("content-length", str(len(body))), ("vary", "Origin"))
    response = Response(200, headers, body)
    applied = program.answer(request, response)
    assert applied.known
    assert orjson.loads(applied.response.body)["columns"][:2] == ["id", "title"]
    through, plain = float("inf"), float("inf")
    for _ in range(ROUNDS):
        plain = min(plain, seconds(lambda: orjson.dumps(orjson.loads(body))))
        through = min(through, seconds(lambda: program.answer(request, response)))
    return through / plain


def answer(make: Callable[[random.Random, int], dict[str, object]]) -> bytes:
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
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
