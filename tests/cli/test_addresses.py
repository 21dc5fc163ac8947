from __future__ import annotations

import pytest

from harness.cli.addresses import base_url
from harness.model.errors import UsageError


@pytest.mark.parametrize("url", ["http://127.0.0.1:8001", "https://a.example/base", "http://[::1]:80"])
def test__base_url__of_a_system__is_as_it_was_given(url: str) -> None:
    assert base_url(url) == url


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8001", "ftp://a.example", "http://", "http://a:x", "http://a:0", "http://a/?b", "http://a#b"]
)
def test__base_url__what_is_none__is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="--upstream is a URL"):
        base_url(url)
