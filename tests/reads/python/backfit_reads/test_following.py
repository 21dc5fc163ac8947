"""Watchers stand before an HTTP library's responses: the library's own looks are nobody's, its helpers' are the plugin's."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.reads.python.backfit_reads import following
from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = "import requests\nanswer = requests.get(url + '/items')\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("answer.status_code", {"status read"}),
        ("answer.ok", {"status read"}),
        ("bool(answer)", {"status read"}),
        ("answer.raise_for_status()", {"status read"}),
        ("answer.content", {"$ exported"}),
        ("answer.text", {"$ exported"}),
        ("list(answer.iter_lines())", {"$ exported"}),
        ("import pickle; print(pickle.loads(pickle.dumps(answer)).json()['total'])", {"$.total read"}),
        ("print(vars(answer).keys())", set()),
        ("answer.status_code = 201; print(answer.status_code)", {"status read"}),
        ("del answer.status_code; print(hasattr(answer, 'status_code'))", set()),
        ("print(requests.Response().status_code)", set()),
    ],
)
def test__response__touched__is_told(text: str, expected: set[str], site: Site, tmp_path: Path) -> None:
    assert run_python(BEGIN + text, site, tmp_path).reads == expected


def test__body__that_a_class_lacks__is_an_attribute_error() -> None:
    class Response:
        pass

    with pytest.raises(AttributeError, match="Response has no 'content'"):
        following.body(Response, "content", lambda response: None)
