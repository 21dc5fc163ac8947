"""Plugins that behave as badly as they can: the command stays small, says what happened, keeps what it saw, leaves nothing."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
import pytest

from harness.model.exchange import Recording
from harness.record.har import read_har
from harness.record.salvage import salvaged
from tests.stories.measuring import MIB, measured
from tests.stories.shop import ENVIRONMENT, SCENARIO, SERVER, Ran, Shop, ctrl_c


@pytest.fixture
def temporary(shop: Shop) -> Iterator[Path]:
    """What the story's processes take for /tmp; its path is as short as Chromium needs it. In the end it is empty."""
    with tempfile.TemporaryDirectory(prefix="bf-") as folder:
        shop.more["TMPDIR"] = folder
        yield Path(folder)
        assert [path.name for path in Path(folder).iterdir()] == []


def waiting(seconds: float, environment: str = ENVIRONMENT) -> str:
    return environment.replace("\ntimeout: 30", f"\ntimeout: {seconds:g}")


def record(shop: Shop) -> Ran:
    return shop.run("record", "bikes", "--driver", "process")


def recorded(shop: Shop) -> Recording:
    [run] = shop.runs
    return read_har(run / "recording.har")


def paths(recording: Recording) -> list[str]:
    return [exchange.request.path for exchange in recording.exchanges]


NEVER_ENDS = SCENARIO.replace("    prices = ", "    time.sleep(600)\n    prices = ", 1)


def test__plugin__that_never_ends__is_told_and_what_it_called_is_kept(shop: Shop, temporary: Path) -> None:
    shop.write(environment=waiting(3), scenario=NEVER_ENDS)
    result = record(shop)
    assert (result.code, result.said) == (1, "")
    assert "broken: the scenario did not end within 3 s" in result.flat
    assert paths(recorded(shop)) == ["/bikes.json"]


ROUGH = """\
import os, socket, subprocess, sys
from urllib.parse import urlsplit

STAYS = "import os, time; os.setsid(); os.fork() and os._exit(0); time.sleep(600)"
GARBAGE = [
    b"\\x00\\xff\\x16\\x03\\x01" * 50,
    b"GET / HTTP/9.9\\r\\n\\r\\n",
    b"POST /chunks HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nZZZ\\r\\nno number\\r\\n",
    b"POST /short HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1000\\r\\n\\r\\nabc",
    b"GET /long HTTP/1.1\\r\\nHost: x\\r\\nX-Long: " + b"a" * 1_000_000 + b"\\r\\n\\r\\n",
    b"GET /two HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nab",
]


def rough(address):
    held = [socket.create_connection(address) for _ in range(300)]
    for sent in GARBAGE:
        with socket.create_connection(address, timeout=10) as way:
            try:
                way.sendall(sent)
                way.shutdown(socket.SHUT_WR)
                while way.recv(65536):
                    pass
            except OSError:
                pass
    for _ in range(3):
        subprocess.Popen([sys.executable, "-c", STAYS])
    os.write(2, b"e" * 20_000_000)
    return held


""" + SCENARIO.replace(
    "    with ", "    held = rough((urlsplit(system.url).hostname, urlsplit(system.url).port))\n    with ", 1
)


def test__plugin__that_is_rough__is_recorded_and_nothing_of_it_stays(shop: Shop, temporary: Path) -> None:
    shop.write(scenario=ROUGH)
    result = record(shop)
    assert (result.code, result.said) == (0, ""), result.out
    assert "works: 2 prices" in result.flat
    *broken, good = recorded(shop).exchanges
    assert (good.request.path, good.error) == ("/bikes.json", None)
    assert {"/chunks", "/short", "/long", "/two"} <= {each.request.path for each in broken if each.error}
    assert all(each.response is None for each in broken)


# Sizes: what is too much for a memory passes through, and the recording keeps a part


LARGE = SERVER.replace(
    "    def do_GET(self):\n",
    """\
    def do_POST(self):
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_GET(self):
        if self.path == "/large":
            self.send_response(200)
            self.send_header("Content-Length", str(1 << 30))
            self.end_headers()
            for _ in range(1 << 10):
                self.wfile.write(bytes(1 << 20))
            return
""",
)
GREEDY = """\
import json, os, urllib.request


def pieces(number):
    for _ in range(number):
        yield bytes(1 << 20)


def run(system):
    size = 0
    with urllib.request.urlopen(system.url + "/large") as answer:
        while piece := answer.read(1 << 20):
            size += len(piece)
    sent = urllib.request.Request(system.url + "/sent", data=pieces(512), headers={"Content-Length": str(512 << 20)})
    urllib.request.urlopen(sent).read()
    line = b"x" * 1023 + b"\\n"
    for _ in range(1 << 10):
        os.write(1, line * 1024)
    return {"size": size, "headline": f"{size} bytes came"}
"""


