"""Bodies that are taken in pieces are known when they are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = "import http.client, io, json, urllib.request\nanswer = urllib.request.urlopen(url + '/items')\n"


@pytest.mark.parametrize(
    "take",
    [
        "b''.join(iter(lambda: answer.read(7), b''))",
        "b''.join(iter(lambda: answer.read1(9), b''))",
        "answer.read()",
        "answer.read(10_000).decode()",
        "io.TextIOWrapper(answer, 'utf-8').read()",
        "io.BufferedReader(answer, 16).read()",
    ],
)
def test__body__taken_in_pieces__is_tracked(take: str, site: Site, tmp_path: Path) -> None:
    found = run_python(f"{BEGIN}print(json.loads({take})['total'])", site, tmp_path)
    assert (found.out, found.reads) == ("2\n", {"status read", "$.total read"})


def test__body__taken_in_part__is_handed_on(site: Site, tmp_path: Path) -> None:
    assert run_python(f"{BEGIN}print(answer.readline()[:9])", site, tmp_path).reads == {"status read", "$ exported"}
