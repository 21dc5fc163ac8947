from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.model.outcome import Result, Side
from harness.parity import places
from harness.parity.probes import page
from harness.record.browser import find_browser
from harness.record.scenario import run_scenario
from harness.record.setting import Reached, Setting


class Strict(SimpleHTTPRequestHandler):
    """An application that lets no script run but its own, and has nothing at `/`."""

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing is told."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Strict) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test__run__in_a_browser__says_where_it_takes_itself_to_be(tmp_path: Path, url: str) -> None:
    setting = Setting(browser=find_browser(), locale="de_CH.UTF-8", timezone="Asia/Tokyo", viewport=(800, 600))
    run = run_scenario(Path(page.__file__), Reached(url), Side.NEW, tmp_path, setting)
    assert run.result is Result.WORKS, run.headline
    answers = run.observations["answers"]
    assert isinstance(answers, dict)
    assert (answers["language"], answers["zone"], answers["viewport"]) == ("de-CH", "Asia/Tokyo", "800x600")
    assert set(answers["fonts"]) == {"cjk", "arabic", "emoji"}
    found = {f"{fact.subject} {fact.name}": fact.value for fact in places.page(answers, answers["now"])}
    assert found["browser engine"] == "chromium"
    assert found["browser version"].count(".") == 3
