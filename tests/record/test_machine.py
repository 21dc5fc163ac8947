from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from harness.environments.owner import parse_owner
from harness.record.machine import for_program, language, machine
from harness.record.setting import Reached, Setting

CLIENTS = """
const http = require("node:http");
const got = (url) => new Promise((done, failed) => http.get(url, (answer) => {
  let text = ""; answer.on("data", (part) => text += part); answer.on("end", () => done(text));
}).on("error", failed));
const fetched = (url) => fetch(url).then((answer) => answer.text());
(async () => {
  console.log(await got("http://erp.example/a"), await got("http://erp.example/b"));
  console.log((await Promise.all(["c", "d"].map((path) => fetched(`http://erp.example/${path}`)))).join(" "));
  console.log(await fetched("http://nowhere.example/").catch((error) => (error.cause ?? error).message));
})();
"""


class Proxy(BaseHTTPRequestHandler):
    """Leads erp.example, and nothing else, to itself: what was asked for is the answer."""

    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        self.send_response(200 if self.path == "erp.example:80" else 502)
        self.end_headers()
        self.close_connection = self.path != "erp.example:80"

    def do_GET(self) -> None:
        body = f"{self.headers['Host']}{self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def proxy() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test__machine__whoever_runs_us__is_the_customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_TOKEN", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://ours:1")
    found = machine(Setting(locale="de_DE.UTF-8", timezone="Europe/Berlin", path=[Path("/plugin")]), tmp_path)
    assert found.keys().isdisjoint({"MY_TOKEN", "HTTPS_PROXY"})
    assert (found["TZ"], found["LANG"], found["LANGUAGE"]) == ("Europe/Berlin", "de_DE.UTF-8", "de_DE")
    assert found["PATH"].startswith(f"/plugin{os.pathsep}")
    assert Path(found["HOME"]).is_dir()
    owner = parse_owner(found["BACKFIT_OWNER"])
    assert owner is not None
    assert owner.pid == os.getpid()


def test__program__without_a_proxy__is_sent_through_none(tmp_path: Path) -> None:
    assert for_program({"A": "b"}, Reached("http://127.0.0.1:5"), Setting()) == {"A": "b"}


def test__program__behind_a_proxy__is_told_in_every_writing_and_what_to_trust(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n")
    at = Reached("https://erp.example", proxy="http://127.0.0.1:5", ca=ca)
    found = for_program({"NODE_OPTIONS": "--trace-warnings"}, at, Setting())
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        assert found[name] == "http://127.0.0.1:5"
    assert (found["NO_PROXY"], found["no_proxy"]) == ("", "")
    assert found["NODE_EXTRA_CA_CERTS"] == str(ca)
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        assert Path(found[name]).read_text().endswith(ca.read_text()), "beside the machine's own"
    assert found["NODE_OPTIONS"].startswith("--trace-warnings --require=")


def test__program__whose_reads_are_wanted__is_tracked(tmp_path: Path) -> None:
    found = for_program({}, Reached("http://127.0.0.1:5"), Setting(reads=tmp_path / "reads"))
    assert found["BACKFIT_READS"] == str(tmp_path / "reads")


def test__program__in_python__goes_through_the_proxy(tmp_path: Path) -> None:
    ask = "import urllib.request; print(urllib.request.urlopen('http://erp.example/a').read().decode())"
    with proxy() as address:
        variables = for_program(machine(Setting(), tmp_path), Reached("http://erp.example", proxy=address), Setting())
        ended = subprocess.run([sys.executable, "-c", ask], env=variables, capture_output=True, text=True, timeout=60)
    assert ended.stdout == "erp.examplehttp://erp.example/a\n", ended.stderr


@pytest.mark.npm
def test__program__in_node__goes_through_the_proxy_by_http_and_by_fetch(tmp_path: Path) -> None:
    (tmp_path / "clients.cjs").write_text(CLIENTS)
    with proxy() as address:
        variables = for_program(machine(Setting(), tmp_path), Reached("http://erp.example", proxy=address), Setting())
        command = ["node", str(tmp_path / "clients.cjs")]
        ended = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)
    assert ended.stdout.splitlines() == [
        "erp.example/a erp.example/b",
        "erp.example/c erp.example/d",
        "the proxy does not lead to nowhere.example:80: 502",
    ], ended.stderr


@pytest.mark.parametrize(
    ("locale", "named"), [("en_GB.UTF-8", "en-GB"), ("C.UTF-8", "en-US"), ("de_AT@euro", "de-AT"), ("", "en-US")]
)
def test__language__of_a_locale__is_what_browsers_call_it(locale: str, named: str) -> None:
    assert language(locale) == named
