"""An integrator with two recordings and no environment: what changed, the shim that undoes it, and whether it does."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.stories.shop import Shop, ctrl_c

DATA = Path(__file__).with_name("data")


@pytest.fixture
def desk(shop: Shop) -> Shop:
    """A folder with old.har and new.har: a few calls of a Datasette before and after its upgrade to 1.0."""
    for name in ("old", "new"):
        shutil.copy(DATA / f"{name}.har", shop.folder)
    return shop


@pytest.fixture
def learned(desk: Shop) -> Shop:
    result = desk.run("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml")
    assert (result.code, result.said) == (0, "")
    return desk


def entries(path: Path) -> dict[str, Any]:
    return {entry["_backfit"]["id"]: entry for entry in json.loads(path.read_text())["log"]["entries"]}


def body(entry: Any) -> Any:
    return json.loads(entry["response"]["content"]["text"])


@pytest.fixture
def upgraded() -> Iterator[str]:
    """The new version: it answers as it was recorded."""
    recorded = {}
    for entry in entries(DATA / "new.har").values():
        url = urlsplit(entry["request"]["url"])
        recorded[url.path, url.query] = entry["response"]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            found = recorded.get((url.path, url.query), {"status": 404, "content": {"text": "{}"}})
            content = found["content"]["text"].encode()
            self.send_response(found["status"])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test__diff__of_an_upgrade__names_the_rows_and_exits_with_1(desk: Shop) -> None:
    text = desk.run("diff", "old.har", "new.har")
    assert (text.code, text.said) == (1, "")
    assert "rows of lists became objects   GET /shop/{shop_id}.json   $.rows[*]" in text.out
    found = desk.run("diff", "old.har", "new.har", "--format", "json")
    assert found.code == 1
    assert json.loads(found.out)
    assert max(map(len, text.out.splitlines())) <= 80


def test__diff__of_one_version__finds_nothing(desk: Shop) -> None:
    for name in ("old.har", "new.har"):
        result = desk.run("diff", name, name, "--old-again", name, "--new-again", name)
        assert (result.code, result.said) == (0, "")


def test__diff__of_bodies_as_deep_as_can_be_read__finds_the_change(desk: Shop) -> None:
    for name, leaf in (("old", "1"), ("new", "2")):
        text = (desk.folder / f"{name}.har").read_text().splitlines()
        entry = json.loads(text[1].removesuffix(","))
        entry["response"]["content"]["text"] = "[" * 1000 + leaf + "]" * 1000
        (desk.folder / f"{name}.har").write_text(
            json.dumps({"log": {"entries": [entry, entry | {"_backfit": {"id": "b"}}]}})
        )
    result = desk.run("diff", "old.har", "new.har")
    assert (result.code, result.said) == (0, "")  # a value may be noise: a risk, not a break
    assert "value changed" in result.out


def test__apply__what_was_learned__gives_rows_and_columns_back(learned: Shop) -> None:
    result = learned.run("shim", "apply", "x.shim.yaml", "new.har", "-o", "out.har")
    assert (result.code, result.said) == (0, "")
    old, new, out = (entries(learned.folder / f"{name}.har") for name in ("old", "new", "out"))
    for name in ("table-01", "sql-1", "canned-1"):
        assert [body(out[name])[key] for key in ("columns", "rows")] == [
            body(old[name])[key] for key in ("columns", "rows")
        ]
    for name, entry in out.items():
        assert {**entry, "response": None} == {**new[name], "response": None}
    unread = new["inst-plugins"]["response"]["content"]
    assert out["inst-plugins"]["response"]["content"] == unread


def test__apply__a_shim_that_knows_nothing__changes_nothing(desk: Shop) -> None:
    (desk.folder / "empty.shim.yaml").write_text("schema: backfit/shim/v1\n")
    assert desk.run("shim", "apply", "empty.shim.yaml", "new.har", "-o", "out.har").code == 0
    new, out = (json.loads((desk.folder / f"{name}.har").read_text()) for name in ("new", "out"))
    assert out == new


def test__verify__what_was_learned__spoils_nothing(learned: Shop) -> None:
    result = learned.run("shim", "verify", "x.shim.yaml", "old.har", "new.har")
    assert (result.code, result.said) == (0, "")
    [total] = [line.split() for line in result.out.splitlines() if line.endswith("  all")]
    pairs, leaves, before, now, noise, missing, differ = map(int, total[:-1])
    assert (pairs, noise, differ) == (13, 0, 0)
    assert before * 4 < now
    assert now + missing == leaves


def test__serve__what_was_learned__answers_old_calls(learned: Shop, upgraded: str) -> None:
    old = entries(DATA / "old.har")
    with learned.started("shim", "serve", "x.shim.yaml", "--upstream", upgraded, "--listen", "127.0.0.1:0") as process:
        assert process.stdout is not None
        served = process.stdout.readline().split()[0]
        for name in ("table-01", "sql-1", "canned-2"):
            url = urlsplit(old[name]["request"]["url"])
            with urllib.request.urlopen(f"{served}{url.path}?{url.query}", timeout=30) as answer:
                assert json.load(answer)["rows"] == body(old[name])["rows"]
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{served}/shop/nope.json", timeout=30)
        ctrl_c(process)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "")
        assert err.startswith("stopped: 4 ") or "shimmed" in err
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(served, timeout=30)
