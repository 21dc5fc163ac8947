from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from harness.environments.spec.browser import Browser


@pytest.mark.parametrize(
    ("said", "name", "version", "remote"),
    [
        ("chromium", "chromium", "installed", None),
        ({"chromium": 112}, "chromium", "112", None),
        ({"chromium": "112.0.5614"}, "chromium", "112.0.5614", None),
        ({"chromium": "debian"}, "chromium", "debian", None),
        ("webkit", "webkit", "installed", None),
        ({"image": "firm/browser:1"}, "chromium", "installed", None),
        ({"cdp": "http://127.0.0.1:9222"}, "chromium", "installed", "http://127.0.0.1:9222"),
        ({"name": "firefox", "playwright": "ws://127.0.0.1:3000/"}, "firefox", "installed", "ws://127.0.0.1:3000/"),
        ({"selenium": "http://127.0.0.1:4444"}, "chromium", "installed", "http://127.0.0.1:4444"),
    ],
)
def test__browser__as_a_file_says_it__is_a_name_a_version_and_a_place(
    said: Any, name: str, version: str, remote: str | None
) -> None:
    browser = Browser.model_validate(said)
    assert (browser.name, browser.version, browser.remote) == (name, version, remote)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("netscape", "chromium"),
        ({"cdp": "http://a:1", "selenium": "http://b:2"}, "cdp"),
        ({"name": "firefox", "cdp": "http://a:1"}, "'cdp' is for chromium only"),
        ({"name": "webkit", "image": "firm/browser:1"}, "'image' is for chromium only"),
        ({"chromium": True}, "no version"),
        ({"chromium": "stable"}, "'stable' is no version of a browser"),
        ({"chromium": "112."}, "no version"),
    ],
)
def test__browser__that_cannot_be__is_refused(said: Any, what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        Browser.model_validate(said)
