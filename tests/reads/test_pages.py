from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from harness.model.json_text import Json
from harness.reads.pages import glob_pattern, worker_prelude
from tests.reads.conftest import Uses, Visit, answers, plugin, tracked, used
from tests.reads.rows import HELPERS, SOURCES, USES, bodies
from tests.reads.site import HTML, JSON, SCRIPT, Answer, Site, served

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def seen(browser: Browser) -> list[Uses]:
    """What is told of each of USES and SOURCES: one page does them all, each with answers of its own."""
    uses = [f"const d = await (await fetch('/json?{n}')).json(); {script}" for n, (script, _) in enumerate(USES)]
    sources = [f"url = '/json?{len(uses) + n}'; {script}" for n, (script, _) in enumerate(SOURCES)]
    runs = "".join(f"async () => {{ {script} }},\n" for script in uses + sources)
    script = f"let url; {HELPERS} globalThis.run = async () => {{ for (const each of [{runs}]) await each(); }};"
    with served(bodies(len(uses + sources)) | plugin(script)) as site:
        context = browser.new_context()
        visit = tracked(context, site)
        visit.page.goto(site.url)
        visit.page.evaluate("run().then(() => 1)")
        accesses = visit.told().accesses
        context.close()
    return [used(accesses, n) for n in range(len(uses + sources))]


@pytest.mark.browser
@pytest.mark.parametrize(("number", "script", "expected"), [(n, *row) for n, row in enumerate(USES + SOURCES)])
def test__tracking__an_answer__tells_what_was_done_with_it(
    seen: list[Uses], number: int, script: str, expected: Uses
) -> None:
    assert seen[number] == expected


PAGE = b"""<!doctype html><script src=/app.js></script><script src=/lib.js></script><script src=/plug/in.js></script>"""
OURS = {
    # asked for by the page, and read by each
    "shared": "async () => { const d = await load('/data'); d.app; plug(d); }",
    "again": "async () => { const d = await load('/data'); plug(d, () => d.inside); }",
    "many": "async () => { const d = await load('/data'); for (let i = 0; i < 500; i++) d.app; await 1; plug(d); }",
    # asked for by the plugin, and read by whomever
    "own": "async () => { const d = await plugLoad('/data'); d.app; }",
    "through": "async () => { const d = await plugLoad('/data', load); d.app; }",
    "request": "() => new Promise((done) => plugRequest('/data', (d) => { d.app; done(); }))",
}
APP = (
    "const load = async (url) => (await fetch(url)).json(); Object.assign(globalThis, {load, runs: {"
    + ",".join(f"{name}: {script}" for name, script in OURS.items())
    + "}});"
)
LIB = "const pick = (d, name) => d[name];"
PLUG = """
const plug = (d, more = () => {}) => { d.direct; pick(d, 'picked'); more(); };
const plugLoad = async (url, load = async (url) => (await fetch(url)).json()) => load(url);
const plugRequest = (url, then) => {
  const request = new XMLHttpRequest();
  request.open("GET", url);
  request.onload = () => then(JSON.parse(request.responseText));
  request.send();
};
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shared", {"$.direct": "missing", "$.picked": "read"}),
        ("again", {"$.direct": "missing", "$.picked": "read"}),
        ("many", {"$.direct": "missing", "$.picked": "read"}),
        ("own", {"$.app": "read"}),
        ("through", {"$.app": "read"}),
        ("request", {"$.app": "read"}),
    ],
)
def test__scripts__given__tell_what_is_the_plugins(
    context: BrowserContext, site: Site, name: str, expected: Uses
) -> None:
    site.routes |= answers(data={"app": 1, "picked": 2, "inside": 3}) | {"/": (PAGE, HTML)}
    site.routes |= {
        name: (text.encode(), SCRIPT) for name, text in (("/app.js", APP), ("/lib.js", LIB), ("/plug/in.js", PLUG))
    }
    visit = tracked(context, site, ["**/plug/*.js"])
    visit.page.goto(site.url)
    visit.page.evaluate(f"runs.{name}()")
    told = visit.told()
    assert used(told.accesses, "/data") == expected
    assert name in ("own", "through") or all("/plug/in.js:" in where for each in told.accesses for where in each.where)
    assert bool(told.seen) == (name in ("own", "through", "request"))


def ran(context: BrowserContext, site: Site, does: str, *, bound: bool = True, script: str = "") -> Visit:
    """A visit to a page whose plugin has done what it `does`; what it returned is in the page's title."""
    site.routes |= plugin(script or f"globalThis.run = async () => {{ {does} }};")
    visit = tracked(context, site, bound=bound)
    visit.page.goto(site.url)
    visit.page.evaluate("run().then((value) => { document.title = JSON.stringify(value) ?? '' })")
    return visit


