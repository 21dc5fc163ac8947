from __future__ import annotations

from typing import Any

import pytest

from harness.lens.condition import Condition
from harness.lens.parameters import READERS, checked_header, checked_place, checked_types
from harness.model.json_text import WrittenFloat, serialize
from harness.model.paths import ANY, EACH
from tests.model.json_values import nested


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("Path", "$.a[*]", ("a", EACH)),
        ("Condition", {"status": 404}, Condition(status="404")),
        ("str", "", ""),
        ("int", 0, 0),
        ("bool", False, False),
        ("tuple[str, ...]", ["a", ""], ("a", "")),
        ("tuple[Json, ...]", [1, None, {"a": [1.0]}], (1, None, {"a": [1.0]})),
        ("str", "a" * 4096, "a" * 4096),
        ("Path", "$" + "[0]" * 256, (0,) * 256),
        ("tuple[tuple[Json, Json], ...]", [[1, None], [[], {"a": [2]}]], ((1, None), ([], {"a": [2]}))),
        ("Json", {"a": [1, 1.0, None, WrittenFloat("1e999")]}, {"a": [1, 1.0, None, WrittenFloat("1e999")]}),
    ],
)
def test__reader__of_a_type__reads_it(kind: str, written: object, read: object) -> None:
    assert READERS[kind](written) == read


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        *(("Path", path) for path in ("a", "$.", 1, None)),
        ("Condition", {"x": 1}),
        *(("Path", path) for path in ("$" + "[0]" * 257, "$." + "a" * 4096)),
        *(("tuple[Json, ...]", value) for value in ("ab", {"a": 1}, None, [float("nan")], [(1,)])),
        ("tuple[str, ...]", ["a" * 4097]),
        *(("str", value) for value in (1, None, True, ["a"], "a" * 4097)),
        *(("int", value) for value in (1.0, "1", True, None)),
        *(("bool", value) for value in (0, 1, "true", None)),
        *(("tuple[str, ...]", value) for value in ("ab", [1], [None], {"a": 1}, None)),
        *(
            ("tuple[tuple[Json, Json], ...]", value)
            for value in ([1], [[1]], [[1, 2, 3]], {"a": "b"}, ["ab"], [[1, {1}]])
        ),
        *(("Json", value) for value in (float("nan"), [float("inf")], {1: 2}, {"a": b"x"}, {"a": [(1, 2)]}, object)),
    ],
    ids=str,
)
def test__reader__of_another_type__refuses_it(kind: str, written: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        READERS[kind](written)


def test__reader__of_json__gives_a_value_of_its_own() -> None:
    written: Any = {"a": [{"b": 1}]}
    read = READERS["Json"](written)
    written["a"][0]["b"] = 2
    assert read == {"a": [{"b": 1}]}


def test__reader__of_json_of_many_levels__reads_it() -> None:
    assert serialize(READERS["Json"](nested(5000))) == serialize(nested(5000))


@pytest.mark.parametrize("names", [(), ("text",), ("null", "missing")])
def test__types__that_are_none__are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"JSON type|some of null"):
        checked_types(names)


@pytest.mark.parametrize(("name", "value"), [("", "x"), ("a\n", "x"), ("A", "x\r\nB: y"), ("A", "\0")])
def test__header__that_breaks_out_of_its_line__is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        checked_header(name, value)


def test__checked_place__of_one_place__is_let_by_and_of_many_refused() -> None:
    checked_place(("a", 0, -1))
    for path in (("a", EACH), (ANY,)):
        with pytest.raises(ValueError, match="one place"):
            checked_place(path)
