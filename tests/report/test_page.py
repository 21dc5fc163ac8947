"""What the pages share."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from jinja2 import UndefinedError

from harness.model.summary import DiffSummary
from harness.report.page import page


def test__page__its_style__is_the_one_that_the_policy_allows() -> None:
    empty = DiffSummary("a", "b", ())
    text = page("diff.html.j2", summary=empty, tone="good", told=[], infos=[], rules=[])
    style = re.search("<style>(.*)</style>", text, re.DOTALL)
    assert style is not None
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{allowed}'" in text


def test__page__value_that_is_missing__is_an_error() -> None:
    with pytest.raises(UndefinedError):
        page("diff.html.j2")