@pytest.mark.browser
def test__push__that_nobody_takes__does_not_go_on_for_ever(context: BrowserContext, site: Site) -> None:
    site.routes |= answers(data={"a": 1})
    tries: list[str] = []
    context.route("**/__backfit__/reads", lambda route: (tries.append(route.request.url), route.abort())[1])
    visit = ran(context, site, "(await (await fetch('/data')).json()).a", bound=False)
    visit.page.wait_for_timeout(700)
    assert 1 <= len(tries) <= 3


HOSTILE = b'{"__proto__": {"x": 1}, "constructor": {"a": 1}, "a b": 1, "\\u00e9\\ud800": 2, "$": {"*": 4}}'


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "script", "value", "expected"),
    [
        (
            HOSTILE,
            "return [d.__proto__.x, Object.getPrototypeOf(d) === Object.prototype, ({}).x ?? 0]",
            [1, True, 0],
            {"$.__proto__": "read", "$.__proto__.x": "read"},
        ),
        (HOSTILE, "return d.constructor.a", 1, {"$.constructor": "read", "$.constructor.a": "read"}),
        (HOSTILE, "return d['a b']", 1, {'$["a b"]': "read"}),
        (HOSTILE, "return d['\\u00e9\\ud800']", 2, {'$["\\u00e9\\ud800"]': "read"}),
        (HOSTILE, "return d.$['*']", 4, {'$["$"]': "read", '$["$"]["*"]': "read"}),
        (HOSTILE, "return structuredClone({d}).d.__proto__.x", 1, {"$.__proto__": "read", "$.__proto__.x": "read"}),
        (b'{"a": 1, "a": 2}', "return d.a", 2, {"$.a": "read"}),
        (b"[" * 3000 + b"]" * 3000, "return d[0][0].length", 1, {"$[*]": "read", "$[*][*]": "read"}),
        (b"[" * 300 + b"5" + b"]" * 300, "return d.flat(Infinity)[0]", 5, None),
        (
            json.dumps({f"k{n}": {"v": n} for n in range(3000)}).encode(),
            "let sum = 0; for (let n = 0; n < 3000; n++) sum += d['k' + n].v; return sum",
            sum(range(3000)),
            None,
        ),
        (b"[" + b"[]," * 250_000 + b"[]]", "return d.length", 250_001, {"$": "read"}),
        (b"[" + b"[]," * 250_000 + b"[]]", "return d.at(-1).length", 0, {"$": "read", "$[*]": "exported read"}),
    ],
)
def test__hostile_answer__read__gives_its_value_and_its_place(
    context: BrowserContext, site: Site, body: bytes, script: str, value: Json, expected: Uses | None
) -> None:
    site.routes["/data"] = (body, JSON)
    visit = ran(context, site, f"const d = await (await fetch('/data')).json(); {script}")
    assert json.loads(visit.page.title()) == value
    told = visit.told()
    assert not told.skipped
    assert expected is None or used(told.accesses, "/data") == expected


WRAPPED = """
const { parse } = JSON; JSON.parse = function (...args) { return parse.apply(this, args); };
const { fetch: send } = window; window.fetch = function fetch(...args) { return send.apply(this, args).then((a) => a); };
const { then } = Promise.prototype; Promise.prototype.then = function (...args) { return then.apply(this, args); };
const { open } = XMLHttpRequest.prototype; XMLHttpRequest.prototype.open = function (...args) { return open.apply(this, args); };
"""
CHANGES = {
    "frozen": "[JSON, Error, Promise, Object.prototype, Array.prototype, Response.prototype].forEach(Object.freeze);",
    "wrapped": WRAPPED,
    "toJSON": "Array.prototype.toJSON = () => 'mine'; Object.prototype.toJSON = function () { return 'mine'; };",
    "stacks": "Error.stackTraceLimit = 0; Error.prepareStackTrace = () => { throw new Error('mine'); };",
    "no stacks": "Error.captureStackTrace = undefined; delete Error.stackTraceLimit;",
    "no proxies": "Proxy = undefined; WeakMap = undefined; Reflect.get = () => 'mine';",
}


