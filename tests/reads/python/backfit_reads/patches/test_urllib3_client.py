"""urllib3: answers read at once or as a stream, packed or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = "import urllib3, json; pool = urllib3.PoolManager()\n"
TOTAL = {"$.total read"}


@pytest.mark.parametrize(
    ("text", "out", "expected"),
    [
        ("print(json.loads(pool.request('GET', url + '/items').data)['total'])", "2", TOTAL),
        ("print(pool.request('GET', url + '/items').json()['total'])", "2", TOTAL),
        ("print(json.loads(pool.request('GET', url + '/packed', preload_content=False).read())['total'])", "2", TOTAL),
        (
            "print(json.loads(b''.join(pool.request('GET', url + '/items', preload_content=False).stream(9)))['total'])",
            "2",
            TOTAL,
        ),
        ("print(pool.request('GET', url + '/gone').status)", "404", {"status read"}),
    ],
)
def test__answer__taken_in_each_way__is_tracked(
    text: str, out: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.err, found.out, found.reads) == ("", f"{out}\n", expected)
    assert {where.partition(":")[0] for where in found.where} == {"plugin.py"}
    assert not found.told.notes
