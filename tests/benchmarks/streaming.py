"""Two recordings of many exchanges of 5 kB, inferred and compared as streams: how fast, and the most memory.

`python -m tests.benchmarks.streaming 1000000` takes minutes and some gigabytes of temporary files.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from harness.changes.streaming import study_streams
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import Json
from harness.record.stream import read_exchanges, write_exchanges
from harness.record.stream_shelf import DiskShelf
from harness.schema.observed import Observer
from harness.schema.operations import Learner

CALLS = 20_000
MOST_MEGABYTES = 300.0
RARE = 100_000
"""One call in so many differs at a place where the others do not."""

_THINGS = ("order", "invoice", "customer", "product", "shipment", "refund", "ticket", "account", "review", "coupon")
_WORDS = (
    *("alder", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak"),
    *("pine", "rowan", "spruce", "willow", "yew", "amber", "cobalt", "teal"),
)
_HEADERS = (("Content-Type", "application/json"), ("Vary", "Accept"), ("Cache-Control", "no-store"))


def made(calls: int, *, new: bool) -> Iterator[Exchange]:
    """One version's exchanges, the same each time: ten operations, every id another one.

    NEW renames a member of orders, writes the ids of invoices as text, adds a member everywhere, and rarely has another level.
    """
    for number in range(calls):
        thing = _THINGS[number % len(_THINGS)]
        body = _body(thing, number, random.Random(number))
        if new:
            _upgrade(thing, number, body)
        url = f"http://shop.test/api/{thing}s/{10_000_000 + number * 7}"
        yield Exchange(Request("GET", url), Response(200, _HEADERS, orjson.dumps(body)), id=f"call-{number}")


def _body(thing: str, number: int, chance: random.Random) -> dict[str, Json]:
    lines = [_line(at, chance.random()) for at in range(26)]
    return {
        "id": 10_000_000 + number * 7,
        "createdAt": f"2026-0{number % 9 + 1}-{number % 28 + 1:02}T08:{number % 60:02}:00Z",
        "level": _WORDS[number % 5],
        f"{thing}Total": round(chance.random() * 1000, 2),
        f"{thing}Open": number % 3 == 0,
        f"{thing}Note": None if number % 4 else " ".join(_WORDS[number % 7 : number % 7 + 9]),
        f"{thing}Owner": {
            "name": _WORDS[number % 17],
            "email": f"{_WORDS[number % 11]}@shop.test",
            "vip": number % 50 == 0,
        },
        f"{thing}Lines": lines,
    }


def _line(at: int, chance: float) -> dict[str, Json]:
    word = _WORDS[int(chance * 1e6) % len(_WORDS)]
    return {
        "line": at,
        "sku": f"{word}-{int(chance * 1e5)}",
        "title": f"{word} board, {at} by {int(chance * 90)} centimetres, planed and oiled",
        "price": round(chance * 100, 2),
        "count": int(chance * 9),
        "tags": [word, _WORDS[at % 17], "wood"],
    }


def _upgrade(thing: str, number: int, body: dict[str, Json]) -> None:
    if thing == "order":
        body["created_at"] = body.pop("createdAt")
    if thing == "invoice":
        body["id"] = str(body["id"])
    if number % RARE == RARE // 2:
        body["level"] = "drift"
    body["trace"] = f"{number:x}"


def infer(folder: Path) -> str:
    """Both passes over OLD, as `backfit infer` makes them."""
    learner = Learner(by_type=True)
    for exchange in read_exchanges(folder / "old.har.ndjson.zst"):
        learner.add(exchange)
    observer = Observer(learner.operations())
    for exchange in read_exchanges(folder / "old.har.ndjson.zst"):
        observer.add(exchange)
    return f"{len(observer.observed())} operations"


def diff(folder: Path) -> str:
    """As `backfit diff` compares two streams."""
    sides = [partial(read_exchanges, folder / f"{side}.har.ndjson.zst") for side in ("old", "new")]
    found = study_streams(*sides, shelf=DiskShelf)
    kept = len(found.study.pairing.pairs)
    lines = [
        f"    {each.level:5} {each.kind:34} {each.operation} {each.path}: {each.support}" for each in found.findings()
    ]
    return "\n".join([f"{found.calls:,} pairs, {kept} of them in the sample", *lines])


def megabytes(calls: int = CALLS) -> float:
    """The most memory that inferring or comparing takes. Prints what was done, how fast, and what was found."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for side in ("old", "new"):
            write_exchanges(folder / f"{side}.har.ndjson.zst", made(calls, new=side == "new"))
        return max(_measured(task, folder, calls) for task in (infer, diff))


def _measured(task: Callable[[Path], str], folder: Path, calls: int) -> float:
    """In a process of its own, whose peak is that of the task."""
    command = [sys.executable, "-m", "tests.benchmarks.streaming", task.__name__, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    said, _, cost = done.stdout.rstrip().rpartition("\n")
    seconds, peak = map(float, cost.split())
    print(
        f"{task.__name__}: {calls / seconds:,.0f} calls a second of processor time, {peak:.0f} MB; {said}", flush=True
    )
    return peak


def _peak() -> float:
    """Megabytes, at most, of this process since its program began: getrusage would count the one that started it as well."""
    [line] = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def main(arguments: list[str]) -> int:
    """A task for a child, or the whole for a person who names a number of calls."""
    if arguments and arguments[0] in (infer.__name__, diff.__name__):
        task, folder = arguments
        print({infer.__name__: infer, diff.__name__: diff}[task](Path(folder)))
        print(time.process_time(), _peak())
        return 0
    return 1 if megabytes(int(arguments[0]) if arguments else CALLS) > MOST_MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
