"""Plugins that have the system's address in their code: they are led to the system through a proxy that they really trust."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.record.har import read_har
from tests.record.raw_server import RawServer, http
from tests.stories.shop import ENVIRONMENT, SERVER, Shop

PYTHON = """\
import json, ssl, urllib.error, urllib.request
import certifi, httpx, requests

URL = "https://erp.example/bikes.json?by="
KNOWN = ssl.create_default_context(cafile=certifi.where())
WAYS = {
    "http": lambda: json.load(urllib.request.urlopen("http://erp.example/bikes.json?by=http")),
    "urllib": lambda: json.load(urllib.request.urlopen(URL + "urllib", context=ssl.create_default_context())),
    "requests": lambda: requests.get(URL + "requests").json(),
    "httpx": lambda: httpx.get(URL + "httpx").json(),
    "the machine's own CAs": lambda: urllib.request.urlopen(URL + "known", context=KNOWN),
    "another host": lambda: requests.get("https://cdn.example/bikes.json").raise_for_status(),
}


def run(system):
    done, failed = {}, {}
    for way, ask in WAYS.items():
        try:
            bikes = ask()
        except (urllib.error.URLError, requests.HTTPError) as error:
            failed[way] = str(error)
        else:
            done[way] = [dict(zip(bikes["columns"], row))["price"] for row in bikes["rows"]]
    return {"done": done, "failed": failed, "headline": f"asked by {', '.join(done)}"}
"""
"""All but one way say nothing of certificates: that one is told to trust what it would trust without us."""

NODE = """\
const https = require("node:https");
const { spawnSync } = require("node:child_process");
const url = "https://erp.example/bikes.json?by=";
const ways = {
  fetch: async () => (await fetch(url + "fetch")).json(),
  https: () => new Promise((done, failed) => https.get(url + "https", (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (more) => { text += more; }).on("end", () => done(JSON.parse(text)));
  }).on("error", failed)),
};
const untrusting = `fetch("${url}known").then(() => console.log("trusted"), (error) => console.log(error.cause.code))`;
(async () => {
  const done = {};
  for (const [way, ask] of Object.entries(ways)) {
    const bikes = await ask();
    const price = bikes.columns.indexOf("price");
    done[way] = bikes.rows.map((row) => row[price]);
  }
  const alone = spawnSync(process.execPath, ["-e", untrusting], { env: { ...process.env, NODE_EXTRA_CA_CERTS: "" } });
  console.log(JSON.stringify({ done, failed: { alone: `${alone.stdout}`.trim() } }));
})();
"""

PAGE = """\
<!doctype html><title>Portal</title><ul></ul><script>
fetch("https://erp.example/bikes.json?by=page", { headers: { "X-Shop": "1" } }).then((answer) => answer.json()).then((bikes) => {
  const price = bikes.columns.indexOf("price");
  document.querySelector("ul").innerHTML = bikes.rows.map((row) => `<li>${row[price]}</li>`).join("");
});
</script>
"""
"""Of another origin than what it asks: for the header's sake the browser asks first whether it may (CORS)."""

ON_THE_PAGE = """\
def run(page, system):
    page.goto(system.url)
    page.locator("li").first.wait_for(timeout=10000)
    prices = [int(text) for text in page.locator("li").all_inner_texts()]
    return {"done": {"page": prices}, "at": page.evaluate("location.origin + isSecureContext")}
"""

TWO_ORIGINS = SERVER.replace(
    "    def do_GET(self):\n",
    f"""\
    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "https://portal.example")
        super().end_headers()

    def do_OPTIONS(self):
        self.send_response(204)
        self.send_header("Access-Control-Allow-Headers", "x-shop")
        self.end_headers()

    def do_GET(self):
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write({PAGE.encode()!r})
            return
""",
)


def known(addresses: str, environment: str = ENVIRONMENT) -> str:
    return environment.replace("plugin:", f"  known_as: {addresses}\nplugin:")


