from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.changes.agreement import leaf
from harness.changes.evidence import gather
from harness.changes.explain import Pair
from harness.changes.findings import findings
from harness.changes.judging import left, significant
from harness.changes.noise import noise_between
from harness.changes.pairing import pair
from harness.changes.permutation import Observed
from harness.changes.residue import Residue
from harness.changes.study import study
from harness.lens.condition import Condition
from harness.lens.step import Step
from harness.lens.steps.copy import Copy
from harness.lens.steps.rename import Rename
from harness.model.exchange import Recording, Request
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import format_path
from tests.changes.bodies import JSON, calls, exchange, recording

Runs = tuple[Json, Json, Json, Json]
"""OLD's body, OLD's again, NEW's, NEW's again."""


def judged(*rows: Runs, steps: Sequence[Step] = (), line: str = "/a/{}") -> list[Residue]:
    """Of a row for each call."""
    old, old_again, new, new_again = (calls(line, *bodies) for bodies in zip(*rows, strict=True))
    return of(old, new, old_again, new_again, steps=steps)


def of(
    old: Recording,
    new: Recording,
    old_again: Recording | None = None,
    new_again: Recording | None = None,
    steps: Sequence[Step] = (),
) -> list[Residue]:
    """Of recordings of one operation."""

    def operation_of(request: Request) -> Operation:
        return Operation(request.method, "/a")

    [group] = gather(pair(old, new).pairs, operation_of)
    pairs = [Pair(case.number, case.old_body, case.answer()) for case in group.cases]
    for each in pairs:
        for step in steps:
            step.compile()(each.answer)
    return left(pairs, group.cases, steps, noise_between(old, old_again, new, new_again, operation_of))


def states(*texts: str) -> list[Runs]:
    """A letter for each run, of a call with one member."""
    return [tuple({"s": letter} for letter in text) for text in texts]  # type: ignore[misc]


def found(residues: Sequence[Residue]) -> list[tuple[str, str]]:
    """Kind and place."""
    return [(each.kind, format_path(each.at)) for each in residues]


CHANGED = ("response-value-changed", "$.s")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["aabb"] * 1, True),  # quiet: one in one is a change
        ([*["aaaa"] * 99, "aabb"], True),  # and one in a hundred
        (["aabb"] * 20 + ["abaa"], True),
        (["aabb"] * 6 + ["abaa"] * 2, True),
        (["aabb"] * 3 + ["abaa"], False),
        (["abab", "abba", "aabb"] * 20, False),
        (["aabc", "aabd"] * 9, True),  # NEW makes a noise that OLD does not
        (["aaab", "aaba"] * 9, True),
        (["aaba"] * 20, False),  # but one run of NEW's may have gone wrong
        (["aaab"] * 20, False),
        (["abcd"] * 50, False),
        (["bcaa"] * 2 + ["abaa"] * 20, False),  # less noise is no harm
    ],
)
def test__left__of_four_runs__is_what_chance_does_not_explain(rows: list[str], expected: bool) -> None:
    assert [format_path(each.at) for each in judged(*states(*rows))] == ["$.s"] * expected


def test__left__a_finding__says_how_often_and_how_sure() -> None:
    [only] = judged(*states(*["aabb", "bbaa"] * 6, "abcc", "abba", "cccc"))
    assert only.message == "the value differs between the versions in 14 of 15 calls"
    told = "differs between the versions in 14 of 15 calls, between two runs of OLD in 2 and of NEW in 1; p = "
    assert only.reason.startswith(told)
    assert 0 < float(only.reason.removeprefix(told)) < 1e-5
    assert (only.support.pairs, only.support.agreeing, only.support.distinct) == (15, 14, 2)
    assert (only.old, only.new) == ("a", "b")