@pytest.mark.slow
def test__plugin__that_moves_gigabytes__is_served_whole_and_kept_in_part(shop: Shop, temporary: Path) -> None:
    shop.write(environment=waiting(200), server=LARGE, scenario=GREEDY)
    result, most = measured(shop, "record", "bikes", "--driver", "process", timeout=500)
    assert result.code == 0, result.err
    assert f"works: {1 << 30} bytes came" in result.flat
    assert most < 1000 * MIB
    got, sent = recorded(shop).exchanges
    assert (got.request.path, sent.request.path) == ("/large", "/sent")
    assert got.response is not None
    assert len(got.response.body) < 64 * MIB
    assert sent.meta["incomplete"]


FLOOD = """\
import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

CALLS = 100_000


def some(address, number):
    way = http.client.HTTPConnection(address)
    for call in range(CALLS // 8):
        way.request("GET", f"/bikes.json?call={number}-{call}")
        way.getresponse().read()


def run(system):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: some(urlsplit(system.url).netloc, number), range(8)))
    return {"headline": f"{CALLS} calls made"}
"""
KEPT_ALIVE = SERVER.replace(
    "    def do_GET(self):\n",
    "    protocol_version, wbufsize, log_message = 'HTTP/1.1', -1, lambda *_: None\n\n    def do_GET(self):\n",
)


@pytest.mark.slow
def test__plugin__that_floods__is_kept_as_far_as_its_time_went(shop: Shop, temporary: Path) -> None:
    shop.write(environment=waiting(20), server=KEPT_ALIVE, scenario=FLOOD)
    result, most = measured(shop, "record", "bikes", "--driver", "process", timeout=500)
    assert result.said == ""
    assert "did not end within 20 s" in result.flat if result.code else "works: 100000 calls made" in result.flat
    said = re.search(r"(\d+) exchanges recorded", result.flat)
    assert said is not None
    assert len(recorded(shop).exchanges) == int(said[1])
    assert int(said[1]) > 1000
    assert most < 700 * MIB


# Pages


def in_browser(shop: Shop, page: str, does: str, *, seconds: float = 60, headers: str = "", answers: str = "") -> Ran:
    """`backfit record` of a page of the system's, with what a scenario does on it."""
    server = SERVER.replace(
        "    def do_GET(self):\n",
        f"""\
    def do_GET(self):
        if self.path.startswith("/forever"):
            import time
            time.sleep(600)
        if self.path.endswith(".html"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            {headers}
            self.end_headers()
            self.wfile.write({page!r}.encode())
            return
""",
    ).replace('"application/json")\n', f'"application/json")\n        {answers}\n')
    environment = waiting(seconds, ENVIRONMENT + "browser: chromium\n")
    scenario = f"def run(page, system):\n    page.goto(system.url + '/page.html', wait_until='commit')\n{does}"
    shop.write(environment=environment, server=server, scenario=scenario)
    return record(shop)


ROUGH_PAGE = """\
<!doctype html><title>Rough</title><p>rough</p><script>
const ask = (name) => fetch("/bikes.json?at=" + name).then((answer) => answer.json());
let done = "";
(async () => {
  fetch("/forever");
  const bikes = await ask("first");
  done += bikes.rows.length;
  alert("an alert");
  done += confirm("a question");
  done += prompt("a wish", "none");
  const popup = open("/popup.html?popup");
  if (!location.search) {
    await new Promise((done) => setTimeout(done, 500));
    popup.close();
    const link = Object.assign(document.createElement("a"), { href: "/bikes.json?at=download", download: "bikes.json" });
    link.click();
    addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "stay"; });
    fetch("/forever?abandoned");
    document.title = "Ready " + done;
  } else window.close();
})();
</script>
"""
AND_LEAVES = """\
    page.wait_for_function("document.title.startsWith('Ready')", timeout=30000)
    title = page.title()
    page.click("p")
    page.goto(system.url + "/other.html?popup", wait_until="commit")
    return {"title": title, "headline": title}
"""


@pytest.mark.slow
@pytest.mark.browser
def test__page__with_dialogs_popups_downloads_and_calls_that_never_end__is_recorded(
    shop: Shop, temporary: Path
) -> None:
    result = in_browser(shop, ROUGH_PAGE, AND_LEAVES)
    assert (result.code, result.said) == (0, ""), result.out
    assert "Ready 2" in result.flat
    kept = {each.request.url.rpartition("/")[2]: each for each in recorded(shop).exchanges}
    assert {"bikes.json?at=first", "bikes.json?at=download", "popup.html?popup", "other.html?popup"} <= kept.keys()
    assert (kept["forever?abandoned"].response, kept["bikes.json?at=first"].error) == (None, None)
    assert kept["forever?abandoned"].error


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("does", "code", "said"),
    [
        ("    page.goto('chrome://crash')\n", 1, "broken: the plugin crashed the browser's tab"),
        ("    page.evaluate('() => { for (;;); }')\n", 1, "broken: the scenario did not end within 12 s"),
        ("    page.close()\n    return {'headline': 'closed'}\n", 0, "closed"),
    ],
    ids=["crash", "endless loop", "closed"],
)
def test__page__that_comes_to_a_bad_end__is_told_and_its_calls_are_kept(
    shop: Shop, temporary: Path, does: str, code: int, said: str
) -> None:
    page = "<!doctype html><title>Bad</title><p>text</p>"
    result = in_browser(shop, page, f"    page.wait_for_selector('p')\n{does}", seconds=12)
    assert (result.code, result.said) == (code, ""), result.out
    assert said in result.flat
    assert "/page.html" in paths(recorded(shop))


