from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.model.reads import Access, Op
from harness.reads import lines
from harness.reads.lines import append_lines, parse_line, read_accesses, read_told, told

URL = "http://127.0.0.1:5/x.json?a=1"


def line(**more: object) -> bytes:
    return json.dumps({"method": "GET", "url": URL, "place": "$.a", "op": "read", **more}).encode() + b"\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, Access("GET", URL, "$.a", Op.READ)),
        ({"count": 3, "where": ["app.js:1:2"]}, Access("GET", URL, "$.a", Op.READ, 3, ("app.js:1:2",))),
        ({"method": "patch"}, Access("PATCH", URL, "$.a", Op.READ)),
        ({"url": "host-api://page/System/x"}, Access("GET", "host-api://page/System/x", "$.a", Op.READ)),
        ({"place": "$.rows[3]['a b']"}, Access("GET", URL, '$.rows[*]["a b"]', Op.READ)),
        ({"place": "$.rows[*].*"}, Access("GET", URL, "$.rows[*].*", Op.READ)),
        ({"place": "status"}, Access("GET", URL, "status", Op.READ)),
        ({"place": "header X-Total-Count"}, Access("GET", URL, "header x-total-count", Op.READ)),
        ({"where": ["a", "a", *"bcdefgh"]}, Access("GET", URL, "$.a", Op.READ, 1, tuple("abcde"))),
        ({"more": 1}, Access("GET", URL, "$.a", Op.READ)),
        *(({name: None}, None) for name in ("method", "url", "place", "op", "count", "where")),
        *(({"count": count}, None) for count in (0, -1, 1.5, True, "1", 10**30)),
        *(({"method": method}, None) for method in ("", "G T", 7, "G" * 99)),
        *(({"url": url}, None) for url in ("/x", "x y", "http://a b", ["http://a"])),
        *(({"place": place}, None) for place in ("a", "$..a", "$.a[", "header", "header a b", "status 200", {})),
        *(({"op": op}, None) for op in ("reads", "", ["read"], 1)),
        *(({"where": where}, None) for where in ("a", [1], {})),
    ],
)
def test__line__of_an_access__is_that_access_or_none(more: dict[str, object], expected: Access | None) -> None:
    assert parse_line(line(**more)) == expected


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[1]", b"7", b"\xff\xfe", b'{"method": "GET"}', b"[" * 5000, line(where=["x" * lines.LONGEST_LINE])],
)
def test__line__that_is_hostile__is_none(text: bytes) -> None:
    assert parse_line(text) is None


def test__told__equal_accesses__are_summed_with_the_first_places() -> None:
    found = told(
        [line(where=["a"]), line(count=2, where=["b", "a"]), line(op="copied"), *(line(where=[c]) for c in "cdefg")]
    )
    assert found.accesses == [
        Access("GET", URL, "$.a", Op.READ, 8, tuple("abcde")),
        Access("GET", URL, "$.a", Op.COPIED),
    ]


def test__told__notes_and_calls_and_what_is_neither__are_kept_apart() -> None:
    notes = [b'{"note": "odd"}\n', b'{"note": "odd", "count": 2}\n', b'{"note": 5}\n', b"nonsense\n", b"\n"]
    calls = [b'{"started": "page"}\n', b'{"seen": "get http://a.test/x"}\n', b'{"seen": "x"}\n']
    found = told([*notes, *calls, line()])
    assert (found.notes, found.started, found.seen) == ({"odd": 3}, True, frozenset({("GET", "http://a.test/x")}))
    assert (len(found.accesses), found.skipped) == (1, 3)


def test__told__nothing__was_not_started() -> None:
    assert not told([]).started
    assert not told([line()]).skipped


def test__told__a_last_line_that_was_cut__is_no_error() -> None:
    found = told([line(), line()[:-20]])
    assert (len(found.accesses), found.skipped) == (1, 0)


def test__told__more_accesses_than_are_kept__counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_ACCESSES", 2)
    found = told([*(line(place=f"$.a{n}") for n in range(4)), line(place="$.a1", count=5)])
    assert [access.count for access in found.accesses] == [1, 6]
    assert found.skipped == 2


def test__read__no_file__is_nothing(tmp_path: Path) -> None:
    assert read_told(tmp_path / "none") == told([])


def test__append__from_many_at_once__keeps_every_line_whole(tmp_path: Path) -> None:
    file = tmp_path / "reads"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: append_lines(file, line(place=f"$.a{n}") * 50 + line()[:-1]), range(40)))
    assert sum(access.count for access in read_accesses(file)) == 40 * 51
    assert not read_told(file).skipped


def test__append__to_a_file_that_is_full__leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST_FILE", 300)
    file = tmp_path / "reads"
    for _ in range(9):
        append_lines(file, line())
    append_lines(file, b"")
    assert 200 < file.stat().st_size < 300
