"""Programs tell what they read and behave as without: Node.js in all its ways, and two real plugins at their real systems."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.environments.installation import install_plugin
from harness.environments.load import load_environment
from harness.environments.process import ProcessDriver
from harness.environments.spec import Environment, ScenarioCommand
from harness.gate.reads_file import read_reads
from harness.model.outcome import Result, Side
from harness.model.reads import Access, Op
from harness.model.template import PathTemplate
from harness.reads.lines import Told, read_told
from harness.reads.pages import CORE
from harness.reads.programs import variables
from harness.record.scenario import run_scenario
from harness.record.scenario_file import Command
from harness.record.setting import Reached, Setting
from tests.reads.running import run, run_node, system
from tests.reads.site import Site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with system() as found:
        yield found


@pytest.mark.parametrize(
    ("inherited", "python", "node"),
    [
        ({}, "{python}", "--require {node}"),
        ({"PYTHONPATH": "", "NODE_OPTIONS": ""}, "{python}", "--require {node}"),
        ({"PYTHONPATH": "/mine:/more"}, "{python}:/mine:/more", "--require {node}"),
        ({"NODE_OPTIONS": "--no-warnings"}, "{python}", "--no-warnings --require {node}"),
    ],
)
def test__variables__keep_what_is_inherited(
    inherited: Mapping[str, str], python: str, node: str, tmp_path: Path
) -> None:
    folder = ROOT / "harness/reads"
    assert variables(tmp_path / "reads", inherited) == {
        "BACKFIT_READS": str(tmp_path / "reads"),
        "PYTHONPATH": python.format(python=folder / "python"),
        "NODE_OPTIONS": node.format(node=f'"{folder / "node/preload.cjs"}"'),
    }


def test__preload__has_the_files_that_pages_have() -> None:
    text = (ROOT / "harness/reads/node/preload.cjs").read_text()
    assert f"const SHARED = {json.dumps([*CORE, 'streams'])};" in text


GET = """
const http = require("http");
const get = (path, take) => new Promise((done) => http.get(url + path, (m) => take(m, done)));
const text = (m, done) => { let all = ""; m.on("data", (piece) => (all += piece)); m.on("end", () => done(all)); };
const bytes = (m, done) => { const all = []; m.on("data", (p) => all.push(p)); m.on("end", () => done(Buffer.concat(all))); };
const each = async (m, done) => { let all = ""; for await (const piece of m) all += piece; done(all); };
const unpacked = (m, done) => text(m.pipe(require("zlib").createGunzip()), done);
const head = (look) => (m, done) => { show(look(m)); m.resume(); m.on("end", done); };
const show = (value) => console.log(value);
const total = (answer) => show(JSON.parse(answer).total);
const json = (response) => response.json();
const child = `fetch("${url}/items").then((r) => r.json()).then((d) => console.log(d.total))`;
const threads = require("worker_threads");
const thread = `const { parentPort: p, workerData: w } = require("worker_threads");
p.once("message", (m) => p.postMessage([w, m]))`;
const hand = (page) => {
  const worker = new threads.Worker(thread, { eval: true, workerData: page });
  worker.on("message", show).postMessage(page);
};
"""
TOTAL = {"$.total read"}
NAMES = ("server", "date", "content-type", "x-total-count", "content-length")
HEADERS = {f"header {name} enumerated" for name in NAMES}
COUNT = "header x-total-count read"
COPIED = {"$.page read", "$.page.size copied", "$.page.next copied"}


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("fetch(url + '/items').then(json).then((d) => show(d.total))", TOTAL),
        ("fetch(url + '/items').then((r) => r.text()).then(total)", TOTAL),
        ("fetch(url + '/gone').then((r) => show(r.status))", {"status read"}),
        ("fetch(url + '/items').then((r) => show(r.headers.get('X-Total-Count')))", {COUNT}),
        ("fetch(url + '/items').then(json).then((d) => { show(d.total); process.exit(3); })", TOTAL),
        ("fetch(url + '/items').then(json).then((d) => d.nope.more)", {"$.nope missing"}),
        ("get('/items', text).then(total)", TOTAL),
        ("get('/items', bytes).then(total)", TOTAL),
        ("get('/items', each).then(total)", TOTAL),
        ("get('/packed', unpacked).then(total)", TOTAL),
        ("get('/items', text).then((t) => show({ ...JSON.parse(t).page }))", COPIED),
        ("get('/items', text).then((t) => show(structuredClone(JSON.parse(t)).total))", TOTAL),
        ("get('/items', text).then((t) => show(t.length))", {"$ exported"}),
        ("get('/items', text).then((t) => hand(JSON.parse(t).page))", {"$.page read", "$.page exported"}),
        ("get('/items', head(() => 1))", set()),
        ("get('/gone', head((m) => m.statusCode))", {"status read"}),
        ("get('/items', head((m) => m.headers['x-total-count']))", {COUNT}),
        (
            "get('/items', head((m) => [m.headers.none, 'etag' in m.headers]))",
            {"header none missing", "header etag tested"},
        ),
        ("get('/items', head((m) => Object.keys({ ...m.headers })))", HEADERS),
        ("get('/items', head((m) => m.rawHeaders.length))", HEADERS),
        ("require('child_process').execFileSync(process.execPath, ['-e', child], { stdio: 'inherit' })", TOTAL),
        ("show(require('util').inspect(JSON.parse('[1]')))", set()),
    ],
)
def test__node__program__does_the_same_and_tells_what_it_reads(
    program: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_node(f"{GET}{program};", site, tmp_path)
    assert found.out or found.code
    assert (found.reads, found.told.notes, found.told.skipped) == (expected, {}, 0)


def test__node__modules__are_tracked_too(site: Site, tmp_path: Path) -> None:
    program = """
