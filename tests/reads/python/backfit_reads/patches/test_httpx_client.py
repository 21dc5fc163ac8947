"""httpx: answers of clients with and without await."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = "import asyncio, httpx, json\n"
TOTAL = {"$.total read"}
AWAITED = """
async def main():
    async with httpx.AsyncClient() as client: print((await client.get(url + "/items")).json()["total"])
asyncio.run(main())"""


@pytest.mark.parametrize(
    ("text", "out", "expected"),
    [
        ("print(httpx.get(url + '/packed').json()['total'])", "2", TOTAL),
        ("print(json.loads(httpx.get(url + '/items').text)['total'])", "2", TOTAL),
        ("print(httpx.get(url + '/items').is_success)", "True", {"status read"}),
        ("with httpx.stream('GET', url + '/items') as a: print(json.loads(a.read())['total'])", "2", TOTAL),
        (
            "with httpx.stream('GET', url + '/items') as a: print(len(''.join(a.iter_text())) > 9)",
            "True",
            {"$ exported"},
        ),
        (AWAITED, "2", TOTAL),
    ],
)
def test__answer__taken_in_each_way__is_tracked(
    text: str, out: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.err, found.out, found.reads) == ("", f"{out}\n", expected)
    assert {where.partition(":")[0] for where in found.where} == {"plugin.py"}
    assert not found.told.notes
