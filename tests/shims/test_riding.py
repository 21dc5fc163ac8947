from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.changes.study import study
from harness.lens.step import write_step
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import serialize
from harness.schema.discriminators import discriminator
from harness.shims.document import Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.riding import riding, with_riding_bodies

Body = dict[str, Any]
Write = Callable[[Body], tuple[int, Body | None]]
JSON = (("Content-Type", "application/json"),)


def call(number: int, method: str, path: str, sent: Body | None, status: int, answered: Body | None) -> Exchange:
    body = b"" if sent is None else serialize(sent)
    back = b"" if answered is None else serialize(answered)
    return Exchange(
        Request(method, f"http://x.test{path}", JSON, body), Response(status, JSON, back), id=f"{method}{number}"
    )


def item(number: int) -> Body:
    return {"id": number, "title": f"the {number}th", "done": bool(number % 3), "note": "n" * number}


def renamed(body: Body) -> Body:
    """NEW's form: `title` is `name`, `id` a text."""
    return {"id": str(body["id"]), "name": body["title"], "done": body["done"], "note": body["note"]}


def recordings(
    write: Callable[[Body], tuple[int, Body | None]], method: str = "PUT", path: str = "/items/{}"
) -> tuple[Recording, Recording]:
    """Nine items read, and five written back as they were read, with `write` for NEW's answer."""
    read = [call(n, "GET", f"/items/{n}", None, 200, item(n)) for n in range(1, 10)]
    new_read = [call(n, "GET", f"/items/{n}", None, 200, renamed(item(n))) for n in range(1, 10)]
    sent = [{**item(n), "title": f"changed {n}"} for n in range(1, 6)]
    written = [call(n, method, path.format(n), body, 200, body) for n, body in enumerate(sent, start=1)]
    new_written = [call(n, method, path.format(n), body, *write(body)) for n, body in enumerate(sent, start=1)]
    return Recording((*read, *written)), Recording((*new_read, *new_written))


def refuses(body: Body) -> tuple[int, Body | None]:
    return 422, {"error": "name is missing"}


def ignores(body: Body) -> tuple[int, Body | None]:
    return 200, {**renamed(item(body["id"]))}


def takes(body: Body) -> tuple[int, Body | None]:
    return 200, renamed(body)


def silent(body: Body) -> tuple[int, Body | None]:
    return 204, None


RENAME = {"rename": {"at": "$.body", "from": "title", "to": "name"}}
CONVERT = {"convert": {"at": "$.body.id", "using": "integer-to-string"}}


@pytest.mark.parametrize(
    ("write", "steps"), [(refuses, [CONVERT, RENAME]), (ignores, [RENAME]), (takes, []), (silent, [CONVERT, RENAME])]
)
def test__riding__a_body_that_was_read_and_is_sent_back__gets_news_form_unless_new_took_it(
    write: Write, steps: list[Body]
) -> None:
    found = riding(study(*recordings(write)))
    ridden = [learned for each in found.values() for learned in each]
    assert sorted([write_step(learned.step) for learned in ridden], key=str) == steps
    assert {learned.evidence for learned in ridden} <= {"the inverse of GET /items/{item_id}"}


def test__riding__a_new_item__goes_to_the_collection_in_the_items_form() -> None:
    found = riding(study(*recordings(refuses, "POST", "/items")))
    assert {str(operation) for operation, _ in found} == {"POST /items"}


def test__riding__another_resource__is_left_alone() -> None:
    assert riding(study(*recordings(refuses, "PUT", "/others/{}"))) == {}


def test__riding__a_body_that_new_was_sent_otherwise__is_what_the_pairs_show() -> None:
    old, new = recordings(takes)
    sent = [
        Exchange(Request(each.request.method, each.request.url, JSON, b'{"name":"x"}'), each.response, id=each.id)
        if each.request.body
        else each
        for each in new.exchanges
    ]
    assert riding(study(old, Recording(tuple(sent)))) == {}


def test__riding__an_answer_whose_steps_lose_something__rides_nothing() -> None:
    """Which letters were small, nobody knows."""
    old, new = recordings(refuses)
    loud = [each if each.request.body else replace(each, response=_loud(each)) for each in new.exchanges]
    found = study(old, Recording(tuple(loud)))
    steps = [each.step for group in found.groups for each in group.explained if each.step is not None]
    assert {"using": "lower-case", "at": "$.title"} in [step.parameters() for step in steps]
    assert riding(found) == {}


def test__riding__an_answer_whose_steps_may_lose_something__rides_nothing() -> None:
    """A comma in a tag would make two of it."""
    old, new = recordings(refuses)
    tagged = [_with_body(each, {**item(_number(each)), "tags": ["a", f"t{_number(each)}"]}) for each in old.exchanges]
    joined = [
        each
        if each.request.body
        else _with_body(each, {**item(_number(each)), "tags": f"a,t{_number(each)}", "id": str(_number(each))})
        for each in new.exchanges
    ]
    found = study(Recording(tuple(tagged)), Recording(tuple(joined)))
    assert "split" in [each.step.name for group in found.groups for each in group.explained if each.step is not None]
    assert riding(found) == {}


def _number(each: Exchange) -> int:
    return int(each.request.path.rsplit("/", 1)[1])


def _with_body(each: Exchange, body: Body) -> Exchange:
    return replace(each, response=Response(200, JSON, serialize(body)))


def _loud(each: Exchange) -> Response:
    number = _number(each)
    body = {**item(number), "id": str(number), "title": item(number)["title"].upper()}
    return Response(200, JSON, serialize(body))


def test__shim__of_bodies_that_ride__forwards_them_in_news_form() -> None:
    found = study(*recordings(refuses))
    program = Program(shim_from(found), discriminator)
    asked = Request("PUT", "http://x.test/items/3", JSON, serialize({**item(3), "title": "mine"}))
    assert program.forward(asked).body == serialize({**renamed(item(3)), "name": "mine"})
    assert dict(program.forward(asked).headers) == dict(JSON)


def test__with_riding_bodies__an_operation_that_has_no_entry__gets_one() -> None:
    found = study(*recordings(refuses))
    [entry] = with_riding_bodies(Shim(), found).entries
    assert (entry.match, [write_step(each.step) for each in entry.request]) == (
        "PUT /items/{item_id}",
        [CONVERT, RENAME],
    )
