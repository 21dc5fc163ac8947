"""However a process ends, or becomes several, each touch is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = """
import json, os, sys, urllib.request
data = json.load(urllib.request.urlopen(url + "/items"))
for _ in range(20): data["total"]
"""


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("", 0, 20),
        ("sys.exit(3)", 3, 20),
        ("os._exit(4)", 4, 20),
        ("raise SystemExit", 0, 20),
        ("os.execv(sys.executable, [sys.executable, '-c', ''])", 0, 20),
        ("os.fork() and os.wait()", 0, 20),
        ("if os.fork() == 0: data['total']; os._exit(0)\nos.wait()", 0, 21),
        ("import multiprocessing as m\nwith m.get_context('fork').Pool(1) as pool: pool.map(len, [data])", 0, 20),
        ("import subprocess; subprocess.run([sys.executable, '-c', 'pass'], check=True)", 0, 20),
        ("import threading\nt = threading.Thread(target=data.get, args=['total']); t.start(); t.join()", 0, 21),
    ],
)
def test__end__each_way__tells_all_counts_once(text: str, code: int, count: int, site: Site, tmp_path: Path) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert found.code == code
    [total] = [access.count for access in found.told.accesses if (access.place, access.op) == ("$.total", "read")]
    assert total == count


def test__spawned_process__that_asks_by_itself__is_tracked_too(site: Site, tmp_path: Path) -> None:
    text = """
import multiprocessing

def ask(address):
    import json, urllib.request
    return json.load(urllib.request.urlopen(address))["total"]

if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(ask, [url + "/items"]))
        pool.close()
        pool.join()
"""
    found = run_python(text, site, tmp_path)
    assert (found.out, found.reads) == ("[2]\n", {"status read", "$.total read"})
