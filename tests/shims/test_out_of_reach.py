from __future__ import annotations

import pytest

from harness.model.errors import UsageError
from harness.model.json_text import Json
from harness.shims.document import Entry, SecondCall, Shim
from harness.shims.javascript import emit
from harness.shims.out_of_reach import check_reach
from tests.shims.answers import entry, learned

REQUESTS: list[Json] = [
    {"drop": {"at": "$.header", "keys": ["Cookie"]}},
    {"move": {"from": "$.query.key", "to": "$.header.cookie"}},
    {"affix": {"at": "$.header.origin", "to_prefix": "x"}},
    {"copy": {"at": "$.query", "from": "request(Cookie)", "to": "session"}},
    {"move": {"at": "$.header", "from": "$.x-key", "to": "$.cookie"}},
]
ANSWERS: list[Json] = [
    {"set-header": {"header": "Set-Cookie", "value": "a=1"}},
    {"rename-header": {"from": "x-session", "to": "set-cookie"}},
    {"header-to-member": {"header": "set-cookie", "key": "session"}},
    {"copy": {"from": "header(Set-Cookie)", "to": "session"}},
    {"copy": {"from": "request(user-agent)", "to": "by"}},
]


@pytest.mark.parametrize("step", REQUESTS)
def test__reach__of_a_request_header_that_scripts_cannot_set__is_refused(step: Json) -> None:
    name = next(iter(step))
    for shim in (Shim(entries=(Entry("GET", "/a", request=learned(step)),)), Shim(requests=learned(step))):
        with pytest.raises(UsageError, match=f"`{name}`: no script in a page reaches the header"):
            check_reach(shim)


@pytest.mark.parametrize("step", ANSWERS)
def test__reach__of_an_answers_header_that_scripts_are_not_shown__is_refused(step: Json) -> None:
    for shim in (Shim(entries=(entry("GET /a", step),)), Shim(everywhere=learned(step)), Shim(otherwise=learned(step))):
        with pytest.raises(UsageError, match="no script in a page reaches the header"):
            emit(shim)


def test__reach__of_second_calls__is_refused_where_they_are_chosen() -> None:
    called = SecondCall("more", "/b", chosen=True)
    check_reach(Shim(entries=(entry("GET /a", calls=(SecondCall("more", "/b"),)),)))
    with pytest.raises(UsageError, match="second calls") as error:
        check_reach(Shim(entries=(entry("GET /a", calls=(called,)),)))
    assert error.value.where == "GET /a"


@pytest.mark.parametrize(
    ("request_step", "step"),
    [
        ({"rename": {"at": "$.body", "from": "cookie", "to": "host"}}, {"rename": {"from": "set-cookie", "to": "cookie"}}),
        ({"move": {"from": "$.query.key", "to": "$.header.x-key"}}, {"set-header": {"header": "Date", "value": ""}}),
        ({"default": {"at": "$.header", "key": "authorization", "value": "x"}}, {"copy": {"from": "request(X-Key)", "to": "a"}}),
    ],
)  # fmt: skip
def test__reach__of_all_else__is_given(request_step: Json, step: Json) -> None:
    check_reach(Shim(entries=(entry("GET /a", step, request=learned(request_step)),)))


def test__reach__of_calls_of_a_pages_own_api__knows_no_headers() -> None:
    check_reach(Shim(entries=(entry("CALL /System/a", {"drop": {"keys": ["cookie"]}}),)))
