"""Environments that fail: each is told in one message with exit code 3, never as a break, and leaves nothing behind."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.stories.shop import ENVIRONMENT, SCENARIO, SERVER, Shop

DIES = "import sys\nprint('loading bikes')\nsys.exit('no such table: bikes')\n"
DIES_ON_NEW = SERVER.replace(
    "HOST, PORT, SIDE = sys.argv[1:4]", "HOST, PORT, SIDE = sys.argv[1:4]\nif SIDE == 'new': sys.exit('no such table')"
)
NEVER = SERVER.replace("self.send_response(200)", "self.send_response(503)")
ONCE = SERVER.replace(
    "self.wfile.write(body)", "self.wfile.write(body)\n        if self.path == '/bikes.json': os._exit(0)"
)
SOON = ENVIRONMENT.replace("timeout: 30}", "timeout: 0.5}")


def reported(shop: Shop) -> str:
    return str(json.loads((shop.runs[0] / "report.json").read_text())["verdict"])


def test__system__that_dies_at_start__shows_its_last_lines(shop: Shop) -> None:
    shop.write(server=DIES)
    result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "bikes (old) died at start" in result.said
    assert "loading bikes" in result.said
    assert "no such table: bikes" in result.said
    assert "Traceback" not in result.said
    assert reported(shop) == "environment-failed"


def test__system__whose_new_version_dies_at_start__is_no_break(shop: Shop) -> None:
    shop.write(server=DIES_ON_NEW)
    result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "bikes (new) died at start" in result.said
    assert reported(shop) == "environment-failed"
    report = json.loads((shop.runs[0] / "report.json").read_text())
    assert [run["result"] for run in report["runs"]] == ["works"]
    assert "no such table" in report["notes"][0]


def test__system__that_is_never_ready__says_what_was_last_seen(shop: Shop) -> None:
    shop.write(server=NEVER, environment=SOON)
    result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "bikes (old) was not ready after 0.5 s" in result.said
    assert "status 503" in result.said


def test__system__that_dies_in_the_middle__is_no_break(shop: Shop) -> None:
    shop.write(server=ONCE)
    result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "the system refused every connection" in result.said


def test__system__whose_port_is_in_use__is_told(shop: Shop) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        shop.write(environment=ENVIRONMENT.replace("{host} {port}", f"{{host}} {taken.getsockname()[1]}"))
        result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "its port is already in use" in result.said


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("import os; os.kill(os.getpid(), 11)", 1, "ended by SIGSEGV"),
        ("import sys; sys.exit(7)", 1, "SystemExit: 7"),
        ("import os; os._exit(7)", 1, "exit code 7"),
        ("time.sleep(600)", 1, "the scenario did not end within 3 s"),
    ],
    ids=["signal", "exit", "hard exit", "hang"],
)
def test__plugin__that_crashes_or_hangs_on_new__is_a_break(shop: Shop, line: str, code: int, said: str) -> None:
    crash = f"if 'columns' not in bikes:\n        {line}\n    "
    shop.write(
        scenario=SCENARIO.replace("prices = ", f"{crash}prices = ", 1),
        environment=ENVIRONMENT.replace("timeout: 30\n", "timeout: 3\n"),
    )
    result = shop.check()
    assert (result.code, result.said) == (code, "")
    assert said in result.flat


def test__plugin__that_hangs_on_old__cannot_be_judged(shop: Shop) -> None:
    shop.write(
        scenario="import time\ndef run(system):\n    time.sleep(600)\n",
        environment=ENVIRONMENT.replace("timeout: 30\n", "timeout: 1\n"),
    )
    result = shop.check()
    assert result.code == 3
    assert "the scenario did not end within 1 s" in result.out
    assert "broken-on-old" in result.out


@pytest.mark.parametrize(
    ("named", "said"), [("/nonexistent/chromium", "BACKFIT_BROWSER: there is no program"), ("true", "the browser")]
)
def test__browser__that_is_not_there__is_told(shop: Shop, named: str, said: str) -> None:
    shop.more = {"BACKFIT_BROWSER": named}
    shop.write(
        environment=ENVIRONMENT.replace("scenario:", "browser: chromium\nscenario:"),
        scenario="def run(page, system):\n    page.goto(system.url)\n",
    )
    result = shop.check()
    assert result.out == ""
    assert result.code == (2 if named.startswith("/") else 3)
    assert said in result.said
    assert "BACKFIT_BROWSER" in result.said


def test__docker__without_an_engine__is_told(shop: Shop) -> None:
    shop.more = {"DOCKER_HOST": f"unix://{shop.folder}/nobody.sock"}
    result = shop.run("check", "bikes", "--driver", "docker")
    assert (result.code, result.out) == (3, "")
    assert "engine" in result.said
    assert shop.run("check", "bikes", "--accept-shim").code == 0  # auto takes processes, and says why
    assert "process, because" in shop.run("check", "bikes").err


def test__workspace__where_nothing_can_be_written__is_told(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / ".backfit").write_text("a file")
    result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "cannot make a folder" in result.said
