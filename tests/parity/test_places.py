from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.parity import places


def here(**variables: str) -> places.Run:
    def run(argv: Sequence[str]) -> str:
        env = {"PATH": os.environ["PATH"], **variables}
        return subprocess.run(argv, env=env, capture_output=True, text=True, check=True).stdout

    return run


def shown(facts: Sequence[places.Fact]) -> dict[str, str]:
    return {f"{fact.subject} {fact.name}": fact.value for fact in facts}


def test__machine__a_real_one__says_what_it_is() -> None:
    run = here(LANG="de_CH.UTF-8", TZ="Asia/Tokyo", HTTP_PROXY="http://me:s3cret@proxy:3128")
    facts = places.machine(run, "there", time.time())
    found = shown(facts)
    assert {fact.source for fact in facts} == {"there"}
    assert (found["host locale"], found["host timezone"]) == ("de_CH.UTF-8", "Asia/Tokyo")
    assert found["host proxy"] == "http://proxy:3128"
    assert found["host user"] == str(os.getuid())
    assert abs(float(found["host clock ahead"].removesuffix(" s"))) < 60
    assert found["os id"]
    assert found["hosts-entry localhost"]


def test__machine__with_a_clock_of_its_own__is_ahead_by_so_much() -> None:
    found = shown(places.machine(here(), "there", time.time() - 86400))
    assert abs(float(found["host clock ahead"].removesuffix(" s")) - 86400) < 60


@pytest.mark.parametrize("name", ["now", "npm", "hosts", "pip", "os-release", "dpkg"])
@pytest.mark.parametrize("text", ["nonsense", "[]", "{}", '{"packages": []}', "\x1b[2J", "#", "1e999"])
def test__machine__whatever_a_stranger_prints__is_no_crash(name: str, text: str) -> None:
    for each in places.machine(lambda argv: f"@@backfit {name}\n{text}\n", "there", 0.0):
        assert each.value.isprintable()


PRINTED = """
@@backfit os-release
ID=debian
VERSION_ID="12"

@@backfit locale

@@backfit memory
536870912

@@backfit cpus
150000 100000

@@backfit hosts
# 9.9.9.9 commented
127.0.0.1 localhost me
::1 localhost6

@@backfit node
v20.1.0

@@backfit dpkg
jq\t1.6-2
@@backfit pip
datasette==0.64.8
My_Lib==2

@@backfit npm
{"packages": {"node_modules/a": {"version": "1.0"}, "node_modules/a/node_modules/b": {"version": "2"}, "x": 1}}
"""


def test__machine__of_what_was_printed__takes_each_part() -> None:
    assert shown(places.machine(lambda argv: PRINTED, "there", 0.0)) == {
        "os id": "debian", "os version": "12", "host memory": "536870912", "host cpus": "1.5",
        "hosts-entry localhost": "127.0.0.1",
        "hosts-entry me": "127.0.0.1", "hosts-entry localhost6": "::1", "runtime node": "20.1.0", "debian jq": "1.6-2",
        "pip datasette": "0.64.8", "pip My_Lib": "2", "npm a": "1.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("memory", "cpus"),
    [
        ("max", "max 100000"),
        ("9223372036854771712", "-1 100000"),
        ("", ""),
        ("nonsense", "nonsense"),
        ("1x", "5"),
        ("", "5 0"),
    ],
)
def test__machine__without_limits__says_none(memory: str, cpus: str) -> None:
    printed = f"@@backfit memory\n{memory}\n@@backfit cpus\n{cpus}\n"
    assert places.machine(lambda argv: printed, "there", 0.0) == []


ANSWERS = {
    "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36",
    "brands": [["Not A;Brand", "99.0.0.0"], ["Chromium", "156.0.8078.79"]],
    "platform": "Linux",
    "language": "de-CH",
    "zone": "Europe/Zurich",
    "now": 100.0,
    "viewport": "800x600",
    "fonts": {"cjk": True, "emoji": False},
}


@pytest.mark.parametrize(("brands", "chromium"), [(ANSWERS["brands"], "156.0.8078.79"), ([], "156")])
def test__page__of_answers__are_facts(brands: object, chromium: str) -> None:
    assert shown(places.page({**ANSWERS, "brands": brands}, 40.0)) == {
        "browser name": "Chromium", "browser version": chromium, "browser chromium": chromium, "browser-os name": "Linux",
        "browser engine": "chromium", "browser language": "de-CH", "browser viewport": "800x600",
        "host timezone": "Europe/Zurich", "host clock ahead": "60 s", "font cjk": "drawn", "font emoji": "not drawn",
    }  # fmt: skip


@pytest.mark.parametrize("own", [True, False])
def test__program__of_answers__tells_of_python_where_it_is_the_plugins(own: bool) -> None:
    answers = {"os_release": "ID=alpine\n", "locale": "C", "zone": "", "now": 1, "python": "3.9.2", "pip": {"a": "1"}}
    found = shown(places.program(answers, 0.0, own=own))
    assert found == {"os id": "alpine", "host locale": "C", "host clock ahead": "1 s"} | (
        {"runtime python": "3.9.2", "pip a": "1"} if own else {}
    )


def test__headers__of_calls__are_those_that_tell_something() -> None:
    request = Request("GET", "http://x/", (("Accept-Language", "de-CH"), ("Cookie", "secret")), b"")
    response = Response(200, (("Server", "nginx"), ("ETag", "1")), b"")
    found = places.headers([Exchange(request, response), Exchange(request, None)])
    assert shown(found) == {"header accept-language": "de-CH", "answer server": "nginx"}