CSP = "default-src 'none'; script-src 'nonce-shop'; connect-src http://127.0.0.1:*/bikes.json; sandbox allow-scripts"
STRICT = """\
<!doctype html><title>Waits</title><script nonce=shop>
fetch("/bikes.json").then((answer) => answer.json()).then((bikes) => { document.title = `Shows ${bikes.columns.join()}`; });
</script>
"""


@pytest.mark.slow
@pytest.mark.browser
def test__page__with_a_policy_that_forbids_all_but_its_own__is_watched_all_the_same(
    shop: Shop, temporary: Path
) -> None:
    policy = f"self.send_header('Content-Security-Policy', {CSP!r})"
    allowed = "self.send_header('Access-Control-Allow-Origin', 'null')"
    waits = (
        "    for _ in range(100):\n        if page.title().startswith('Shows'):\n            break\n"
        "        page.wait_for_timeout(100)\n"
        "    return {'headline': page.title()}\n"
    )
    result = in_browser(shop, STRICT, waits, headers=policy, answers=allowed)
    assert (result.code, result.said) == (0, ""), result.out
    assert "Shows id,name,price" in result.flat
    contract = json.loads((shop.runs[0] / "contract.openapi.json").read_text())
    assert "$.columns" in [each["place"] for each in contract["paths"]["/bikes.json"]["get"]["x-backfit-reads"]]


# Stopped in the middle: what was recorded is on the disk, and nothing runs on

SECRET = "q7Rt2LxV9mKs4WdYb8Zc3NfHj6PgTe1A"
SLOW_CALLS = f"""\
import time, urllib.request


def run(system):
    for call in range(5):
        asked = urllib.request.Request(f"{{system.url}}/bikes.json?call={{call}}", headers={{"X-Api-Key": "{SECRET}"}})
        urllib.request.urlopen(asked).read()
    time.sleep(600)
"""
KNOWN_AS = ENVIRONMENT.replace("plugin:", "  known_as: http://erp.example\nplugin:")


@contextmanager
def five_calls_made(shop: Shop, driver: str = "process") -> Iterator[subprocess.Popen[str]]:
    """`backfit record`, when five calls of the plugin have been answered and it goes on."""
    with shop.started("record", "bikes", "--driver", driver) as process:
        deadline = time.monotonic() + 120
        while sum(file.read_text().count("\n") for file in shop.folder.glob(".backfit/runs/*/*.ndjson")) < 5:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield process


def assert_all_five_are_kept(shop: Shop) -> None:
    [run] = shop.runs
    [file] = [*run.glob("*.ndjson"), *run.glob("*.har")]
    kept = salvaged(file).exchanges
    assert [each.request.url.rpartition("?")[2] for each in kept] == [f"call={call}" for call in range(5)]
    assert all(each.response and each.response.status == 200 for each in kept)
    assert [path for path in shop.folder.rglob(".backfit/**/*") if path.is_file() and SECRET in path.read_text()] == []


def containers(owner: int) -> list[str]:
    """What still runs, or lies about, of the Backfit with this process id."""
    engine = docker.from_env()
    try:
        found = engine.containers.list(all=True, filters={"label": "backfit.owner"})
        return [each.name or "" for each in found if each.labels["backfit.owner"].startswith(f"{owner}-")]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("driver", "environment"),
    [
        ("process", ENVIRONMENT),
        ("process", KNOWN_AS),
        pytest.param("docker", ENVIRONMENT, marks=[pytest.mark.docker, pytest.mark.slow]),
    ],
    ids=["process", "known_as", "docker"],
)
def test__kill_9__of_a_recording__keeps_what_was_recorded_and_the_next_command_cleans_up(
    shop: Shop, temporary: Path, driver: str, environment: str
) -> None:
    shop.write(scenario=SLOW_CALLS, environment=waiting(300, environment))
    with five_calls_made(shop, driver) as process:
        if driver == "docker":
            assert containers(process.pid)
        process.kill()
        process.wait()
    assert_all_five_are_kept(shop)
    assert shop.run("env", "prune").code == 0
    if driver == "docker":
        assert containers(process.pid) == []


def test__ctrl_c__of_a_recording__keeps_what_was_recorded(shop: Shop, temporary: Path) -> None:
    shop.write(scenario=SLOW_CALLS, environment=waiting(300))
    with five_calls_made(shop) as process:
        ctrl_c(process)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert_all_five_are_kept(shop)
