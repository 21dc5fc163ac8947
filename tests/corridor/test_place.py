from __future__ import annotations

from pathlib import Path

import pytest

from harness.corridor.place import place_of
from harness.environments.driver import choose_driver
from harness.environments.load import load_environment
from tests.stories.shop import ENVIRONMENT, Shop


def test__place_of__process_driver__is_this_machine_and_says_what_that_is_not(shop: Shop, tmp_path: Path) -> None:
    environment = load_environment(shop.folder / "bikes")
    told: list[str] = []
    place = place_of(environment, choose_driver("process", "run", environment)[0], "run", tmp_path, told.append)
    assert (place.sandbox, place.browser, place.remote) == (None, None, None)
    assert any("isolate" in line or "contain" in line for line in told)


@pytest.mark.docker
@pytest.mark.slow
def test__place_of__docker_driver__is_a_container_of_its_own(shop: Shop, tmp_path: Path) -> None:
    environment = load_environment(shop.folder / "bikes")
    place = place_of(environment, choose_driver("docker", "run", environment)[0], "run", tmp_path, lambda _: None)
    assert place.sandbox is not None
    (tmp_path / "scratch").mkdir()
    ended = place.sandbox.run(
        ["cat", "/etc/os-release"],
        folder=environment.folder,
        scratch=tmp_path / "scratch",
        environment={"PATH": "/usr/bin:/bin"},
        timeout=60,
    )
    assert "VERSION_CODENAME=bookworm" in ended.stdout


def test__place_of__a_browser_that_runs_elsewhere__is_driven_from_here(shop: Shop, tmp_path: Path) -> None:
    more = "browser: {cdp: http://127.0.0.1:9222}\n"
    shop.write(environment=ENVIRONMENT + more, scenario="def run(page, system):\n    pass\n")
    environment = load_environment(shop.folder / "bikes")
    place = place_of(environment, choose_driver("process", "run", environment)[0], "run", tmp_path, lambda _: None)
    assert place.remote is not None
    assert (place.remote.kind, place.browser) == ("cdp", None)
    assert place.limits
