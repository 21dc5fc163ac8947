"""A customer's secrets go through a whole run, and into nothing that is kept or shown of it."""

from __future__ import annotations

import base64
import io
import json
import re
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.changes.findings import findings
from harness.changes.study import study
from harness.model.exchange import Exchange, Recording
from harness.redaction.key import FILE
from harness.redaction.redactor import Redactor
from harness.schema.observed import observe
from harness.schema.openapi import openapi
from harness.schema.operations import learn_operations
from tests.pairs.answers import names
from tests.pairs.answers import recording as paired
from tests.redaction.planted import Garden, left, recording
from tests.stories.shop import Shop

SERVER = '''\
"""Answers each call as it is written down; NEW calls a comment a remark."""
import base64, http.server, json, pathlib, sys

HOST, PORT, SIDE = sys.argv[1:4]
CALLS = {(call["method"], call["target"]): call for call in json.loads(pathlib.Path("planted.json").read_text())}


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = CALLS.get((self.command, self.path)) or {"headers": [], "answer": ""}
        body = base64.b64decode(call["answer"])
        body = body if SIDE == "old" else body.replace(b'"comment"', b'"remark"')
        self.send_response(200)
        for name, value in call["headers"]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer


http.server.ThreadingHTTPServer((HOST, int(PORT)), Handler).serve_forever()
'''

SCENARIO = """\
import base64, http.client, json, pathlib, sys
from urllib.parse import urlsplit


def run(system):
    found = {}
    for call in json.loads((pathlib.Path(__file__).parent / "planted.json").read_text()):
        connection = http.client.HTTPConnection(urlsplit(system.url).netloc)
        connection.putrequest(call["method"], call["target"], skip_accept_encoding=True)
        sent = base64.b64decode(call["sent"])
        for name, value in [*call["asked"], ["Content-Length", str(len(sent))]]:
            connection.putheader(name, value)
        connection.endheaders(sent)
        answer = connection.getresponse().read()
        print("sent", call["asked"], "got", answer[:200])
        print("stderr has", answer[:200], file=sys.stderr)
        if call["target"].startswith("/login"):
            found = json.loads(answer)
    if "comment" not in found:
        raise KeyError(f"no comment for {found['user']['email']} with token {found['access_token']}")
    return {"mail": found["user"]["email"], "auth": f"Bearer {found['access_token']}", "account": found["account"]}
"""


def written(exchanges: tuple[Exchange, ...]) -> str:
    """What the server and the plugin say to each other, as both of them read it."""
    calls = []
    for exchange in exchanges:
        if exchange.response is None:
            continue
        url, response = urlsplit(exchange.request.url), exchange.response
        calls.append(
            {
                "method": exchange.request.method,
                "target": f"{url.path}?{url.query}" if url.query else url.path,
                "asked": exchange.request.headers,
                "sent": base64.b64encode(exchange.request.body).decode(),
                "headers": response.headers,
                "answer": base64.b64encode(response.body).decode(),
            }
        )
    return json.dumps(calls)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, archives member by member."""
    found = {}
    for file in (each for each in folder.rglob("*") if each.is_file()):
        data = file.read_bytes()
        found[str(file)] = data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found |= {f"{file}!{name}": archive.read(name) for name in archive.namelist()}
    return found


@pytest.fixture
def planted(shop: Shop) -> Garden:
    """The shop with a hundred secrets in what passes between it and its plugin."""
    garden = Garden(11)
    shop.write(server=SERVER, scenario=SCENARIO)
    environment = shop.folder / "bikes/environment.yaml"
    environment.write_text(environment.read_text().replace("[server.py]", "[server.py, planted.json]"))
    (shop.folder / "bikes/planted.json").write_text(written(recording(garden).exchanges))
    return garden


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "record"])
def test__a_run__with_planted_secrets__leaves_none_in_any_file_or_on_the_terminal(
    shop: Shop, planted: Garden, command: str
) -> None:
    save = ["--save"] if command == "record" else []
    ran = shop.run(command, str(shop.folder / "bikes"), "--driver", "process", *save)
    assert "plugin" in ran.out, ran.err
    files = contents(shop.folder / ".backfit") | contents(shop.folder / "contracts")
    texts = {**files, "stdout": ran.out.encode(), "stderr": ran.err.encode()}
    leaks = {name: found for name, data in texts.items() if (found := left(data, planted.secrets))}
    assert leaks == {}
    recorded = next(data for name, data in files.items() if name.endswith("/recording.har"))
    assert recorded.count(b'"url"') >= 12
    assert re.search(rb'"access_token\\": \\"[A-Za-z0-9]{32}', recorded)
    assert stat.S_IMODE((shop.folder / FILE).stat().st_mode) == 0o600
    assert not any(name.endswith(".key") for name in files if "/runs/" in name)


def of_shape(recording: Recording | None) -> object:
    """What its traffic looks like, every statement with its bounds and formats."""
    if recording is None:
        return None
    return openapi(observe(recording.exchanges, learn_operations(recording.exchanges)), "x")


@pytest.mark.parametrize("name", names())
def test__a_diff__of_redacted_pairs__finds_what_that_of_the_pairs_finds(name: str) -> None:
    sides = [paired(name, f"{side}.json") for side in ("old", "new", "old-again", "new-again")]
    redactor = Redactor(b"a key for a test")
    hidden = [side and redactor.recording(side) for side in sides]
    assert [of_shape(side) for side in hidden] == [of_shape(side) for side in sides]
    assert found(hidden) == found(sides)


def found(sides: Sequence[Recording | None]) -> list[tuple[str, ...]]:
    old, new, old_again, new_again = sides
    assert old is not None
    assert new is not None
    changes = findings(study(old, new, old_again, new_again))
    return [(each.kind, str(each.operation), each.path, each.level.value, each.undone.value) for each in changes]
