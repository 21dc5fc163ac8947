"""requests: answers of calls and sessions, packed ones too, decoded by whatever is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = "import requests, json, orjson, simplejson, ujson\n"
TOTAL = {"$.total read"}


@pytest.mark.parametrize(
    ("text", "out", "expected"),
    [
        ("print(requests.get(url + '/items').json()['total'])", "2", TOTAL),
        ("print(requests.get(url + '/packed?a=1').json()['total'])", "2", TOTAL),
        ("print(json.loads(requests.get(url + '/items').text)['total'])", "2", TOTAL),
        ("print(orjson.loads(requests.get(url + '/items').content)['total'])", "2", TOTAL),
        ("print(ujson.loads(requests.get(url + '/items').content)['total'])", "2", TOTAL),
        ("print(simplejson.loads(requests.get(url + '/items').text)['total'])", "2", TOTAL),
        ("with requests.Session() as s: print(s.get(url + '/gone').status_code)", "404", {"status read"}),
        ("print(requests.get(url + '/text').text)", "a text", {"$ exported"}),
    ],
)
def test__answer__taken_in_each_way__is_tracked(
    text: str, out: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.err, found.out, found.reads) == ("", f"{out}\n", expected)
    assert {where.partition(":")[0] for where in found.where} == {"plugin.py"}
    assert not found.told.notes
