from __future__ import annotations

import pytest

from harness.changes import streaming_noise
from harness.changes.noise import noise_between
from harness.changes.streaming_noise import StreamNoise
from harness.changes.streaming_pairs import Runs
from harness.model.exchange import Exchange, Recording
from harness.model.operation import Operation
from harness.model.paths import ANY
from harness.schema.operations import learn_operations
from tests.changes.bodies import JSON, exchange


def answered(seed: int, count: int = 20) -> list[Exchange]:
    """`t` differs in each run, `flag` in one call of NEW's two runs, a header too; some answers are text."""
    made = []
    for n in range(count):
        if n % 5 == 4:
            made.append(exchange(f"/text/{n}", text=f"run {seed}", call=f"c{n}"))
        else:
            body = {"id": n, "t": seed * 100 + n, "flag": seed == 4 and n == 13}
            made.append(exchange(f"/a/{n}", body, call=f"c{n}", headers={**JSON, "X-Run": str(seed)}))
    return made


OLD, NEW, OLD_AGAIN, NEW_AGAIN = map(answered, range(1, 5))
RUNS = [Runs(n, *row) for n, row in enumerate(zip(OLD, NEW, OLD_AGAIN, NEW_AGAIN, strict=True))]
OPERATION_OF = learn_operations(OLD).of


def test__noise__taken_batch_by_batch__is_that_of_whole_recordings() -> None:
    noise = StreamNoise(OPERATION_OF, measured=True)
    for start in range(0, 20, 6):
        noise.take(RUNS[start : start + 6])
    whole = noise_between(*(Recording(tuple(side)) for side in (OLD, OLD_AGAIN, NEW, NEW_AGAIN)), OPERATION_OF)
    found = noise.of(RUNS)
    assert (found.places, found.headers, found.texts) == (whole.places, whole.headers, whole.texts)
    assert found.measured
    assert ("flag",) in found.of(Operation("GET", "/a/{a_id}"))
    assert (found.old_again, found.new_again) == (whole.old_again, whole.new_again)


def test__noise__judges_values__by_the_calls_that_it_is_given_alone() -> None:
    noise = StreamNoise(OPERATION_OF, measured=True)
    noise.take(RUNS)
    found = noise.of(RUNS[3:4])
    assert found.old_again.to(OLD[3]) == OLD_AGAIN[3].response
    assert found.new_again.to(NEW[3]) == NEW_AGAIN[3].response
    assert found.old_again.to(OLD[2]) is None


def test__noise__of_one_second_run__is_of_that_side() -> None:
    noise = StreamNoise(OPERATION_OF, measured=True)
    noise.take([Runs(runs.number, runs.old, runs.new, None, runs.new_again) for runs in RUNS])
    assert ("flag",) in noise.of([]).of(Operation("GET", "/a/{a_id}"))
    only_old = StreamNoise(OPERATION_OF, measured=True)
    only_old.take([Runs(runs.number, runs.old, runs.new, runs.old_again) for runs in RUNS])
    assert ("flag",) not in only_old.of([]).of(Operation("GET", "/a/{a_id}"))
    assert ("t",) in only_old.of([]).of(Operation("GET", "/a/{a_id}"))


def test__noise__without_second_runs__is_none_and_not_measured() -> None:
    noise = StreamNoise(OPERATION_OF, measured=False)
    noise.take([Runs(runs.number, runs.old, runs.new) for runs in RUNS])
    found = noise.of(RUNS)
    assert not found.measured
    assert not any(found.places.values())


def test__noise__in_a_map_of_ids__does_not_grow_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming_noise, "MOST_PLACES", 10)
    noise = StreamNoise(OPERATION_OF, measured=True)
    for n in range(100):
        one, other = (exchange(f"/a/{n}", {"m": {str(n): {"x": seed}}}) for seed in (1, 2))
        noise.take([Runs(n, one, one, other, None)])
    places = noise.of([]).of(Operation("GET", "/a/{a_id}"))
    assert len(places.paths) == 11
    assert ("m", ANY, "x") in places
