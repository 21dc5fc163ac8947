"""A page's own API as it is recorded, in Chromium: whatever way the page makes it, its callers see no difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import Json
from harness.reads.lines import append_lines, read_accesses
from harness.reads.pages import BINDING as READS
from harness.reads.pages import FLUSH, page_script
from harness.record.browser import ARGUMENTS, find_browser
from harness.record.host_api import BINDING, host_script, is_host_call, read_host_calls, with_host_calls
from harness.shims.document import Entry, Shim
from harness.shims.javascript import emit

SITE = "http://127.0.0.1:9/desk?view=1"
API = """{
  version: '2.1', labels: {en: ['a', 'b']}, limit: 1.5, nothing: null,
  getUser(id) { return {id, profile: {email: 'a@b.example'}, since: new Date(0), skip: undefined}; },
  async load(name) { if (name === 'bad') throw new RangeError('no ' + name); return [{name}]; },
  fail() { throw new TypeError('broken'); },
  each(list, callback) { return list.map((item) => callback(item, {n: 1})); },
  users: {find(id) { return new User(id); }},
  set(key, value) { this[key] = value; },
  element() { return document.documentElement; },
}"""
USER = "class User { #id; constructor(id) { this.#id = id; this.name = 'n' + id; } getId() { return this.#id; } }"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def recorded(
    chromium: Browser, tmp_path: Path, *scripts: str, watch: bool = True, reads: Path | None = None, first: str = ""
) -> tuple[Json, list[Exchange]]:
    """What the last script returns on a page that has the scripts, and what was recorded meanwhile."""
    *before, last = scripts
    tags = "".join(f"<script>{text}</script>" for text in before)
    calls = tmp_path / "calls"

    def serve(route: Route) -> None:
        text = f"plugin = async () => {{ {last} }};" if route.request.url.endswith("/plugin.js") else ""
        page = f"<!doctype html><p>{tags}<script src=/plugin.js></script>"
        route.fulfill(body=text or page, content_type="text/javascript" if text else "text/html")

    context = chromium.new_context()
    context.route("**/*", serve)
    if watch:
        context.expose_binding(BINDING, lambda source, line: _append(calls, line))
        tracker = page_script(["**/plugin.js"], "") if reads else ""
        context.add_init_script(f"{first}\n;{host_script(['System'])}\n;{tracker}")
    if reads:
        context.expose_binding(READS, lambda source, lines: append_lines(reads, lines.encode()))
    page = context.new_page()
    page.goto(SITE)
    result: Json = page.evaluate("plugin().catch((error) => `${error.name}: ${error.message}`)")
    page.evaluate(FLUSH if reads else "0")  # what was told before has arrived then
    context.close()
    return result, read_host_calls(calls, ["**/plugin.js"])


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def told(exchange: Exchange) -> tuple[Any, ...]:
    request, response = exchange.request, exchange.response
    assert response is not None
    args = (json.loads(request.body),) if request.body else ()
    return request.method, request.path, *args, response.status, json.loads(response.body)


FUNCTION = f"function System() {{}} Object.assign(System, {API})"
MADE = {
    "an assignment": f"{USER} window.System = {API}",
    "a variable": f"{USER} var System = {API}",
    "a let": f"{USER} let System = {API}",
    "a constant": f"{USER} const System = {API}",
    "a definition": f"{USER} Object.defineProperty(window, 'System', {{value: {API}}})",
    "a getter": f"{USER} const own = {API}; Object.defineProperty(window, 'System', {{get: () => own}})",
    "a function": f"{USER} {FUNCTION}",
    "a frozen object": f"{USER} window.System = Object.freeze({API})",
    "frozen by its name": f"{USER} var System = {API}; Object.freeze(System)",
    "filled later": f"{USER} window.System = {{}}; Object.assign(System, {API})",
}


@pytest.mark.browser
@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test__host_script__however_the_page_makes_its_api__records_its_calls(
    chromium: Browser, tmp_path: Path, made: str
) -> None:
    plugin = "const user = System.getUser(7); return user.profile.email + (await System.load('x'))[0].name"
    result, calls = recorded(chromium, tmp_path, made, plugin)
    assert result == "a@b.examplex"
    user = {"id": 7, "profile": {"email": "a@b.example"}, "since": "1970-01-01T00:00:00.000Z"}
    assert [told(call) for call in calls] == [
        ("CALL", "/System/getUser", [7], 200, user),
        ("CALL", "/System/load", ["x"], 200, [{"name": "x"}]),
    ]
    assert all(call.meta["page"] == "/desk?view=1" and call.meta["dest"] == "host-api" for call in calls)
    assert all(call.meta["by"] == "plugin" for call in calls)


PLUGINS = json.loads(Path(__file__).with_name("host_plugins.json").read_text())


@pytest.mark.browser
@pytest.mark.parametrize("row", [pytest.param(row, id=row["title"]) for row in PLUGINS])
def test__host_script__of_whatever_a_plugin_does__tells_it_and_changes_nothing(
    chromium: Browser, tmp_path: Path, row: dict[str, Any]
) -> None:
    made = f"{USER} window.System = {API}"
    unwatched, _ = recorded(chromium, tmp_path, made, row["plugin"], watch=False)
    result, calls = recorded(chromium, tmp_path, made, row["plugin"])
    assert result == unwatched
    assert [list(told(call)) for call in calls] == row["told"]


@pytest.mark.browser
def test__host_script__of_a_callback__tells_what_it_was_called_with(chromium: Browser, tmp_path: Path) -> None:
    plugin = "return System.each([1], (item) => item)"
    _, [call] = recorded(chromium, tmp_path, f"window.System = {API}", plugin)
    assert call.meta["host"]["callbacks"] == [{"$callback": 1, "with": [1, {"n": 1}]}]


@pytest.mark.browser
def test__host_script__of_a_value_that_unfolds_without_end__is_bounded(chromium: Browser, tmp_path: Path) -> None:
    plugin = "let big = {}; for (let at = 0; at < 40; at += 1) big = {a: big, b: big}; System.set('big', big); return 1"
    result, [call] = recorded(chromium, tmp_path, f"window.System = {API}", plugin)
    assert result == 1
    assert len(call.request.body) < 10_000_000


@pytest.mark.browser
@pytest.mark.parametrize(
    ("plugin", "places"),
    [
        ("return System.getUser(7).profile.email", {("CALL", "/System/getUser", "$.profile.email")}),
        ("return (await System.load('x'))[0].name", {("CALL", "/System/load", "$[*].name")}),
        ("return System.labels.en.length", {("GET", "/System/labels", "$.en")}),
        ("return System.each([1], (item, more) => more.n)", {("CALL", "/System/each", "$.n")}),
    ],
)
def test__host_script__beside_the_tracker__has_reads_told(
    chromium: Browser, tmp_path: Path, plugin: str, places: set[tuple[str, str, str]]
) -> None:
    reads = tmp_path / "reads"
    made = f"window.System = {API}"
    recorded(chromium, tmp_path, made, plugin, reads=reads)
    found = read_accesses(reads)
    told_places = {(each.method, urlsplit(each.url).path, each.place) for each in found}
    assert places <= told_places
    assert all(each.url.startswith("host-api://page/") for each in found)


@pytest.mark.browser
def test__host_script__on_top_of_another__tells_each_call_once(chromium: Browser, tmp_path: Path) -> None:
    """As where a shim stands before the API: neither of the two takes the other's place again and again."""
    made = [f"window.System = {API}", *["document.body.append('changed')"] * 5]
    other = emit(Shim(entries=(Entry("CALL", "/System/getUser"),)), host_only=True)
    standing = "Object.getOwnPropertyDescriptor(window, 'System').get[Symbol.for('backfit.standing')].length"
    layers, calls = recorded(chromium, tmp_path, *made, f"System.getUser(1); return {standing}", first=other)
    assert (layers, len(calls)) == (2, 1)


