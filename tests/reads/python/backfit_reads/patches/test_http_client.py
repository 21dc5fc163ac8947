"""http.client and urllib.request: the ways to the standard library's answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = "import json, http.client, urllib.request\n"
READ = {"status read", "$.total read"}
HEADER = {"status read", "header x-total-count read"}


@pytest.mark.parametrize(
    ("text", "out", "expected"),
    [
        ("with urllib.request.urlopen(url + '/items') as a: print(json.load(a)['total'])", "2", READ),
        ("with urllib.request.urlopen(url + '/items') as a: print(json.loads(a.read().decode())['total'])", "2", READ),
        (
            "with urllib.request.urlopen(url + '/items') as a: print(a.status, a.getcode(), a.code)",
            "200 200 200",
            {"status read"},
        ),
        (
            "with urllib.request.urlopen(url + '/items') as a: print(a.getheader('x-total-count'), a.headers['x-total-count'])",
            "2 2",
            HEADER,
        ),
        (
            (
                "c = http.client.HTTPConnection(url[7:]); c.request('GET', '/items');"
                " print(json.load(c.getresponse())['total']); c.close()"
            ),
            "2",
            {"$.total read"},
        ),
    ],
)
def test__answer__taken_in_each_way__is_tracked(
    text: str, out: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.err, found.out, found.reads) == ("", f"{out}\n", expected)
    assert {where.partition(":")[0] for where in found.where} == {"plugin.py"}
    assert not found.told.notes
