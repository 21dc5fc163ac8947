from __future__ import annotations

from pathlib import Path

import pytest

from harness.contract.code_places import MOST, told

ROOT = Path("/data/plugins/widget")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("http://127.0.0.1:43211/app.js:3:1", "/app.js:3:1"),
        ("http://127.0.0.1:43211/app.js?v=17#x:3:1", "/app.js:3:1"),
        ("https://cdn.test/lib/x.min.js:1:20394", "/lib/x.min.js:1:20394"),
        ("http://127.0.0.1:1:3:1", "/:3:1"),
        ("chrome-extension://abcdef/bg.js:12:7", "/bg.js:12:7"),
        ("blob:http://127.0.0.1:5/0d1c-4e:3:1", "blob:3:1"),
        ("/data/plugins/widget/src/a.py:4", "src/a.py:4"),
        ("file:///data/plugins/widget/src/a%20b.js:4:1", "src/a b.js:4:1"),
        ("/data/plugins/widget-2/src/a.py:4", "a.py:4"),
        ("/usr/lib/venv/site-packages/shop/read.py:4:0", "shop/read.py:4:0"),
        ("/srv/node_modules/a/node_modules/b/i.js:4:0", "b/i.js:4:0"),
        ("C:\\plugins\\x\\read.js:4:0", "read.js:4:0"),
        ("node:internal/process:4:0", "node:internal/process:4:0"),
        ("<anonymous>", "<anonymous>"),
        ("src/a.py:4", "src/a.py:4"),
        ("", ""),
    ],
)
def test__told__a_place_in_code__is_the_same_on_every_machine(place: str, name: str) -> None:
    assert told([place], [ROOT]) == (name,)


def test__told__many__are_the_first_few_by_file_and_line() -> None:
    places = [f"http://h:{port}/a.js:{at}:1" for port in (1, 2) for at in (10, 9, 100, 8, 7, 6)]
    assert told(places) == tuple(f"/a.js:{at}:1" for at in (6, 7, 8, 9, 10))
    assert len(told(places)) == MOST


def test__told__an_endless_name__is_cut() -> None:
    [name] = told(["http://h/" + "x" * 10_000 + ":3:1"])
    assert len(name) < 300
    assert name.endswith("x:3:1")