import { get } from "node:https";
import http, { get as plain } from "node:http";
console.log(typeof get, http.get === plain);
const show = (text) => console.log(JSON.parse(text).total);
plain(url + "/items", (m) => { let t = ""; m.on("data", (p) => (t += p)).on("end", () => show(t)); });
"""
    found = run_node(program, site, tmp_path, "plugin.mjs")
    assert (found.out, found.reads) == ("function true\n2\n", TOTAL)
    assert [each.partition(":")[0] for each in found.where] == ["plugin.mjs"]


def test__node__killed__has_told_what_it_read(site: Site, tmp_path: Path) -> None:
    program = "const die = (d) => { d.total; setTimeout(() => process.kill(process.pid, 9), 500); };"
    found = run_node(f"{program} fetch(url + '/items').then((r) => r.json()).then(die);", site, tmp_path)
    assert (found.code, found.reads, found.told.seen) == (-9, TOTAL, {("GET", f"{site.url}/items")})


def test__node__that_cannot_be_tracked__runs_and_says_so(site: Site, tmp_path: Path) -> None:
    (tmp_path / "plugin.cjs").write_text("console.log(1);")
    (tmp_path / "first.cjs").write_text("require('vm').compileFunction = () => { throw new Error('not here'); };")
    found = run(["node", "plugin.cjs"], tmp_path, more={"NODE_OPTIONS": f"--require {tmp_path}/first.cjs"})
    assert (found.code, found.out, found.err) == (0, "1\n", "")
    [note] = found.told.notes
    assert note.endswith(": not here")


REAL = {
    "home-monitor": {
        "GET /api/3/all": {"$.cpu.total", "$.docker.containers", "$.fs[*].size", "$.raid"}
        | {f"$.sensors[*].{name}" for name in ("label", "type", "value")},
    },
    "back-office": {},
}
"""What their reads.yaml has that need not be there on the machine of a test: containers, sensors, a disk of 0 bytes."""
WHOLE = {Op.SERIALISED, Op.COPIED, Op.ENUMERATED}


@pytest.mark.slow
@pytest.mark.npm
@pytest.mark.parametrize("name", REAL)
def test__real_plugin__at_its_real_system__reads_what_its_source_says(name: str, tmp_path: Path) -> None:
    environment = load_environment(ROOT / "environments" / name / "environment.yaml")
    said = read_reads(environment.folder / "reads.yaml").operations
    told = watched(environment, tmp_path)
    for operation, places in said.items():
        template = PathTemplate(operation.partition(" ")[2])
        accesses = [each for each in told.accesses if asks(each, operation, template)]
        read = {each.place for each in accesses if each.op is Op.READ}
        as_a_whole = {"$"} if {each.op for each in accesses if each.place.startswith("$")} & WHOLE else set()
        expected = {place.text for place in places}
        optional = REAL[name].get(operation, set())
        asked = read | {each.place for each in accesses if each.op is Op.MISSING}
        assert expected - optional - {"$"} <= asked, operation
        assert expected & {"$"} <= as_a_whole, operation
        if "$" not in expected:  # what is read, and what leads there
            assert {place for place in read if not any(each.startswith(place) for each in expected)} == set(), operation


def asks(access: Access, operation: str, template: PathTemplate) -> bool:
    path = urlsplit(access.url).path
    return access.method == operation.partition(" ")[0] and template.raw(path) is not None


def watched(environment: Environment, folder: Path) -> Told:
    """The environment's plugin at its old system: the same comes of it with and without tracking."""
    driver = ProcessDriver("reads")
    driver.prepare(environment, "old", print)
    plugin = install_plugin(environment, print)
    assert plugin is not None
    named = environment.scenario
    scenario = (
        Command(named.run, environment.folder) if isinstance(named, ScenarioCommand) else environment.folder / named
    )
    runs = []
    for reads in (None, folder / "reads"):
        old = driver.start(environment, "old", print)
        try:
            tools = {"python": plugin.python, "path": list(map(Path, plugin.bin_folders)), "modules": plugin.modules}
            runs.append(run_scenario(scenario, Reached(old.url), Side.OLD, folder, Setting(reads=reads, **tools)))
        finally:
            old.stop()
    plain, found = runs
    assert (found.result, found.observations) == (Result.WORKS, plain.observations)
    return read_told(folder / "reads")
