"""Images for plugins, made and used for real: what is in them, and that a customer's browser shows what the customer sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.environments import Environment
from harness.environments.engine import connect
from harness.environments.plugin_container import PluginContainer
from harness.environments.plugin_image import PluginImage, plugin_image
from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.outcome import PluginRun, Result, Side
from harness.record.scenario import run_scenario
from harness.record.setting import Reached, Setting
from tests.environments.tiny import Write, ignore
from tests.record.raw_server import RawServer, http

pytestmark = pytest.mark.docker

_PAIRS = ("中国", "عك", "😀🚀", "ab")
_SCENARIO = f"""
def run(page, system):
    page.goto(system.url)
    page.set_content("<body style='font-size:40px'>")
    seen = []
    for pair in {_PAIRS!r}:
        page.set_content("".join(f"<p><b style='font: 40px sans-serif'>{{each}}</b>" for each in pair))
        one, other = (page.locator("b").nth(at).screenshot() for at in (0, 1))
        seen.append(one != other)
    worker = "new Worker(URL.createObjectURL(new Blob(['postMessage([navigator.language, (1234.5).toLocaleString()])'])))"
    said = page.evaluate("new Promise(done => " + worker + ".onmessage = event => done(event.data))")
    agent = page.evaluate("navigator.userAgent.match(/Chrome.(\\\\d+)/)[1]")
    return {{"glyphs": seen, "worker": said, "page": page.evaluate("navigator.languages[0]"), "chromium": agent,
            "zone": page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")}}
"""


def environment_of(
    write: Write, browser: str, host: str, plugin: str = "plugin: {name: plug}", **files: str
) -> Environment:
    """`browser`, `host` and `plugin` as they stand in the file."""
    replace = {
        "host: {timezone: Europe/London}": f"host: {host}\nbrowser: {browser}",
        "plugin: {name: plug}": plugin,
        '{run: "true"}': "s.py",
    }
    return write(replace, s__py=_SCENARIO, **files)


def ran_inside(environment: Environment, image: PluginImage, run_id: str, folder: Path, **more: Path) -> PluginRun:
    """The environment's scenario, in a container of `image`."""
    setting = Setting(
        browser=image.browser,
        runner=image.runner,
        sandbox=PluginContainer(connect(), image.name, environment, run_id),
        locale=environment.host.locale,
        timezone=environment.host.timezone,
        timeout=90,
        **more,  # type: ignore[arg-type]
    )
    with RawServer(lambda _: http(b"<!doctype html><p>A page", "Content-Type: text/html")) as system:
        return run_scenario(environment.folder / "s.py", Reached(system.url), Side.OLD, folder, setting)


@pytest.mark.slow
def test__image__of_an_old_chromium_in_chinese__shows_every_script_and_speaks_the_language(
    write: Write, run_id: str, tmp_path: Path
) -> None:
    host = "{locale: zh_CN.UTF-8, timezone: Asia/Shanghai, fonts: [cjk, arabic, emoji]}"
    environment = environment_of(write, "{chromium: 112}", host)
    image = plugin_image(connect(), environment, run_id, ignore)
    assert image.browser_version.startswith("112.0.")
    run = ran_inside(environment, image, run_id, tmp_path)
    assert run.observations == {
        "glyphs": [True, True, True, True],
        "worker": ["zh-CN", "1,234.5"],
        "page": "zh-CN",
        "chromium": "112",
        "zone": "Asia/Shanghai",
    }, run


@pytest.mark.slow
def test__image__of_debians_chromium__loads_an_extension_and_shows_boxes_without_fonts(
    write: Write, run_id: str, tmp_path: Path
) -> None:
    manifest = {"manifest_version": 3, "name": "Marks", "version": "1", "background": {"service_worker": "bg.js"}}
    (tmp_path / "tiny" / "ext").mkdir(parents=True)
    (tmp_path / "tiny/ext/manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "tiny/ext/bg.js").write_text("self.loaded = 'yes'")
    plugin = "plugin: {name: plug, extension: ext}"
    environment = environment_of(write, "chromium", "{timezone: Asia/Shanghai}", plugin)
    image = plugin_image(connect(), environment, run_id, ignore)
    assert int(image.browser_version.partition(".")[0]) > 140
    scenario = environment.folder / "s.py"
    scenario.write_text(
        _SCENARIO.replace("    return {", "    return {'extension': system.worker().evaluate('loaded'), ")
    )
    run = ran_inside(environment, image, run_id, tmp_path, extension=environment.folder / "ext")
    assert run.result is Result.WORKS, run
    assert (run.observations["glyphs"], run.observations["extension"]) == ([False, False, False, True], "yes"), run


def test__image__without_a_browser__has_the_plugins_packages(write: Write, run_id: str, wheels: object) -> None:
    wheels("plug", "1.2")  # type: ignore[operator]
    environment = write({"plugin: {name: plug}": "plugin: {name: plug, pip: [plug==1.2]}"})
    image = plugin_image(connect(), environment, run_id, ignore)
    assert (image.versions["plug"], image.python) == ("1.2", Path("/opt/backfit/python/bin/python"))
    assert (image.browser, image.runner, image.modules) == (None, None, None)
    engine = connect()
    program = str(image.bin_folders[0] / "plug")
    said = engine.client.containers.run(image.name, entrypoint=program, command=[], remove=True, network_mode="none")
    assert said.decode().strip() == "1.2"


def test__image__for_an_extension_in_a_headless_shell__is_refused_before_anything_is_made(
    write: Write, run_id: str, tmp_path: Path
) -> None:
    (tmp_path / "tiny" / "ext").mkdir(parents=True)
    (tmp_path / "tiny/ext/manifest.json").write_text('{"manifest_version": 3, "name": "x", "version": "1"}')
    environment = environment_of(write, "{chromium: 112}", "{timezone: UTC}", "plugin: {name: plug, extension: ext}")
    told: list[str] = []
    with pytest.raises(UsageError, match="loads no extension"):
        plugin_image(connect(), environment, run_id, told.append)
    assert told == []


@pytest.mark.slow
def test__image__of_a_version_that_debian_has_not__says_what_there_is(write: Write, run_id: str) -> None:
    environment = environment_of(write, "{chromium: 139}", "{timezone: UTC}")
    with pytest.raises(EnvironmentFailed, match="looking for Chromium 139 in Debian's archive") as caught:
        plugin_image(connect(), environment, run_id, ignore)
    assert "npm has 138 and 140" in str(caught.value)
    assert "chromium | 1" in str(caught.value.hint)