@pytest.mark.browser
@pytest.mark.parametrize("page", CHANGES)
def test__page__that_changes_the_language__is_tracked_and_not_disturbed(
    context: BrowserContext, site: Site, page: str
) -> None:
    site.routes |= answers(data={"a": [1, 2], "b": 3})
    script = """
    const xhr = await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("GET", "/data?2"); request.onload = () => done(JSON.parse(request.responseText)); request.send();
    });
    return (await (await fetch("/data?1")).json()).a[1] + xhr.b;"""
    visit = ran(context, site, f"{CHANGES[page]} {script}")
    assert visit.page.title() in ("5", '"mine"')
    told = visit.told(settled=page != "toJSON")  # there Playwright itself is out of its wits
    assert used(told.accesses, 1) == {"$.a": "read", "$.a[*]": "read"}
    assert used(told.accesses, 2) == {"$.b": "read"}


@pytest.mark.browser
def test__stacks__as_the_page_wants_them__are_left_so(context: BrowserContext, site: Site) -> None:
    site.routes |= answers(data={"a": 1})
    script = """Error.stackTraceLimit = 1; Error.prepareStackTrace = (error, sites) => sites.length;
    const before = Object.keys(Error); (await (await fetch("/data")).json()).a;
    return [new Error().stack, Error.stackTraceLimit, before.length === Object.keys(Error).length];"""
    assert json.loads(ran(context, site, script).page.title()) == [1, 1, True]


@pytest.mark.browser
def test__page__that_looks_around__sees_natives_and_no_calls_of_ours(context: BrowserContext, site: Site) -> None:
    site.routes |= answers(data={"a": 1})
    visit = ran(context, site, "", script=(PAGES / "looks.js").read_text())
    assert json.loads(visit.page.title()) == {
        "native": True,
        "names": ["fetch", 1, 2, "get status"],
        "classes": True,
        "globals": [],
        "calls": 0,
    }
    assert site.asked.count("/data") == 1
    assert visit.bound


@pytest.mark.browser
def test__policy__that_allows_little__is_not_violated(context: BrowserContext, site: Site) -> None:
    site.routes |= answers(data={"a": 1})
    site.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'self'; connect-src 'self'"
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    visit = ran(context, site, 'return (await (await fetch("/data")).json()).a')
    assert used(visit.told().accesses, "/data") == {"$.a": "read"}
    assert [line for line in said if "favicon" not in line and "404" not in line] == []


ANSWERED = "await new Promise((done) => { target.onmessage = ({data}) => done(data); to.postMessage(location.href); })"
BLOB = "const url = URL.createObjectURL(new Blob([await (await fetch('/%s.js')).text()]));"


def as_recorded(name: str) -> dict[str, Answer]:
    """A worker's script as the recorder gives it."""
    text = (PAGES / f"{name}.js").read_bytes()
    return {f"/{name}.js": (b'"use strict";' * (b"use strict" in text) + worker_prelude([]) + text, SCRIPT)}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("made", "value"),
    [
        ("const target = new Worker('/worker.js'), to = target;", "undefined"),
        ("const target = new Worker('/worker.js', {type: 'module'}), to = target;", "undefined"),
        ("const target = new SharedWorker('/shared.js').port, to = target;", "object"),
        (BLOB % "worker" + "const target = new Worker(url), to = target; URL.revokeObjectURL(url);", "undefined"),
        (BLOB % "shared" + "const target = new SharedWorker(url).port, to = target;", "object"),
    ],
)
def test__worker__that_fetches__tells_what_it_reads(context: BrowserContext, site: Site, made: str, value: str) -> None:
    scripts = as_recorded("worker") | as_recorded("shared")
    if made.startswith("const url"):
        scripts = {f"/{name}.js": PAGES / f"{name}.js" for name in ("worker", "shared")}
    site.routes |= answers(data={"a": 1}) | scripts
    visit = ran(context, site, f"{made} return {ANSWERED}")
    assert json.loads(visit.page.title()) == value
    accesses = visit.told(settled=False).accesses
    assert used(accesses, 1) == {"$.a": "read"}
    calls = [where for access in accesses if access.place == "$.a" for where in access.where]
    assert [where.split(":")[-2] for where in calls] == ["3"]  # the line in the plugin's own script


