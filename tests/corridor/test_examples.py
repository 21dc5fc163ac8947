from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.corridor.examples import asked, examples, joined, shown
from harness.corridor.going import Clock, Going
from harness.corridor.sides import system_up
from harness.environments import Environment, load_environment
from harness.environments.process import ProcessDriver
from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.redaction.workspace import redactor_of
from tests.environments.tiny import SERVER, TINY, get, ignore

ITEMS = [{"id": number, "name": f"item {number}"} for number in range(1, 8)]


WRITES = """\
    def do_PUT(self):
        open("server.py", "w").write("changed")
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
"""


def declared(folder: Path, *rows: str) -> Environment:
    """The tiny environment with these examples."""
    listed = "".join(f"\n  - {row}" for row in rows)
    (folder / "server.py").write_text(SERVER.replace("    def do_GET", f"{WRITES}    def do_GET"))
    (folder / "environment.yaml").write_text(f"{TINY}examples:{listed}\n")
    return load_environment(folder)


def answered(name: str, method: str, url: str, body: object) -> Exchange:
    response = Response(200, (("Content-Type", "application/json"),), json.dumps(body).encode())
    return Exchange(Request(method, f"http://system.test{url}"), response, id=name)


def test__examples__of_each_side__are_its_calls_under_one_name(tmp_path: Path) -> None:
    environment = declared(
        tmp_path,
        "{old: GET /a?from=1, new: GET /b?skip=1}",
        "{old: {call: PUT /a/1, body: {n: [1, null]}}, new: {call: PATCH /a/1, headers: {X-V: 2}, body: {n: []}}}",
    )
    old, new = (examples(environment, side).exchanges for side in ("old", "new"))
    assert [(each.id, each.request.method, each.request.url) for each in (*old, *new)] == [
        ("example-1", "GET", "http://system.test/a?from=1"),
        ("example-2", "PUT", "http://system.test/a/1"),
        ("example-1", "GET", "http://system.test/b?skip=1"),
        ("example-2", "PATCH", "http://system.test/a/1"),
    ]
    assert (old[1].request.headers, old[1].request.body) == ((("Content-Type", "application/json"),), b'{"n":[1,null]}')
    assert dict(new[1].request.headers) == {"X-V": "2", "Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{old: /a, new: GET /b}", "'/a' is not a call"),
        ("{old: GET //elsewhere/a, new: GET /b}", "is not a call"),
        ("{old: GET /a}", "'examples.0.new' is missing"),
        ("{old: {call: GET /a, boddy: 1}, new: GET /b}", "did you mean 'body'"),
    ],
)
def test__examples__that_are_none__are_refused(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        declared(tmp_path, row)


def test__in_new_form__the_plugins_calls__are_asked_as_the_examples_show() -> None:
    windows = [(start, start + size) for size in (2, 3) for start in (0, size)]
    old = [answered(f"e{s}{e}", "GET", f"/items?from={s}&to={e}", ITEMS[s:e]) for s, e in windows]
    new = [answered(f"e{s}{e}", "GET", f"/v2/items?skip={s}&to={e}", ITEMS[s:e]) for s, e in windows]
    plugin = Recording(
        (
            answered("c1", "GET", "/items?from=4&to=6&kind=a", ITEMS[4:6]),
            answered("c2", "GET", "/people?from=4", []),
            answered("c3", "POST", "/items", {"id": 8}),
        )
    )
    elsewhere = answered("x", "GET", "/elsewhere", [])
    found = shown(plugin, Recording((*old, elsewhere)), Recording((*new, elsewhere)))
    first, *others = (each.request for each in found.in_new_form(plugin).exchanges)
    assert (first.path, sorted(first.query)) == ("/v2/items", [("kind", "a"), ("skip", "4"), ("to", "6")])
    assert others == [each.request for each in plugin.exchanges[1:]]
    assert [each.id for each in joined(plugin, found.new).exchanges] == ["c1", "c2", "c3", *(each.id for each in new)]


def test__in_new_form__without_examples__is_as_the_plugin_asked() -> None:
    plugin = Recording((answered("c1", "GET", "/items", ITEMS),))
    nothing = shown(plugin, Recording(()), Recording(()))
    assert (nothing.study, nothing.rewritings) == (None, None)
    assert nothing.in_new_form(plugin) is plugin


def tried(environment: Environment) -> Going:
    return Going(
        environment=environment,
        run_id="run",
        folder=environment.folder,
        started=datetime.now(UTC),
        driver=ProcessDriver("run"),
        reason="",
        tell=ignore,
        clock=Clock(),
        redactor=redactor_of(environment.folder),
    )


def test__asked__examples_that_write__leave_the_side_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    going = tried(declared(tmp_path, "{old: PUT /server.py, new: PUT /server.py}"))
    with system_up(going, "old") as up:
        asked(going, up)
        assert "http.server" in get(f"{up.system.url}/server.py")


@pytest.mark.parametrize(("call", "said"), [("GET /gone", "with [A-Z]"), ("POST /server.py", "with status 501")])
def test__asked__of_a_side__gives_its_answers_and_refuses_an_example_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, said: str
) -> None:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    going = tried(declared(tmp_path, f"{{old: GET /server.py, new: {call}}}"))
    with system_up(going, "old") as up:
        [exchange] = asked(going, up).exchanges
        assert exchange.response is not None
        assert b"http.server" in exchange.response.body
    with system_up(going, "new") as up, pytest.raises(BadFile, match=f"new answers example 1 {said}.*: {call}"):
        asked(going, up)
