"""What a customer's file asks for and cannot be had: one message that says what, where and what to do, and nothing left of it."""

from __future__ import annotations

import json

import pytest

from tests.stories.shop import ENVIRONMENT, Shop
from tests.stories.test_killed import made_by

LOCKED = "bottle==0.12.25"
GONE = "bottle==0.12.99"
BROWSER = ENVIRONMENT.replace("scenario:", "browser: chromium\nscenario:")
SERVICE = "services:\n  db: {debian: redis-server, start: sleep 600, port: 6379, ready: {tcp: true, timeout: 2}}\n"


def _old(spec: str) -> str:
    """The bikes, whose old version is `spec`, and listens at a port that is known."""
    return ENVIRONMENT.replace("{pip: [], options: old}", spec).replace("name: bikes\n", "name: bikes\n  port: 8000\n")


DOCKER = {
    "unknown os": (
        f"{ENVIRONMENT}host: {{os: 'debian:bookwrm'}}\n",
        3,
        [
            "no image debian:bookwrm",
            "did you mean 'debian:bookworm'?",
            "debian:bullseye, debian:bookworm, debian:trixie",
        ],
    ),
    "base image": (
        _old("{image: 'registry.invalid/acme/bikes:1'}"),
        3,
        ["the image registry.invalid/acme/bikes:1 is not here and cannot be pulled", "docker load"],
    ),
    "failing build": (
        _old("{build: image}"),
        3,
        ["docker build image", "COPY failed", "bikes.db", "| Step"],
    ),
    "failing step": (
        f"{ENVIRONMENT}host: {{packages: no-such-package-here}}\n",
        3,
        ["apt-get install no-such-package-here: failed", "| E: Unable to locate package no-such-package-here"],
    ),
    "service never ready": (
        f"{ENVIRONMENT}{SERVICE}",
        3,
        ["db was not ready after 2 s", "last seen: port 6379", "it printed nothing"],
    ),
}


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.parametrize(("text", "code", "said"), DOCKER.values(), ids=DOCKER)
def test__docker__that_cannot_make_what_is_asked__says_what_failed(
    shop: Shop, text: str, code: int, said: list[str]
) -> None:
    shop.write(environment=text)
    (shop.folder / "bikes/image").mkdir()
    (shop.folder / "bikes/image/Dockerfile").write_text("FROM scratch\nCOPY bikes.db /data/\n")
    with shop.started("check", "bikes", "--driver", "docker") as process:
        out, err = process.communicate(timeout=280)
    assert (process.returncode, out) == (code, ""), err
    assert [words for words in said if words not in err] == []
    assert "Traceback" not in err
    assert made_by(process.pid) == []


@pytest.mark.parametrize("driver", ["process", pytest.param("docker", marks=pytest.mark.docker)])
def test__browser__of_a_version_that_nobody_built__offers_the_nearest(shop: Shop, driver: str) -> None:
    shop.write(environment=BROWSER.replace("chromium", "{chromium: 60}"))
    result = shop.run("check", "bikes", "--driver", driver)
    assert (result.code, result.out) == (2, "")
    assert "browser: there is no build of Chromium 60 to be had" in result.said
    assert "the nearest builds: 92" in result.said


@pytest.mark.browser
@pytest.mark.slow
def test__extension__that_chromium_refuses__is_told_in_chromiums_words(shop: Shop) -> None:
    shop.write(
        environment=BROWSER.replace("{name: price-list}", "{name: price-list, extension: prices}"),
        scenario="def run(page, system):\n    page.goto(system.url)\n",
    )
    (extension := shop.folder / "bikes/prices").mkdir()
    scripts = [{"matches": ["everywhere"], "js": ["prices.js"]}]
    manifest = {"manifest_version": 3, "name": "Prices", "version": "1", "content_scripts": scripts}
    (extension / "manifest.json").write_text(json.dumps(manifest))
    (extension / "prices.js").write_text("")
    result = shop.check()
    assert (result.code, result.out) == (3, "")
    assert "Chromium refuses the extension: Invalid value for 'content_scripts[0].matches[0]'" in result.said
    assert "chrome://extensions" in result.said


@pytest.mark.slow
def test__lock__that_drifts_or_no_longer_resolves__says_which_package_and_how_to_make_it_anew(shop: Shop) -> None:
    shop.write(environment=ENVIRONMENT.replace("old: {pip: []", f"old: {{pip: [{LOCKED}]"))
    assert shop.run("env", "lock", "bikes", "--driver", "process").code == 0
    file, lock = (shop.folder / "bikes" / name for name in ("environment.yaml", "environment.lock"))
    file.write_text(file.read_text().replace(LOCKED, GONE))
    drifted = shop.check("--frozen")
    assert (drifted.code, drifted.out) == (2, "")
    assert f"old: {GONE} is asked, and is not in the lock" in drifted.said
    assert "`backfit env lock" in drifted.said
    lock.write_text(lock.read_text().replace(LOCKED.partition("==")[2], GONE.partition("==")[2]))
    gone = shop.check("--frozen")
    assert (gone.code, gone.out) == (3, "")
    assert f"the lock no longer resolves: {GONE}" in gone.said
    assert "backfit env lock ENVIRONMENT --driver" in gone.said


@pytest.mark.docker
@pytest.mark.slow
def test__snapshot__of_another_version__is_refused(shop: Shop) -> None:
    shop.write()
    try:
        assert shop.run("env", "up", "bikes", "--driver", "docker", "--side", "old").code == 0
        assert shop.run("env", "snapshot", "bikes", "monday").code == 0
        assert shop.run("env", "down", "bikes").code == 0
        kept = shop.folder / ".backfit/snapshots"
        (kept / "bikes-old").rename(kept / "bikes-new")
        assert shop.run("env", "up", "bikes", "--driver", "docker", "--side", "new").code == 0
        result = shop.run("env", "restore", "bikes", "monday")
        assert (result.code, result.out) == (2, "")
        assert "the snapshot 'monday' is of another system" in result.said
        assert "version: old then, new now" in result.said
        assert "take another one, or migrate" in result.said
    finally:
        down = shop.run("env", "down", "--all")
    assert down.code == 0, down.err
