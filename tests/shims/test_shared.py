from __future__ import annotations

from harness.changes.study import Study, study
from harness.lens.condition import Condition
from harness.lens.steps.drop import Drop
from harness.lens.steps.rename import Rename
from harness.model.exchange import Exchange
from harness.model.json_text import Json
from harness.shims.document import Learned
from harness.shims.shared import is_open, narrowed, shared_steps
from tests.changes.bodies import exchange, recording

Row = tuple[str, Json, Json]


def studied(*rows: Row, status: int = 200) -> Study:
    old: list[Exchange] = [exchange(line, old, status=status, call=str(at)) for at, (line, old, _) in enumerate(rows)]
    new = [exchange(line, new, status=status, call=str(at)) for at, (line, _, new) in enumerate(rows)]
    return study(recording(*old), recording(*new))


def renamed(path: str, names: tuple[str, ...] = ("kim", "lee")) -> list[Row]:
    return [(f"/{path}?n={n}", {"who": name}, {"full_name": name}) for n, name in enumerate(names)]


def told(found: Study) -> list[str]:
    return [each.step.describe() for each in shared_steps(found.groups)]


def test__shared_steps__of_two_operations__are_found_with_their_number() -> None:
    [found] = shared_steps(studied(*renamed("ships"), *renamed("docks")).groups)
    assert found == Learned(Rename(from_="full_name", to="who"), "learned on 2 operations")


def test__shared_steps__of_one_operation__are_its_own() -> None:
    assert told(studied(*renamed("ships"), ("/docks", {"a": 1}, {"a": 1}))) == []


def test__shared_steps__that_would_spoil_another_operation__are_kept_from_it_or_not_shared() -> None:
    spoilt: list[Row] = [(f"/ports?k={n}", {"full_name": name}, {"full_name": name}) for n, name in enumerate("ab")]
    [step] = shared_steps(studied(*renamed("ships"), *renamed("docks"), *spoilt).groups)
    assert step.step.when == Condition(query=(("n", True),))
    same = [(line.replace("k=", "n="), old, new) for line, old, new in spoilt]
    assert told(studied(*renamed("ships"), *renamed("docks"), *same)) == []


def test__shared_steps__a_drop__goes_last_and_is_none_where_old_has_the_member_elsewhere() -> None:
    rows = [
        (line, old, new | {"at": 1})  # type: ignore[operator]
        for line, old, new in (*renamed("ships"), *renamed("docks"))
    ]
    assert told(studied(*rows)) == ["rename from full_name, to who", "drop keys ['at']"]
    assert told(studied(*rows, ("/ports", {"at": 1}, {"at": 1}))) == ["rename from full_name, to who"]


def test__shared_steps__a_constant_that_says_something__is_not_put_into_other_operations() -> None:
    rows: list[Row] = [
        (f"/{path}?n={n}", {"n": n, "unit": "kg", "tags": []}, {"n": n}) for path in ("a", "b") for n in range(20, 32)
    ]
    assert told(studied(*rows)) == ["default key tags, value []"]


def test__is_open__an_operation_in_which_a_step_would_change_something__is_not() -> None:
    [group] = studied(("/ports", {"full_name": "a"}, {"full_name": "a"})).groups
    assert is_open(group, [Learned(Drop(keys=("x",)))])
    assert not is_open(group, [Learned(Rename(from_="full_name", to="who"))])


def test__narrowed__to_a_class__keeps_what_it_asked_before() -> None:
    step = Drop(keys=("x",), when=Condition(status="404"))
    assert narrowed(Learned(step, "e"), "4xx") == Learned(step, "e")
    assert narrowed(Learned(Drop(keys=("x",))), "2xx").step.when == Condition(status="2xx")