@pytest.mark.browser
def test__service_worker__of_a_page__tells_what_it_reads_and_meets_no_push(context: BrowserContext, site: Site) -> None:
    site.routes |= answers(data={"a": 1}) | as_recorded("service")
    script = """await navigator.serviceWorker.register('/service.js'); await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
    const { a } = await (await fetch('/data?2')).json();
    await new Promise((done) => setTimeout(done, 200));
    return [a, await (await fetch('/x?met')).json()]"""
    visit = ran(context, site, script, bound=False)
    assert json.loads(visit.page.title()) == [2, ["/data", "/x"]]
    told = visit.told(settled=False)
    assert site.pushed.count(b"started") == 2
    assert used(told.accesses, 1) == {"$.a": "read"}
    assert used(told.accesses, 2) == {"$.a": "read"}


@pytest.mark.browser
@pytest.mark.parametrize("frame", ["same", "other", "srcdoc"])
def test__frame__that_is_handed_an_answer__gets_it_and_tells_its_own_reads(
    context: BrowserContext, site: Site, frame: str
) -> None:
    site.routes |= answers(data={"a": 1, "rows": [1, 2]}) | {"/frame": PAGES / "frame.html"}
    other = site.url.replace("127.0.0.1", "localhost")
    source = {
        "same": "src=/frame",
        "other": f"src={other}/frame",
        "srcdoc": f"srcdoc='{(PAGES / 'frame.html').read_text()}'",
    }[frame]
    script = f"""document.body.innerHTML = `<iframe {source}></iframe>`; const to = frames[0], target = globalThis;
    await new Promise((done) => {{ document.querySelector('iframe').onload = done; }});
    const d = await (await fetch('/data?2')).json();
    return new Promise((done) => {{ onmessage = (event) => done(event.data); to.postMessage({{rows: d.rows}}, '*'); }})"""
    if frame == "other":  # the function of a window of another origin belongs to nobody who could be changed
        script = script.replace("rows: d.rows", "rows: [...d.rows]")
    visit = ran(context, site, script)
    assert visit.page.title() == "2"
    told = visit.told(settled=False)
    assert used(told.accesses, 1) == {"$.a": "read"}
    assert used(told.accesses, 2) == (
        {"$.rows": "read", "$.rows[*]": "read"} if frame == "other" else {"$.rows": "exported read"}
    )


@pytest.mark.browser
@pytest.mark.parametrize("bound", [True, False])
def test__page__that_is_left_at_once__told_what_it_read(context: BrowserContext, site: Site, bound: bool) -> None:
    site.routes |= answers(data={"a": 1, "b": 2}) | {"/next": (b"<p>next", HTML)}
    visit = ran(context, site, "globalThis.d = await (await fetch('/data')).json(); d.a", bound=bound)
    visit.page.evaluate("setTimeout(() => { leave() }); globalThis.leave = () => { location.href = '/next' }")
    visit.page.wait_for_url("**/next")
    assert used(visit.told(settled=False).accesses, "/data") == {"$.a": "read"}


@pytest.mark.parametrize(
    ("glob", "url", "expected"),
    [
        ("**/plug/*.js", "http://a.test:80/plug/in.js", True),
        ("**/plug/*.js", "http://a.test/x/plug/in.js?v=3#top", True),
        ("**/plug/*.js", "http://a.test/plug/deep/in.js", False),
        ("**/plug/**", "http://a.test/plug/deep/in.js?v=1", True),
        ("**/*.js?v=1", "http://a.test/in.js?v=1", True),
        ("**/*.js?v=1", "http://a.test/inxjs?v=1", False),
        ("**/{a,b}.js", "http://a.test/b.js", True),
        ("**/{a,b}.js", "http://a.test/c.js", False),
        ("chrome-extension://abc/**", "chrome-extension://abc/main.js", True),
        ("**/(x+[1]).js", "http://a.test/(x+[1]).js", True),
        ("in.js", "http://a.test/in.js", False),
    ],
)
def test__glob__as_a_pattern__means_addresses(glob: str, url: str, expected: bool) -> None:
    assert bool(re.search(glob_pattern(glob), url)) is expected
