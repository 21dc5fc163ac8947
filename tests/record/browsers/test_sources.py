from __future__ import annotations

from typing import Any

import pytest

from harness.environments.spec import Browser
from harness.model.errors import UsageError
from harness.record.browsers.remote import Remote
from harness.record.browsers.sources import LIMITS, Kind, not_here, source_of


def browser(said: Any) -> Browser:
    return Browser.model_validate(said)


@pytest.mark.parametrize(
    ("said", "docker", "kind"),
    [
        ("chromium", True, "installed"),
        ({"chromium": "debian"}, True, "installed"),
        ({"chromium": 112}, True, "npm"),
        ({"chromium": 112}, False, "npm"),
        ({"chromium": "112.0.5615.49"}, False, "npm"),
        ({"chromium": 150}, True, "archive"),
        ({"image": "firm/browser:1"}, True, "image"),
        ({"cdp": "http://127.0.0.1:9222"}, True, "cdp"),
        ({"name": "firefox", "playwright": "ws://127.0.0.1:3000/"}, True, "playwright"),
        ({"selenium": "http://127.0.0.1:4444"}, False, "selenium"),
        ("firefox", False, "installed"),
    ],
)
def test__source__of_what_a_file_says__is_the_one_that_has_it(said: Any, docker: bool, kind: Kind) -> None:
    source = source_of(browser(said), docker=docker, extension=False)
    assert source.kind == kind
    assert set(LIMITS[kind]) <= set(source.limits)


def test__source__of_one_that_runs_elsewhere__says_where() -> None:
    source = source_of(browser({"cdp": "http://127.0.0.1:9222"}), docker=False, extension=False)
    assert source.remote == Remote("cdp", "http://127.0.0.1:9222")


@pytest.mark.parametrize(
    ("version", "docker", "offered"), [(40, True, "92"), (120, False, "119 and 121"), ("125.0", False, "126 and 123")]
)
def test__version__without_a_build__offers_the_nearest(version: str | int, docker: bool, offered: str) -> None:
    with pytest.raises(UsageError, match=str(version)) as caught:
        source_of(browser({"chromium": version}), docker=docker, extension=False)
    assert f"nearest builds: {offered};" in str(caught.value.hint)


@pytest.mark.parametrize("said", [{"chromium": 112}, {"cdp": "http://127.0.0.1:9222"}, "firefox"])
def test__extension__in_what_loads_none__is_refused(said: Any) -> None:
    with pytest.raises(UsageError, match="loads no extension"):
        source_of(browser(said), docker=False, extension=True)


@pytest.mark.parametrize("said", ["chromium", {"chromium": 150}, {"image": "firm/browser:1"}])
def test__extension__in_a_whole_chromium__is_let_through(said: Any) -> None:
    source_of(browser(said), docker=True, extension=True)


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test__other_engines__in_containers__say_why_not(engine: str) -> None:
    with pytest.raises(UsageError, match=f"{engine} is not available here, because") as caught:
        source_of(browser(engine), docker=True, extension=False)
    assert str(caught.value) == str(not_here(engine))


def test__old_chromium__says_what_locators_do_not_tell() -> None:
    old, newer = (source_of(browser({"chromium": each}), docker=True, extension=False) for each in (103, 106))
    assert len(old.limits) == len(newer.limits) + 1


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ({"chromium": "112.0.5615.49"}, "need not be 112.0.5615.49"),
        ({"image": "firm/browser:1", "version": 112}, "not chosen to be 112"),
        ({"cdp": "http://127.0.0.1:9222", "version": 112}, "not chosen to be 112"),
        ({"firefox": 128}, "not chosen to be 128"),
    ],
)
def test__version__that_is_not_chosen__is_said(said: Any, limit: str) -> None:
    assert any(limit in each for each in source_of(browser(said), docker=False, extension=False).limits)