def write(shop: Shop, plugin: str) -> None:
    """The shop with one of the three plugins."""
    environment = known("https://erp.example")
    if plugin == "python":
        shop.write(environment=environment, scenario=PYTHON)
    elif plugin == "node":
        shop.write(environment=environment.replace("scenario.py", '{run: "node plugin.cjs"}'))
        (shop.folder / "bikes/plugin.cjs").write_text(NODE)
    else:
        environment = known("[https://portal.example, https://erp.example]", ENVIRONMENT + "browser: chromium\n")
        shop.write(environment=environment, server=TWO_ORIGINS, scenario=ON_THE_PAGE)


def reads(run: Path) -> set[str]:
    contract = json.loads((run / "contract.openapi.json").read_text())
    return {each["place"] for each in contract["paths"]["/bikes.json"]["get"]["x-backfit-reads"]}


WAYS = {"python": ["http", "urllib", "requests", "httpx"], "node": ["fetch", "https"], "page": ["page"]}
TRUST = {
    "python": ("the machine's own CAs", "CERTIFICATE_VERIFY_FAILED"),
    "node": ("alone", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
}
"""Who knows only the public certificates is not fooled: nobody switched the checking off."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plugin", "driver"),
    [
        ("python", "process"),
        pytest.param("python", "docker", marks=pytest.mark.docker),
        ("node", "process"),
        pytest.param("page", "process", marks=pytest.mark.browser),
    ],
)
def test__check__a_plugin_with_an_address_in_its_code__breaks_and_works_behind_the_shim(
    shop: Shop, plugin: str, driver: str
) -> None:
    write(shop, plugin)
    if driver == "docker":  # there it sees nothing of what is installed here
        file = shop.folder / "bikes/environment.yaml"
        file.write_text(file.read_text().replace("plugin: {", "plugin: {pip: [certifi, httpx, requests], ", 1))
    result = shop.run("check", "bikes", "--driver", driver)
    assert (result.code, result.said) == (1, ""), result.out
    [run] = shop.runs
    report = json.loads((run / "report.json").read_text())
    assert (report["verdict"], report["driver"]) == ("broken-shimmed", driver), result.out
    old = report["runs"][0]["observations"]
    assert old["done"] == {way: [899, 1450] for way in WAYS[plugin]}
    for way, reason in [TRUST[plugin]] if plugin in TRUST else []:
        assert reason in old["failed"][way]
    exchanges = read_har(run / "recording.har").exchanges
    asked = [each.request.url for each in exchanges if each.request.method == "GET" and "by=" in each.request.url]
    assert asked == [
        f"{'http' if way == 'http' else 'https'}://erp.example/bikes.json?by={way}" for way in WAYS[plugin]
    ]
    assert {"$.columns", "$.rows"} <= reads(run)
    elsewhere = [each for each in exchanges if each.meta.get("elsewhere") == "https://cdn.example"]
    assert [each.response for each in elsewhere] == ([None] if plugin == "python" else [])
    assert all((each.error or "").startswith("refused by policy: ") for each in elsewhere)


def test__record__without_known_as__the_address_leads_nowhere(shop: Shop) -> None:
    write(shop, "python")
    environment = shop.folder / "bikes/environment.yaml"
    environment.write_text(ENVIRONMENT)
    result = shop.run("record", "bikes", "--driver", "process")
    assert result.code == 1
    assert "0 exchanges recorded" in result.out


ASKING = """\
import json, urllib.request

def run(system):
    json.load(urllib.request.urlopen(system.url + "/bikes.json"))
    return {"outside": urllib.request.urlopen("http://localhost:PORT/").read().decode()}
"""


def test__record__a_host_that_may_be_reached__is_reached_beside_the_system(shop: Shop) -> None:
    with RawServer(http(b"outside")) as other:
        port = other.url.rpartition(":")[2]
        environment = ENVIRONMENT + f"network: {{egress: 'localhost:{port}'}}\n"
        shop.write(environment=environment, scenario=ASKING.replace("PORT", port))
        result = shop.run("record", "bikes", "--driver", "process")
    assert result.code == 0, result.out
    [run] = shop.runs
    found = {each.meta.get("elsewhere"): each.response for each in read_har(run / "recording.har").exchanges}
    assert set(found) == {None, f"http://localhost:{port}"}
    assert all(response and response.status == 200 for response in found.values())
