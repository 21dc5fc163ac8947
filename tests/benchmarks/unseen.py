"""How much of OLD's answers a shim brings back in calls that it was not learned from.

`python -m tests.benchmarks.unseen FOLDER...`: each folder holds old.har and new.har, and old-again.har and new-again.har where
there are second runs. Three times, a shim is learned from two thirds of the calls, drawn by a fixed seed, and scored on the
rest, leaf by leaf. `spoilt` counts the leaves that were right without the shim and are not with it.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from harness.changes.headers import VOLATILE
from harness.changes.study import study
from harness.model.exchange import Exchange, Recording, Response
from harness.record.har import read_har
from harness.schema.discriminators import discriminator
from harness.shims.learn import shim_from
from harness.shims.leaves import compare
from harness.shims.program import Program, read_json

SEEDS = range(3)


def score(folder: Path) -> Counter[str]:
    """The counts over all seeds: leaves, equal and wrong before and after, spoilt, statuses and headers as on OLD."""
    old, new = read_har(folder / "old.har"), read_har(folder / "new.har")
    again = [read_har(folder / name) for name in ("old-again.har", "new-again.har") if (folder / name).is_file()]
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        ids = [str(exchange.id) for exchange in old.exchanges]
        random.Random(seed).shuffle(ids)
        learned, unseen = set(ids[: len(ids) * 2 // 3]), set(ids[len(ids) * 2 // 3 :])
        shim = shim_from(study(_only(old, learned), _only(new, learned), *(_only(each, learned) for each in again)))
        program = Program(shim, discriminator)
        theirs = {exchange.id: exchange for exchange in new.exchanges}
        for exchange in _only(old, unseen).exchanges:
            counts += _scored(program, exchange, theirs[exchange.id])
    return counts


def _only(recording: Recording, ids: set[str]) -> Recording:
    return Recording(tuple(exchange for exchange in recording.exchanges if exchange.id in ids))


def _scored(program: Program, old: Exchange, new: Exchange) -> Counter[str]:
    if old.response is None or new.response is None:
        return Counter()
    shimmed = program.answer(program.as_asked(new.request), new.response).response
    wanted = read_json(old.response)
    before, after = compare(wanted, read_json(new.response)), compare(wanted, read_json(shimmed))
    headers = _headers(old.response)
    return Counter(
        leaves=after.leaves,
        equal_before=len(before.equal),
        equal_after=len(after.equal),
        wrong_before=len(before.wrong),
        wrong_after=len(after.wrong),
        extra_before=len(before.extra),
        extra_after=len(after.extra),
        spoilt=len(before.equal - after.equal),
        answers=1,
        status_before=old.response.status == new.response.status,
        status_after=old.response.status == shimmed.status,
        headers=len(headers),
        headers_before=len(headers & _headers(new.response)),
        headers_after=len(headers & _headers(shimmed)),
    )


def _headers(response: Response) -> set[tuple[str, str]]:
    return {(name.lower(), value) for name, value in response.headers if name.lower() not in VOLATILE}


def main(folders: list[str]) -> int:
    """Print a row for each folder."""
    print(f"{'':20}{'leaves':>7}{'equal':>18}{'wrong':>13}{'spoilt':>8}{'status':>16}{'headers':>18}")
    for folder in folders:
        c = score(Path(folder))
        equal = f"{c['equal_before'] / c['leaves']:.1%} -> {c['equal_after'] / c['leaves']:.1%}"
        wrong = f"{c['wrong_before']} -> {c['wrong_after']}"
        status = f"{c['status_before']} -> {c['status_after']}/{c['answers']}"
        headers = f"{c['headers_before']} -> {c['headers_after']}/{c['headers']}"
        print(f"{Path(folder).name:20}{c['leaves']:>7}{equal:>18}{wrong:>13}{c['spoilt']:>8}{status:>16}{headers:>18}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
