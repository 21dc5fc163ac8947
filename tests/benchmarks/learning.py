"""What learning costs: `backfit shim learn` on recordings of lists and single items of 20 kB, twice as many pairs each time.

`python -m tests.benchmarks.learning [pairs…]` prints a row for each number of pairs.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from harness.cli.main import main as backfit
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import Json
from harness.record.har import write_har
from harness.shims.yaml_file import read_shim

PAIRS = (250, 500, 1000)
MOST_SECONDS = 60.0
MOST_MEGABYTES = 1000.0
LINEAR = 1.4
"""How much more a pair may cost among the most pairs than among half as many: the rest is noise of the machine."""

_THINGS = ("article", "order", "customer", "invoice", "shipment")
_ROWS = 70
_ONE_IN = 10
"""One call in so many gets a single item, the others a list."""
_WORDS = (
    *("alder", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine"),
    *("rowan", "spruce", "willow", "yew", "amber", "cobalt", "teal"),
)
_STATES = {"published": "live", "draft": "hidden", "sold": "sold"}


def recorded(pairs: int, *, new: bool) -> Iterator[Exchange]:
    """One version's answers, the same each time."""
    for number in range(pairs):
        thing = _THINGS[number // _ONE_IN % len(_THINGS)]
        chance = random.Random(number)
        single = number % _ONE_IN == 0
        rows = [_row(thing, number * 1000 + at, chance) for at in range(1 if single else _ROWS)]
        path = f"/{thing}s/{number * 1000}" if single else f"/{thing}s?page={number}"
        rows = [_upgraded(thing, row) for row in rows] if new else rows
        body: Json = rows[0] if single else rows
        if new:
            body = {"data": body} if single else {"data": body, "meta": {"total": 9000 + number % 7}}
        headers = (("content-type", "application/json"),)
        yield Exchange(
            Request("GET", f"http://shop.test{path}"), Response(200, headers, orjson.dumps(body)), id=f"call-{number}"
        )


def _row(thing: str, number: int, chance: random.Random) -> dict[str, Json]:
    word = chance.choice(_WORDS)
    return {
        "id": number,
        f"{thing}Name": f"{word} {number}",
        "created": 1_700_000_000 + number * 97 + chance.randrange(90),
        "price": round(chance.random() * 900, 2),
        "stock": chance.randrange(60),
        "status": chance.choice(list(_STATES)),
        "tags": chance.sample(_WORDS, chance.randrange(4)),
        "owner": {"id": chance.randrange(400), "name": chance.choice(_WORDS).title()},
        f"{thing}Code": f"{word}-{chance.randrange(10**6):06}",
        "note": None if chance.random() < 0.5 else " ".join(chance.sample(_WORDS, 9)),
    }


def _upgraded(thing: str, row: dict[str, Json]) -> dict[str, Json]:
    """Renamed, converted, one value for another, one member more."""
    moment = datetime.fromtimestamp(row["created"], UTC)
    kept = {key: value for key, value in row.items() if key not in (f"{thing}Name", "created")}
    return kept | {
        "id": str(row["id"]),
        "name": row[f"{thing}Name"],
        "created_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "status": _STATES[row["status"]],
        "trace": f"t{row['id']:x}",
    }


def learned(pairs: int) -> tuple[float, float]:
    """Seconds of processor time, and megabytes at most, that learning from so many pairs takes, in a process of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for side in ("old", "new"):
            write_har(folder / f"{side}.har", Recording(tuple(recorded(pairs, new=side == "new"))))
        command = [sys.executable, "-m", __name__ if __name__ != "__main__" else "tests.benchmarks.learning", "of"]
        done = subprocess.run([*command, folder], check=True, capture_output=True, text=True)
        shim = read_shim(folder / "x.shim.yaml")
        kinds = [[each.step.name for each in entry.response] for entry in shim.entries]
        wanted = {"unwrap", "rename", "convert", "table", "drop"}
        assert kinds
        assert all(wanted <= set(steps) for steps in kinds), kinds
        spent, peak = map(float, done.stdout.split()[-2:])
        return spent, peak


def _learn(folder: Path) -> None:
    """In the child: what a user types, then what it took (getrusage would count its parent's memory as well)."""
    sys.argv = ["backfit", "shim", "learn", *(str(folder / name) for name in ("old.har", "new.har")), "-o"]
    sys.argv.append(str(folder / "x.shim.yaml"))
    try:
        backfit()
    finally:
        [line] = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM:")]
        print(time.process_time(), int(line.split()[1]) / 1024)


def main(arguments: Sequence[str]) -> int:
    """A row for each number of pairs; 1 where the last misses a limit, or a pair costs more there than among fewer."""
    if arguments and arguments[0] == "of":
        _learn(Path(arguments[1]))
        return 0
    rows = {pairs: learned(pairs) for pairs in (map(int, arguments) if arguments else PAIRS)}
    print(f"{'pairs':>8}{'seconds':>10}{'MB':>8}{'ms a pair':>12}{'kB a pair':>12}")
    for pairs, (spent, peak) in rows.items():
        print(
            f"{pairs:>8}{spent:>10.1f}{peak:>8.0f}{1000 * spent / pairs:>12.1f}{1024 * peak / pairs:>12.0f}", flush=True
        )
    *_, (fewer, before), (most, last) = rows.items() if len(rows) > 1 else [*rows.items()] * 2
    too_much = last[0] > MOST_SECONDS or last[1] > MOST_MEGABYTES
    grows = any(now / most > LINEAR * then / fewer for now, then in zip(last, before, strict=True))
    print(
        f"limits: {MOST_SECONDS:.0f} s, {MOST_MEGABYTES:.0f} MB for the last{'   MISSED' if too_much or grows else ''}"
    )
    return 1 if too_much or grows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