@pytest.mark.parametrize(
    ("noisy", "expected"),
    [
        (lambda call, run: f"2026-03-02T09:0{run}:{call:02}Z", []),
        (lambda call, run: f"7f9c24e5-0d1a-4b6e-9a51-{call:06}{run:06}", []),
        (lambda call, run: 1000 * run + call, []),  # a counter
        (lambda call, run: 0.001 * (run * 7919 + call * 104729 % 1009), []),  # a duration
        (lambda call, run: f"{run}-of-{call}", []),  # a token
        (lambda call, run: "ab"[run > 1] if call else f"{run}", [("response-value-changed", "$.n.v")]),
    ],
)
def test__left__what_every_run_says_anew__is_never_a_finding(noisy: object, expected: list[tuple[str, str]]) -> None:
    assert callable(noisy)
    rows = [tuple({"n": {"v": noisy(call, run)}, "k": call} for run in range(4)) for call in range(30)]
    assert found(judged(*rows)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("new", "kind", "at"),
    [
        ({"s": 7}, "response-form-changed", "$.s"),
        ({"s": None}, "response-form-changed", "$.s"),
        ({"s": ["x"]}, "response-form-changed", "$.s"),
        ({}, "response-property-removed", "$.s"),
    ],
)
def test__left__another_form_of_a_noisy_value__is_found_in_one_call(new: Json, kind: str, at: str) -> None:
    rows = states(*["abcd"] * 9)
    rows[4] = ({"s": "a"}, {"s": "b"}, new, new)
    assert [place for _, place in found(judged(*rows))] == [at]
    assert len(judged(*states(*["abcd"] * 9))) == 0


def test__left__the_length_of_a_list_of_noise__is_compared_exactly() -> None:
    rows: list[Runs] = [(["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"])] * 5
    assert judged(*rows) == []
    longer: list[Runs] = [*rows, (["a", "b"], ["c", "d"], ["e", "f", "x"], ["g", "h", "y"])]
    assert [place for _, place in found(judged(*longer))] == ["$[*]"]


def test__left__of_elements__is_judged_by_the_call() -> None:
    alike: Runs = ([{"s": "a"}] * 50, [{"s": "a"}] * 50, [{"s": "b"}] * 50, [{"s": "b"}] * 50)
    noisy: Runs = ([{"s": "a"}], [{"s": "b"}], [{"s": "a"}], [{"s": "a"}])
    assert judged(*[alike] * 4, noisy) == []
    assert found(judged(*[alike] * 9, noisy)) == [("response-value-changed", "$[*].s")]


def test__left__of_a_map__is_one_place_whatever_the_names() -> None:
    rows = [tuple({f"{call}{at}": {"s": letter} for at in range(2)} for letter in "aabb") for call in range(9)]
    rows.append(tuple({"7": {"s": letter}} for letter in "abaa"))
    assert found(judged(*rows)) == [("response-value-changed", "$.*.s")]  # type: ignore[arg-type]


def test__left__three_runs__are_enough() -> None:
    old, old_again, new, new_again = (
        calls("/a/{}", *bodies) for bodies in zip(*states(*["aabb"] * 9, "abaa", "aaab"), strict=True)
    )
    assert found(of(old, new, old_again, None)) == [CHANGED]
    assert found(of(old, new, None, new_again)) == [CHANGED]
    few = Recording(old_again.exchanges[:3] + old_again.exchanges[9:])
    assert found(of(old, new, few, None)) == []
    assert found(of(old, new, few, new_again)) == [CHANGED]


def test__left__without_second_runs__everything_is_left_but_the_time() -> None:
    assert found(of(calls("/a/{}", {"s": "a"}), calls("/a/{}", {"s": "b"}))) == [CHANGED]
    old, new = (recording(exchange("/a", {"at": f"2026-03-02T09:00:0{n}Z"})) for n in (1, 2))
    assert found(of(old, new)) == [("response-value-changed", "$.at")]
    assert of(_begun(old), _begun(new)) == []


def _begun(run: Recording) -> Recording:
    return Recording(tuple(replace(each, started="2026-03-02T09:00:00Z") for each in run.exchanges))


RENAMED = [Rename(from_="state", to="s")]


def renamed(*texts: str) -> list[Runs]:
    """NEW calls the member `state`."""
    return [
        tuple({"s" if run < 2 else "state": letter} for run, letter in enumerate(text))  # type: ignore[misc]
        for text in texts
    ]


