from __future__ import annotations

from harness.changes.streaming_pairs import Runs
from harness.changes.streaming_sample import EVENLY, LEAST, OF_A_MARK, Sample
from harness.model.exchange import Exchange, Request, Response


def runs(number: int, size: int = 0) -> Runs:
    exchange = Exchange(Request("GET", f"http://a/{number}"), Response(200, (), b"x" * size))
    return Runs(number, exchange, exchange)


def numbers(sample: Sample) -> list[int]:
    return [each.number for each in sample.runs()]


def test__offer__few_calls__keeps_them_all_in_olds_order() -> None:
    sample = Sample()
    for number in (5, 1, 3):
        sample.offer(runs(number), "GET /a")
    assert numbers(sample) == [1, 3, 5]


def test__offer__many_calls__keeps_some_of_each_mark_and_every_rare_one() -> None:
    sample = Sample()
    for number in range(5_000):
        sample.offer(runs(number), "GET /a", [number % 10, *(["rare"] if number == 4_321 else [])])
    kept = numbers(sample)
    assert 4_321 in kept
    assert EVENLY <= len(kept) <= EVENLY + 10 * OF_A_MARK + 1
    assert all(sum(number % 10 == mark for number in kept) >= OF_A_MARK for mark in range(10))


def test__evenly__is_drawn_from_the_whole_stream__whatever_marks_the_calls_bear() -> None:
    sample = Sample()
    for number in range(6_400):
        sample.offer(runs(number), "GET /a", [f"differs {number % 17}"] if number >= 3_200 else [])
    drawn = [each.number for each in sample.evenly()]
    assert len(drawn) == EVENLY
    assert 75 <= sum(number < 3_200 for number in drawn) <= 125
    assert sum(number < 3_200 for number in numbers(sample)) < 0.3 * len(sample.runs())


def test__offer__in_any_order__keeps_the_same() -> None:
    kept = []
    for order in (range(1_000), reversed(range(1_000))):
        sample = Sample()
        for number in order:
            sample.offer(runs(number), number % 3, [number % 7])
        kept.append((numbers(sample), sample.evenly()))
    assert kept[0] == kept[1]


def test__offer__large_calls__keeps_fewer_of_each_mark_but_never_none() -> None:
    sample = Sample(most_bytes=1_000_000)
    for number in range(400):
        sample.offer(runs(number, size=20_000), number % 2, ["rare"] if number == 7 else [])
    assert sum(each.size for each in sample.runs()) <= 1_000_000
    assert 7 in numbers(sample)
    for number in range(400, 600):
        sample.offer(runs(number, size=500_000), "large", [f"mark {number}"])
    assert {*range(400, 600)} <= {*numbers(sample)}
    assert LEAST <= sum(number < 400 for number in numbers(sample)) <= 3 * LEAST


def test__offer__the_same_call_again__counts_once() -> None:
    sample = Sample()
    for _ in range(3):
        for number in range(OF_A_MARK):
            sample.offer_again(runs(number), ["a"])
    assert numbers(sample) == [*range(OF_A_MARK)]


def test__offer__calls_beside__come_and_go_with_it() -> None:
    sample = Sample()
    write = runs(0)
    sample.offer(runs(1), "GET /a", beside=[write])
    sample.offer(write, "PUT /a")
    assert numbers(sample) == [0, 1]
    many = Sample()
    for number in range(1, 2_000, 2):
        many.offer(runs(number), "GET /a", beside=[runs(number - 1)])
    kept = numbers(many)
    assert len(kept) == 2 * EVENLY
    assert all(number - 1 in kept for number in kept if number % 2)
