"""aiohttp: answers of its sessions, whose headers stay what they were to whoever looks at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

PROGRAM = """
import asyncio, json, aiohttp, multidict
async def main():
    async with aiohttp.ClientSession() as session, session.get(url + "/packed?b=2#part") as answer:
        {}
asyncio.run(main())
"""
COUNT = "header x-total-count"
NAMES = ("content-encoding", "content-length", "content-type", "date", "server", "x-total-count")
ALL = {f"header {name} enumerated" for name in NAMES}
PROXY = "multidict.CIMultiDictProxy"


@pytest.mark.parametrize(
    ("text", "out", "expected"),
    [
        ("print((await answer.json())['total'])", "2", {"$.total read"}),
        ("print(json.loads(await answer.text())['total'])", "2", {"$.total read"}),
        ("print(json.loads(await answer.read())['total'])", "2", {"$.total read"}),
        ("print(len(await answer.content.read()) > 9)", "True", {"$ exported"}),
        ("print(answer.status, answer.ok)", "200 True", {"status read"}),
        ("answer.raise_for_status(); print()", "", {"status read"}),
        ("h = answer.headers; print(h['X-Total-Count'], h.get('x-total-count'))", "2 2", {f"{COUNT} read"}),
        ("print(answer.headers.getall('x-total-count'))", "['2']", {f"{COUNT} read"}),
        ("print(answer.headers.get('x-none'))", "None", {"header x-none missing"}),
        ("print('x-total-count' in answer.headers)", "True", {f"{COUNT} tested"}),
        ("print(dict(answer.headers)['X-Total-Count'])", "2", ALL),
        (f"h = answer.headers; print(isinstance(h, {PROXY}), answer.headers is h)", "True True", set()),
        (f"print(type(answer.headers).__name__ == {PROXY}.__name__)", "True", set()),
    ],
)
def test__answer__taken_in_each_way__is_tracked(
    text: str, out: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(PROGRAM.format(text), site, tmp_path)
    assert (found.err, found.out, found.reads) == ("", f"{out}\n", expected)
    if expected:
        assert found.told.seen == {("GET", f"{site.url}/packed?b=2")}
