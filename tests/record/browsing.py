"""A scenario in a real Chromium, on a system of one page."""

from __future__ import annotations

from pathlib import Path

from harness.model.outcome import PluginRun, Side
from harness.record.browser import find_browser
from harness.record.scenario import run_scenario
from harness.record.setting import Reached, Setting
from tests.record.raw_server import RawServer, head_of, http


def ran(tmp_path: Path, scenario: str, page: str = "<!doctype html><p>A page", **more: object) -> PluginRun:
    def answer(request: bytes) -> bytes:
        if head_of(request)[0].startswith("GET /missing"):
            return http(b"", status="404 Not Found")
        return http(page.encode(), "Content-Type: text/html")

    (tmp_path / "s.py").write_text("def run(page, system):\n    page.goto(system.url)\n" + scenario)
    with RawServer(answer) as system:
        setting = Setting(**{"browser": find_browser(), "timeout": 60, **more})  # type: ignore[arg-type]
        return run_scenario(tmp_path / "s.py", Reached(system.url), Side.SHIMMED, tmp_path, setting)