@pytest.mark.browser
def test__host_script__of_a_frozen_constant__says_that_it_cannot_be_recorded(chromium: Browser, tmp_path: Path) -> None:
    result, [lost] = recorded(chromium, tmp_path, f"const System = Object.freeze({API})", "return System.getUser(1).id")
    assert result == 1
    assert (lost.response, lost.request.path) == (None, "/System")
    assert "cannot be recorded" in str(lost.error)


@pytest.mark.browser
def test__host_calls__of_the_page_itself__are_not_the_plugins(chromium: Browser, tmp_path: Path) -> None:
    _, calls = recorded(chromium, tmp_path, f"window.System = {API}; System.getUser(1)", "System.getUser(2)")
    assert [(call.meta.get("by"), json.loads(call.request.body)) for call in calls][-1] == ("plugin", [2])
    assert calls == [] or all(call.meta.get("by") != "plugin" for call in calls[:-1])


AT = {"page": "/", "frames": [], "started": "2026-01-01T00:00:00.000Z"}
LINE = {"id": "a-1", "kind": "CALL", "path": ["System", "get x"], "args": "[1.0]", **AT}


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([LINE | {"value": "18446744073709551617"}], 1),
        ([LINE | {"value": "1"}, "{"], 1),
        ([LINE, LINE | {"value": "no"}, LINE | {"value": "1", "path": []}, LINE | {"value": 1}, [], 5], 0),
        ([LINE | {"value": "1", "frames": [1]}, LINE | {"value": "1", "kind": "PUT"}], 0),
        ([{"callback": 0, "of": 1, "path": ["a"], "args": "[]"}], 0),
    ],
)
def test__read_host_calls__of_lines_that_a_page_may_write__takes_those_that_are_whole(
    tmp_path: Path, lines: list[Any], count: int
) -> None:
    file = tmp_path / "calls"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    found = read_host_calls(file)
    assert len(found) == count
    for call in found:
        assert call.request.url == "host-api://page/System/get%20x"
        assert call.request.body == b"[1.0]"


def test__read_host_calls__of_no_file__is_nothing(tmp_path: Path) -> None:
    assert read_host_calls(tmp_path / "none") == []


def test__with_host_calls__of_a_recording__are_where_they_began() -> None:
    def at(second: int, url: str) -> Exchange:
        return Exchange(Request("GET", url), Response(200), started=f"2026-01-01T00:00:0{second}.000Z")

    recording = Recording((at(1, "http://a/1"), at(3, "http://a/3")))
    merged = with_host_calls(recording, [at(2, "host-api://page/System/x")])
    assert [is_host_call(exchange) for exchange in merged.exchanges] == [False, True, False]