def test__left__both_of_new_s_runs__are_compared_as_the_steps_leave_them() -> None:
    assert found(judged(*renamed(*["aabb"] * 20, "abaa"), steps=RENAMED)) == [CHANGED]
    assert judged(*renamed(*["abab", "abba", "aabb"] * 9), steps=RENAMED) == []
    assert (
        judged(*renamed("aaaa", "aaab", "aaba", "aaaa"), steps=RENAMED) == []
    )  # only NEW is noisy, under its own name


def test__left__an_error_of_one_run__is_no_second_answer() -> None:
    old, old_again, new, new_again = (
        [exchange(f"/a/{n}", body) for n, body in enumerate(bodies)]
        for bodies in zip(*states(*["aabb"] * 9, "abaa"), strict=True)
    )
    failed = [exchange(f"/a/{n}", {"s": "b"}, status=500) for n in range(10)]
    first, second, again = recording(*old), recording(*new), recording(*new_again)
    assert found(of(first, second, recording(*old_again), recording(*failed))) == [CHANGED]
    assert found(of(first, second, recording(*failed), again)) == [CHANGED]


def seen(*texts: str) -> list[list[Observed]]:
    """A call for each text, a letter for each run."""
    return [[Observed((leaf(text[0]), leaf(text[1])), (leaf(text[2]), leaf(text[3])))] for text in texts]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], set()),
        ([seen(*["aabb"] * 5)], {0}),
        ([seen(*["aabb"] * 4)], set()),
        ([seen(*["aabb"] * 5)] * 2, {0, 1}),
        ([seen(*["aabb"] * 5), seen(*["abab"] * 5)], {0}),
        ([seen(*["aabb"] * 5), *[seen(*["abab"] * 5)] * 2], set()),  # three tests share one percent
        ([seen(*["aabb"] * 5), *[seen(*["abab"] * 4)] * 9], {0}),  # those that cannot succeed take no share
        ([seen(*["aabb"] * 5), *[seen(*["abcd"] * 90)] * 9], {0}),
        ([seen(*["aaba"] * 9), seen(*["aabb"] * 9)], {1}),
    ],
)
def test__significant__of_several_places__shares_one_percent(
    places: list[list[list[Observed]]], expected: set[int]
) -> None:
    assert set(significant(places)) == expected


def test__significant__says_the_chance() -> None:
    assert significant([seen(*["aabb"] * 6)])[0] == pytest.approx(3.0**-6)


def test__left__of_one_operation__knows_no_noise_of_another() -> None:
    old, again, new = (
        recording(exchange("/a", {"t": clock}), exchange("/b", {"t": value}))
        for clock, value in ((1, 5), (2, 5), (3, 6))
    )
    [change] = findings(study(old, new, again))
    assert (change.kind, change.operation, change.path) == ("response-value-changed", "GET /b", "$.t")


@pytest.mark.parametrize(
    "step",
    [
        Copy(from_="header(x-t)", to="s"),
        Copy(from_="query(t)", to="s"),
        Copy(from_="received($.u)", to="s"),
        Copy(from_="$.u", to="s", when=Condition(status="2xx")),
    ],
    ids=Copy.describe,
)
def test__left__a_step__reads_the_whole_of_the_second_answer(step: Step) -> None:
    old = recording(exchange("/a?t=y", {"s": "y", "u": "k"}))
    new, again = (recording(exchange("/a?t=y", {"u": text}, headers={**JSON, "X-T": text})) for text in "pq")
    assert of(old, new, old, again, [step]) == []  # what is copied is as noisy as where it comes from


def test__left__a_second_answer_that_was_not_edited__is_told_from_the_first() -> None:
    old = recording(exchange("/a", {"s": "y", "u": "k"}))
    new, again = (recording(exchange("/a", {"u": text}, headers={**JSON, "X-T": "p"})) for text in "pq")
    assert found(of(old, new, old, again, [Copy(from_="header(x-t)", to="s")])) == [CHANGED]
