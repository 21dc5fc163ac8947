from __future__ import annotations

from harness.ablation.course import Course, Procedure
from harness.ablation.edits import Edit, Group, How, Trial
from harness.model.operation import Operation


def group(name: str) -> Group:
    return (Edit(Operation("GET", "/"), name, How.REMOVED),)


def name(of: Group) -> str:
    return of[0].place


def test__course__procedures_side_by_side__wait_together_and_end_in_any_order() -> None:
    told: list[str] = []

    def one(label: str, times: int) -> Procedure:
        for _ in range(times):
            trial = yield group(label)
            told.append(f"{label}:{trial.difference}")

    def all_() -> Procedure:
        yield group("first")
        yield [one("a", 2), one("b", 1), one("none", 0)]
        yield group("last")

    course = Course(all_())
    first = course.next()
    assert (name(first.group), course.waiting) == ("first", 0)
    course.answer(first, Trial(None))
    a, b = course.next(), course.next()
    assert ([name(a.group), name(b.group)], course.waiting) == (["a", "b"], 0)
    course.answer(b, Trial("B"))
    assert course.waiting == 0
    course.answer(a, Trial("A1"))
    course.answer(course.next(), Trial("A2"))
    assert told == ["b:B", "a:A1", "a:A2"]
    course.answer(last := course.next(), Trial(None))
    assert (name(last.group), course.waiting) == ("last", 0)


def test__course__procedures_that_ask_nothing__are_gone_through_at_once() -> None:
    def nothing() -> Procedure:
        yield from ()

    def all_() -> Procedure:
        yield [nothing(), nothing()]
        yield []
        yield group("after")

    assert name(Course(all_()).next().group) == "after"
