from __future__ import annotations

import pytest

from harness.environments.browser_layer import PROBE, RUNNER, browser_os, browser_steps
from harness.record.browsers.sources import source_of
from tests.environments.tiny import Write


def with_browser(write: Write, browser: str, host: str = "{timezone: UTC}") -> object:
    return write(
        {"host: {timezone: Europe/London}": f"host: {host}\nbrowser: {browser}", '{run: "true"}': "s.py"}, s__py=""
    )


@pytest.mark.parametrize(
    ("host", "browser", "image"),
    [
        ("debian:bookworm", "chromium", "debian:bookworm"),
        ("debian:trixie-slim", "chromium", "debian:trixie-slim"),
        ("debian:13", "chromium", "debian:13"),
        ("docker.io/library/debian:sid", "chromium", "docker.io/library/debian:sid"),
        ("debian:bullseye", "{image: 'firm/browser:1'}", "firm/browser:1"),
        ("debian:bullseye", "chromium", "debian:bookworm"),
        ("debian:11-slim", "chromium", "debian:bookworm"),
        ("ubuntu:22.04", "{chromium: 112}", "debian:bookworm"),
    ],
)
def test__os__under_the_browser__is_the_hosts_where_the_driver_runs_there_else_it_is_said(
    write: Write, host: str, browser: str, image: str
) -> None:
    found, note = browser_os(with_browser(write, browser, f"{{os: '{host}'}}"))  # type: ignore[arg-type]
    assert found == image
    assert bool(note) is (image == "debian:bookworm" and host != image)
    assert not note or host in note


@pytest.mark.parametrize(
    ("browser", "locale", "words"),
    [
        ("chromium", "en_GB.UTF-8", ["chromium", "fonts-liberation"]),
        ("chromium", "zh_CN.UTF-8", ["chromium", "chromium-l10n"]),
        ("{chromium: 150}", "C.UTF-8", ["chromium=150.*", "chromium-common=150.*"]),
        ("{chromium: 112}", "zh_CN.UTF-8", ["@sparticuz/chromium@112.0.2", "libnss3"]),
    ],
)
def test__steps__for_a_source__install_that_browser_and_its_driver(
    write: Write, browser: str, locale: str, words: list[str]
) -> None:
    environment = with_browser(write, browser, f"{{locale: {locale}}}")
    source = source_of(environment.browser, docker=True, extension=False)  # type: ignore[attr-defined]
    said = [word for step in browser_steps(environment, source) for word in step.argv]  # type: ignore[arg-type]
    assert set(words) <= set(said)
    assert ("chromium-l10n" in said) is ("chromium-l10n" in words)
    assert PROBE in " ".join(said)
    assert said.count(RUNNER) == 1
    assert any(word.startswith("playwright==") for word in said)
