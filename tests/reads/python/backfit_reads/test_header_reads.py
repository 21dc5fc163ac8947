"""Headers that are asked for by name are told apart from those that are only passed by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

CLIENTS = {
    "requests": "import requests\nheaders = requests.get(url + '/items').headers\n",
    "httpx": "import httpx\nheaders = httpx.get(url + '/items').headers\n",
    "urllib3": "import urllib3\nheaders = urllib3.PoolManager().request('GET', url + '/items').headers\n",
}
NAMES = ("server", "date", "content-type", "x-total-count", "content-length")
ALL = {f"header {name} enumerated" for name in NAMES}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(headers['X-Total-Count'], headers.get('x-TOTAL-count'))", {"header x-total-count read"}),
        ("print(headers.get('X-None'), headers.get('X-None', 4))", {"header x-none missing"}),
        ("try: headers['X-None']\nexcept KeyError: print('none')", {"header x-none missing"}),
        ("print('x-total-count' in headers)", {"header x-total-count tested"}),
        ("print(sorted(dict(headers)))", ALL),
        ("for name, value in headers.items(): print(name)", ALL),
        ("print([name for name in headers])", ALL),
    ],
)
def test__headers__asked_for__are_told(client: str, text: str, expected: set[str], site: Site, tmp_path: Path) -> None:
    assert run_python(CLIENTS[client] + text, site, tmp_path).reads == expected


def test__headers__of_a_request__are_not_an_answers(site: Site, tmp_path: Path) -> None:
    text = "import requests\nanswer = requests.get(url + '/items')\nprint(answer.request.headers['Accept'])"
    assert run_python(text, site, tmp_path).reads == set()


def test__headers__that_are_gone__make_room_for_others(site: Site, tmp_path: Path) -> None:
    text = """
import requests
for _ in range(50):
    requests.get(url + "/items").headers["x-total-count"]
plain = [requests.structures.CaseInsensitiveDict(a=1) for _ in range(100)]
print(sum(each["a"] for each in plain))
"""
    assert run_python(text, site, tmp_path).reads == {"header x-total-count read"}
