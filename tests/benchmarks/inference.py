"""What inference costs: all statistics of a summary, against the types alone as GenSON and DuckDB give them, on one thread.

The limit is what reading the same bodies with orjson takes, and nothing else.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence

import duckdb
import orjson
from genson import SchemaBuilder

from harness.schema.bodies import Gathered
from harness.schema.summary import Summary
from tests.benchmarks.applying import place, seconds

BODIES = 1000
ROUNDS = 7


def order(chance: random.Random, number: int) -> dict[str, object]:
    """A nested order of a web shop: texts, enums, dates, money, lists of objects, a member that comes and goes."""
    found: dict[str, object] = {
        "id": number,
        "uuid": "-".join(f"{chance.getrandbits(4 * width):0{width}x}" for width in (8, 4, 4, 4, 12)),
        "status": chance.choice(["open", "paid", "shipped", "cancelled"]),
        "created_at": f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T{chance.randrange(24):02}:30:00Z",
        "customer": {"id": chance.randrange(400), "email": f"c{chance.randrange(400)}@shop.example", "vip": False},
        "shipping": {"street": f"Road {chance.randrange(900)}", "city": chance.choice(["Oslo", "Köln", "Rome"])},
        "items": [item(chance) for _ in range(chance.randrange(5, 25))],
        "total": round(chance.random() * 2000, 2),
        "note": None,
    }
    return found | ({"coupon": f"C{chance.randrange(50)}"} if chance.random() < 0.2 else {})


def item(chance: random.Random) -> dict[str, object]:
    return {
        "sku": f"SKU-{chance.randrange(500):05}",
        "title": f"Bike part {chance.randrange(10**6)}",
        "quantity": chance.randrange(1, 9),
        "price": round(chance.random() * 200, 2),
        "tags": chance.sample(["new", "sale", "blue", "red", "xl"], chance.randrange(4)),
        "discount": None if chance.random() < 0.6 else chance.randrange(30),
    }


def table(chance: random.Random, number: int) -> dict[str, object]:
    """A page of rows, as Datasette gives them."""
    return {"ok": True, "next": str(number), "rows": [place(chance, at) for at in range(20)], "truncated": False}


def process(chance: random.Random, number: int) -> list[object]:
    """What a monitor says of processes, as Glances does: numbers, more than anything else."""
    return [
        {
            "pid": chance.randrange(30000),
            "name": chance.choice(["python3", "bash", "sshd", "postgres"]),
            "cpu_percent": round(chance.random() * 100, 1),
            "memory_info": [chance.randrange(10**9), chance.randrange(10**9), chance.randrange(10**8)],
            "cpu_times": {"user": round(chance.random() * 99, 2), "system": round(chance.random() * 9, 2)},
            "status": chance.choice("SRD"),
            "num_threads": chance.randrange(1, 40),
            "username": chance.choice(["root", "www-data", None]),
        }
        for _ in range(20)
    ]


KINDS: Mapping[str, Callable[[random.Random, int], object]] = {"orders": order, "rows": table, "processes": process}


def bodies(make: Callable[[random.Random, int], object]) -> list[bytes]:
    """Always the same."""
    chance = random.Random(7)
    return [orjson.dumps(make(chance, number)) for number in range(BODIES)]


def measured(texts: Sequence[bytes]) -> dict[str, float]:
    """Median seconds of each way to learn from the bodies, taken in turn."""
    database = duckdb.connect(config={"threads": 1})
    database.execute("CREATE TABLE bodies (body JSON)")
    database.executemany("INSERT INTO bodies VALUES (?)", [[text.decode()] for text in texts])
    ways: dict[str, Callable[[], object]] = {
        "limit": lambda: limit(texts),
        "ours": lambda: ours(texts),
        "genson": lambda: genson(texts),
        "duckdb": lambda: database.execute("SELECT json_group_structure(body) FROM bodies").fetchall(),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            spent[name].append(seconds(way))
    database.close()
    return {name: statistics.median(found) for name, found in spent.items()}


def limit(texts: Sequence[bytes]) -> None:
    for text in texts:
        orjson.loads(text)


def ours(texts: Sequence[bytes]) -> Summary:
    """What `backfit infer` does with the bodies of one operation: the summary, and which texts have a key twice."""
    gathered = Gathered("application/json")
    for text in texts:
        gathered.add(text, "application/json")
    found = gathered.bodies()
    assert (found.summary.count, found.unread) == (len(texts), 0)
    return found.summary


def genson(texts: Sequence[bytes]) -> object:
    """One builder takes in every body."""
    builder = SchemaBuilder()
    for text in texts:
        builder.add_object(orjson.loads(text))
    return builder.to_schema()


def main() -> int:
    """Print the table; 1 where a target is missed."""
    print(f"{'':12}{'MB/s':>8}{'limit MB/s':>12}{'of limit':>10}{'x GenSON':>10}{'x DuckDB':>10}")
    totals: dict[str, float] = {}
    size = 0
    for kind, make in KINDS.items():
        texts = bodies(make)
        found = measured(texts)
        size += sum(map(len, texts))
        totals = {name: totals.get(name, 0) + spent for name, spent in found.items()}
        print(row(kind, sum(map(len, texts)), found), flush=True)
    print(row("all", size, totals))
    missed = totals["genson"] / totals["ours"] < 3 or totals["duckdb"] / totals["ours"] < 0.6
    print("targets: 3 x GenSON, 0.6 x DuckDB" + (": MISSED" if missed else ""))
    return int(missed)


def row(name: str, size: int, found: Mapping[str, float]) -> str:
    rates = (
        f"{size / found['ours'] / 1e6:>8.1f}{size / found['limit'] / 1e6:>12.1f}{found['limit'] / found['ours']:>10.0%}"
    )
    return f"{name:12}{rates}{found['genson'] / found['ours']:>10.2f}{found['duckdb'] / found['ours']:>10.2f}"


if __name__ == "__main__":
    sys.exit(main())
