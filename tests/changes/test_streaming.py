"""What a stream is said to have changed is what `study` says of the same calls, though few of them are looked at closely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from harness.changes.findings import findings, skipped
from harness.changes.streaming import StreamStudy, study_streams
from harness.changes.streaming_marks import BEYOND
from harness.changes.study import study
from harness.model.change import Change
from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.record.stream_shelf import DiskShelf
from tests.changes.bodies import calls, exchange, recording
from tests.pairs.answers import names
from tests.pairs.answers import recording as side

CALLS = 1_000
SMALL = 900_000

Row = tuple[str, str, str, str, str, int, int]


def read(recorded: Recording | None) -> Callable[[], Iterator[Exchange]] | None:
    return None if recorded is None else lambda: iter(recorded.exchanges)


def streamed(*sides: Recording | None, most_bytes: int = SMALL) -> StreamStudy:
    old, new, *again = map(read, sides)
    assert old is not None
    assert new is not None
    return study_streams(old, new, *again, shelf=DiskShelf, most_bytes=most_bytes)


def rows(changes: list[Change]) -> set[Row]:
    """Everything but how many values were seen."""
    return {
        (each.kind, each.operation, each.path, each.message, each.level, each.support.pairs, each.support.agreeing)
        for each in changes
    }


def many(line: str, body: Callable[[int], Json], count: int = CALLS) -> Recording:
    return calls(line, *(body(number) for number in range(count)))


def base(number: int) -> dict[str, Json]:
    return {
        "id": number,
        "name": f"thing {number}",
        "rank": number % 7,
        "lines": [{"sku": f"s-{number}-{at}", "price": number + at / 2} for at in range(number % 3)],
        **({"note": f"note {number}"} if number % 5 == 0 else {}),
    }


def without(name: str, number: int, **more: Json) -> dict[str, Json]:
    return {key: value for key, value in base(number).items() if key != name} | more


CHANGES: dict[str, Callable[[int], Json]] = {
    "nothing": base,
    "a member is new": lambda n: {**base(n), "trace": n},
    "a member is new in one answer": lambda n: {**base(n), **({"trace": n} if n == 333 else {})},
    "a member is gone": lambda n: without("rank", n),
    "a member is gone in a few answers": lambda n: without("rank", n) if n % 97 == 50 else base(n),
    "a sparse member is gone": lambda n: without("note", n),
    "a member has another name": lambda n: without("name", n, title=f"thing {n}"),
    "a sparse member has another name": lambda n: without("note", n, **({"remark": f"note {n}"} if n % 5 == 0 else {})),
    "a member of a list has another name": lambda n: {
        **base(n),
        "lines": [{"code": line["sku"], "price": line["price"]} for line in base(n)["lines"]],
    },
    "another type": lambda n: {**base(n), "id": str(n)},
    "another type in one answer": lambda n: {**base(n), "rank": str(n % 7) if n == 222 else n % 7},
    "another value in one answer": lambda n: {**base(n), "rank": 77 if n == 111 else n % 7},
    "an envelope": lambda n: {"data": base(n), "ok": True},
    "a list is shorter in some": lambda n: {**base(n), "lines": base(n)["lines"][:1]},
    "null in some": lambda n: {**base(n), "name": None if n % 50 == 7 else f"thing {n}"},
    "a name and, once, a value": lambda n: without("name", n, title="lost" if n == 199 else f"thing {n}"),
}


@pytest.mark.parametrize("name", CHANGES)
def test__streams__past_the_sample__say_what_the_study_of_all_says(name: str) -> None:
    old, new = many("/things/{}", base), many("/things/{}", CHANGES[name])
    found = streamed(old, new)
    assert found.check is not None
    assert len(found.study.pairing.pairs) < CALLS / 2
    assert rows(found.findings()) == rows(findings(study(old, new)))
    assert found.calls == CALLS


@pytest.mark.parametrize("name", names())
def test__streams__that_are_small__are_studied_as_a_whole(name: str) -> None:
    sides = [side(name, file) for file in ("old.json", "new.json", "old-again.json", "new-again.json")]
    assert sides[0] is not None
    assert sides[1] is not None
    found = streamed(*sides, most_bytes=1 << 20)
    expected = study(sides[0], sides[1], *sides[2:])
    assert found.findings() == findings(expected)
    assert found.skipped == skipped(expected)


def test__streams__of_several_operations_with_statuses_and_headers__say_what_the_study_says() -> None:
    def made(number: int, *, new: bool) -> Exchange:
        line = f"{('/things', '/shops', 'POST /things')[number % 3]}/{number}"
        status = (201 if new else 200) if number % 3 == 2 else 404 if new and number == 151 else 200
        headers = {"Content-Type": "application/json", "X-Kind": "b" if new and number % 3 == 1 else "a"}
        return exchange(
            line, base(number), status=status, headers=headers | ({"X-New": "1"} if new else {}), call=str(number)
        )

    old, new = (recording(*(made(number, new=side) for number in range(600))) for side in (False, True))
    found = streamed(old, new)
    assert found.check is not None
    assert rows(found.findings()) == rows(findings(study(old, new)))


def test__streams__a_member_that_has_its_name_in_one_answer_still__is_counted_so() -> None:
    new = many("/things/{}", lambda n: base(n) if n == 301 else without("name", n, title=f"thing {n}"))
    [change] = streamed(many("/things/{}", base), new).findings()
    assert (change.kind, change.path) == ("response-property-renamed", "$.name")
    assert (change.support.agreeing, change.support.pairs) == (CALLS - 1, CALLS)


def test__streams__a_step_that_harms_one_answer_outside_the_sample__is_not_applied_in_silence() -> None:
    # Everywhere else `label` was always "x", and is gone: only this call tells that it is no constant.
    old = many("/a/{}", lambda n: {"id": n, "label": "y" if n == 777 else "x"}, 1_000)
    new = many("/a/{}", lambda n: {"id": n}, 1_000)
    assert rows(streamed(old, new).findings()) == rows(findings(study(old, new)))


def test__streams__second_runs__are_noise_in_all_calls_and_judge_values_in_some() -> None:
    def run(seed: int, *, new: bool = False) -> Recording:
        def body(number: int) -> Json:
            flip = (number * 7919 + seed * 104729) % 100 < 5
            return {
                "id": number,
                "token": f"{seed}-{number}",
                "load": "high" if flip else "low",
                **({"v": 2} if new else {}),
            }

        return many("/a/{}", body)

    sides = run(1), run(2, new=True), run(3), run(4, new=True)
    found = streamed(*sides)
    assert found.study.noise.measured
    assert rows(found.findings()) == rows(findings(study(*sides)))
    assert [each.kind for each in found.findings()] == ["response-optional-property-added"]


def test__streams__in_another_order__are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.changes.streaming_pairs.WAITING", 50_000)
    made = [exchange(f"/things/{n}", base(n), call=f"c{n}") for n in range(CALLS)]
    changed = [exchange(f"/things/{n}", CHANGES["another type"](n), call=f"c{n}") for n in range(CALLS)]
    straight = streamed(recording(*made), recording(*changed))
    turned = streamed(recording(*made), recording(*reversed(changed)))
    assert rows(turned.findings()) == rows(straight.findings())


def test__streams__what_is_not_compared__is_counted() -> None:
    made = [exchange(f"/things/{n}", base(n), call=f"c{n}") for n in range(CALLS)]
    silent = [
        Exchange(each.request, None, each.id, "time-out") if n % 100 == 5 else each for n, each in enumerate(made)
    ]
    old, new = recording(*made[: CALLS - 7]), recording(*silent[3:])
    found = streamed(old, new)
    assert found.check is not None
    assert found.skipped == skipped(study(old, new)) != {}


def test__streams__more_differences_than_are_told_apart__are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.changes.streaming_marks.MOST_MARKS", 10)
    new = many("/things/{}", lambda n: {**base(n), **({f"more {n}": 1} if n % 20 == 0 else {})})
    found = streamed(many("/things/{}", base), new)
    assert found.skipped[BEYOND] > 0
    assert {each.kind for each in found.findings()} == {"response-optional-property-added"}


def test__streams__where_nothing_pairs__is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no call of OLD's recording has a partner in NEW's"):
        streamed(many("/a/{}", base), many("/b/{}", base))
    with pytest.raises(UsageError, match="no call of OLD's recording has a partner in NEW's"):
        streamed(many("/a/{}", base, 2), many("/b/{}", base, 2))


def test__streams__tell__how_far_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.changes.streaming_reading._TOLD", 100)
    said: list[str] = []
    old = many("/a/{}", base)
    study_streams(
        lambda: iter(old.exchanges), lambda: iter(old.exchanges), shelf=DiskShelf, most_bytes=SMALL, tell=said.append
    )
    assert "learning operations: 300 calls" in said
    assert "comparing: 400 calls" in said


def test__streams__are_never_held__whatever_their_number() -> None:
    alive = most = 0

    class Counted(Exchange):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def read_one(count: int) -> Iterator[Exchange]:
        nonlocal alive, most
        for number in range(count):
            made = exchange(f"/things/{number}", base(number))
            alive += 1
            most = max(most, alive)
            yield Counted(made.request, made.response)

    def peak(count: int) -> int:
        nonlocal most
        most = before = alive
        found = study_streams(lambda: read_one(count), lambda: read_one(count), shelf=DiskShelf, most_bytes=SMALL)
        assert found.calls == count
        return most - before

    few, more = peak(1_000), peak(3_000)
    assert few < 1_000
    assert more < 1.3 * few


def test__streams__a_read_after_a_write_without_effect__is_seen_with_the_write() -> None:
    def run(*, effect: bool) -> Recording:
        made: list[Exchange] = []
        for n in range(300):
            read_back = exchange(f"/things/{n}", base(n), status=200, call=f"r{n}")
            gone = exchange(f"/things/{n}", {"error": "none"}, status=404, call=f"r{n}")
            made += [exchange(f"DELETE /things/{n}", text="", status=204, call=f"d{n}"), gone if effect else read_back]
        return recording(*made)

    old, new = run(effect=True), run(effect=False)
    kinds = {each.kind for each in findings(study(old, new))}
    assert "response-side-effect-missing" in kinds
    found = streamed(old, new)
    assert found.check is not None
    assert {each.kind for each in found.findings()} == kinds


def test__streams__the_counts_that_are_of_the_sample__say_so() -> None:
    made = list(
        islice((exchange(f"/x/{n}", base(n), headers={"Set-Cookie": f"a={n}; Secure"}) for n in range(CALLS)), CALLS)
    )
    bare = [exchange(f"/x/{n}", base(n), headers={"Set-Cookie": f"a={n}"}) for n in range(CALLS)]
    found = streamed(recording(*made), recording(*bare))
    [cookie] = [each for each in found.findings() if each.path == "cookie a"]
    assert f"of {CALLS:,} calls" in cookie.reason
