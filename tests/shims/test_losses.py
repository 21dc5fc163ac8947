from __future__ import annotations

from harness.changes.study import Study, study
from harness.lens.condition import Condition
from harness.model.json_text import Json
from harness.shims.document import Lost
from harness.shims.losses import losses, other_losses, pairs
from tests.changes.bodies import exchange, recording

Row = tuple[str, int, Json, int, Json]


def studied(*rows: Row) -> Study:
    old = [exchange(line, body, status=status, call=str(at)) for at, (line, status, body, _, _) in enumerate(rows)]
    new = [exchange(line, body, status=status, call=str(at)) for at, (line, _, _, status, body) in enumerate(rows)]
    return study(recording(*old), recording(*new))


def told(*rows: Row) -> list[Lost]:
    return [lost for group in studied(*rows).groups if group.operation for lost in losses(group)]


def test__losses__a_member_that_is_gone__names_what_old_always_said() -> None:
    rows = [(f"/a?n={n}", 200, {"n": n + 20, "up": True}, 200, {"n": n + 20}) for n in range(3)]
    assert told(*rows) == [Lost("$.up", "'up' is gone (3 of 3 pairs; OLD said true in all of them)")]
    rows = [(f"/a?n={n}", 200, {"n": n + 20, "up": n}, 200, {"n": n + 20}) for n in range(3)]
    assert told(*rows) == [Lost("$.up", "'up' is gone (3 of 3 pairs)")]


def test__losses__a_parameter_with_which_new_says_something_else__is_named_and_its_answers_are_not_turned() -> None:
    rows: list[Row] = [
        (
            f"/a?n={n}",
            200,
            [{"v": f"kim {n}"}, {"v": f"lee {n}"}],
            200,
            {"data": [{"v": f"kim {n}"}, {"v": f"lee {n}"}]},
        )
        for n in range(4)
    ]
    found = studied(*rows, ("/a?n=1&q=x", 200, [{"v": "ada"}, {"v": "bo"}, {"v": "cy"}], 200, {"data": []}))
    fine, apart = found.groups
    assert fine.when == Condition(query=(("q", False),))
    assert (apart.when, apart.explained) == (Condition(query=(("q", True),)), [])
    assert Lost("request $.query.q", "NEW answers something else where it is there (1 pair)") in list(losses(apart))


def test__losses__a_body_that_is_gone_or_no_json_any_more__is_said() -> None:
    gone = [exchange("/a", {"a": 1}, call="1")], [exchange("/a", call="1")]
    assert list(losses(study(recording(*gone[0]), recording(*gone[1])).groups[0])) == [
        Lost("$", "the body is gone (1 of 1 pair)")
    ]
    other = [exchange("/a", {"a": 1}, call="1")], [exchange("/a", text="plain", call="1", headers={})]
    [lost] = [each for each in losses(study(recording(*other[0]), recording(*other[1])).groups[0]) if each.path == "$"]
    assert lost.reason == "JSON became not JSON (1 of 1 pair)"


def test__other_losses__of_errors_and_of_calls_that_succeed_on_one_side__are_entries_without_steps() -> None:
    found = studied(
        ("/a/1", 404, {"error": "no such ship"}, 404, {"error": "gone, and more"}),
        ("/b/1", 404, {"error": "same"}, 404, {"error": "same"}),
        ("/c/1", 200, {"n": 1}, 403, {"error": "no"}),
    )
    entries = list(other_losses(found))
    assert [(entry.match, entry.when, entry.response, entry.otherwise) for entry in entries] == [
        ("GET /a/{a_id}", Condition(status="404"), (), True),
        ("GET /c/{c_id}", Condition(status="403"), (), True),
    ]
    assert [lost.path for entry in entries for lost in entry.lost] == ["$.error", "$"]
    assert entries[1].lost[0].reason == "OLD answered 200, NEW answers 403 (1 pair)"


def test__pairs__in_words() -> None:
    assert (pairs(1), pairs(2)) == ("1 pair", "2 pairs")


def test__other_losses__of_errors_in_another_form_or_with_a_code_that_nothing_settles__say_so() -> None:
    found = studied(
        ("/a/1", 500, {"error": "same"}, 400, {"error": "same"}),
        ("/b/1", 404, {"error": "same"}, 400, {"error": "same"}),
        ("/c/1", 404, "plain", 404, None),
    )
    lost = {(entry.match, each.path) for entry in other_losses(found) for each in entry.lost}
    assert {("GET /a/{a_id}", "status"), ("GET /b/{b_id}", "status")} <= lost
