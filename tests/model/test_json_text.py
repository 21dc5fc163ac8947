from __future__ import annotations

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import orjson
import pytest
from hypothesis import given, settings

from harness.model.json_text import DEEPEST, TooDeep, WrittenFloat, _is_exact, parse, repeated_names, serialize
from tests.model.json_values import NUMBER_TEXTS, VALUES, exact, nested

pytestmark = pytest.mark.filterwarnings("error")
unhurried = settings(deadline=None)

WRITTEN_BACK = [
    *("0", "-0", "0.0", "-0.0", "1", "1.0", "1.5", "-7", "1e2", "1E+2", "1.0e0", "0e1", "0.00001", "1e-7", "1e-07"),
    *(
        "9007199254740993",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
    ),
    *(
        "0.1234567890123456789",
        "123456789.123456789",
        "1234567890123456.5",
        "900719925474099.3",
        "100000000000000000000.0",
        "1e999",
        "-1e-999",
    ),
    *("7" * 5000, "0." + "7" * 5000),
    *('"\\ud800"', '"\\udfff\\ud800"', '"😀"', '"\u2028"', '"\\\\ud800"'),
    *(
        '{"__proto__":1,"constructor":{}}',
        '{"":[],"\\ud800":{}}',
        '{"b":1,"10":2,"2":3,"a":4}',
        "[]",
        "{}",
        "null",
        '"-0"',
    ),
]


@pytest.mark.parametrize("around", ["{}", "[{}]", "[1,{}]", '{{"a":{}}}', '{{"a":1.5,"b":{},"c":-1}}'])
@pytest.mark.parametrize("text", WRITTEN_BACK, ids=lambda text: text[:24])
def test__serialize__of_what_was_read__is_the_same_text(text: str, around: str) -> None:
    whole = around.format(text).encode()
    assert serialize(parse(whole)) == whole


@pytest.mark.parametrize("text", ["-0", "1e2", "18446744073709551617", "0.12345678901234567890", '"\\ud800"', "1"])
def test__parse__of_a_text_with_white_space__sees_what_stands_behind_it(text: str) -> None:
    assert serialize(parse(f' {{ "a" :\n\t{text}\r\n}} '.encode())) == f'{{"a":{text}}}'.encode()


@pytest.mark.parametrize("beside", ['"a b"', r'"\u00e9"', r'"\/ \"1e2\""', r'"\\"', '"\\ud83d\\ude00"', '"-0"'])
@pytest.mark.parametrize("space", ["", " ", "\n  "])
@pytest.mark.parametrize(
    "number",
    ["0.1234567890123456789", "18446744073709551617", "-0", "1e2", "0.1234567890123456", "12345678901234567", "0.1e-3"],
)
def test__parse__a_number_beside_text_that_can_be_written_otherwise__keeps_every_digit(
    number: str, space: str, beside: str
) -> None:
    text = f"{{{space}{beside}:{space}[{number},{space}{beside},{space}1.5]}}"
    [(name, [read, string, plain])] = parse(text.encode()).items()
    assert (name, string, plain) == (json.loads(beside), json.loads(beside), 1.5)
    assert Decimal(serialize(read).decode()) == Decimal(number)
    assert (serialize(read) == b"-0") is (number == "-0")


@pytest.mark.parametrize(
    "text", ["[0.1234567890123456,1]", '[ 0.1234567890123456, "\\u00e9" ]', '["0e1", 0.1234567890123456]']
)
def test__parse__long_decimals_that_a_float_writes_alike__is_left_to_orjson(text: str) -> None:
    """The other reader takes six times as long."""
    assert type(next(each for each in parse(text.encode()) if isinstance(each, float))) is float
    assert _is_exact(text.encode(), orjson.loads(text))


@unhurried
@given(NUMBER_TEXTS)
def test__parse__a_number__keeps_every_digit(text: str) -> None:
    written = serialize(parse(f"[{text}]".encode()))[1:-1].decode()
    assert Decimal(written) == Decimal(text)
    assert isinstance(parse(text.encode()), float) == (text == "-0" or bool(set(text) & set(".eE")))


@unhurried
@given(VALUES)
def test__parse__of_what_was_serialized__is_the_value(value: object) -> None:
    text = serialize(value)
    assert exact(parse(text)) == exact(value)
    assert serialize(parse(text)) == text


@unhurried
@given(VALUES)
def test__parse__of_the_standard_librarys_text__is_its_value(value: object) -> None:
    text = json.dumps(json.loads(serialize(value)))
    if "Infinity" not in text:
        assert parse(text.encode()) == json.loads(text)


@pytest.mark.parametrize("beside", ["", ",-0", ',"\\ud800"'], ids=["quick way", "exact way", "lone surrogate"])
@pytest.mark.parametrize(
    "text",
    ["NaN", "Infinity", "-Infinity", "01", "1.", ".5", "+1", "-", "'a'", '"\x01"', "1,", "nul", '{"a"}', "{1:2}"],
)
def test__parse__what_is_not_json__is_refused(text: str, beside: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(f"[{text}{beside}]".encode())


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b"[",
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b"\xff\xfe[\x00]\x00",
        b"[1] [2]",
        b"[" * 100_000,
        b"[-0," * 100_000,
    ],
)
def test__parse__no_whole_text_in_utf_8__is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@pytest.mark.parametrize("text", [b"[1]", b"[-0]"])
def test__parse__a_byte_order_mark__is_no_part_of_the_text(text: bytes) -> None:
    assert serialize(parse(b"\xef\xbb\xbf" + text)) == text


@pytest.mark.parametrize("innermost", [1, 2**64, "\ud800", WrittenFloat("1e2"), {}, []], ids=repr)
@pytest.mark.parametrize("depth", [0, 1, 254, 255, 5000])
def test__serialize__of_any_depth__is_all_of_it(depth: int, innermost: object) -> None:
    text = serialize(nested(depth, innermost=innermost)).decode()
    opening = "".join('{"a":' if level % 2 == 0 else "[" for level in reversed(range(depth)))
    closing = "".join("}" if level % 2 == 0 else "]" for level in range(depth))
    assert text == opening + serialize(innermost).decode() + closing


@pytest.mark.parametrize("value", [{1, 2}, [b"x"], {"a": 1j}, {1: 2}], ids=str)
def test__serialize__what_is_not_json__is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        serialize(value)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test__written_float__copied_or_sent_to_another_process__keeps_its_text(again) -> None:
    number = again(WrittenFloat("1.50e1"))
    assert (number, number.text) == (15.0, "1.50e1")


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("1e2", "100.0", True),
        ("9" * 10_000, "9" * 10_000, True),
        ("9" * 10_000, "9" * 9_999 + "8", False),
        ("1e400", "1e401", False),
        ("1e400", "-1e400", False),
        ("1e400", "7", False),
        ("0.12345678901234567890", "0.12345678901234567891", True),  # one and the same to every reader of doubles
    ],
    ids=lambda value: str(value)[:12],
)
def test__parse__numbers_past_every_float__are_equal_where_they_are_written_alike(
    one: str, other: str, equal: bool
) -> None:
    left, right = parse(f"[{one}]".encode()), parse(f"[{other}]".encode())
    assert (left == right, left != right) == (equal, not equal)
    assert len({left[0], right[0]}) == 2 - equal


def test__written_float__of_no_number__is_refused() -> None:
    with pytest.raises(ValueError, match="could not convert"):
        WrittenFloat("x")


@pytest.mark.parametrize("innermost", ["", "-0", '"\\ud800"'], ids=["quick way", "exact way", "lone surrogate"])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"a":', "}")])
def test__parse__on_either_way__ends_at_one_depth(start: str, end: str, innermost: str) -> None:
    inner, levels = (innermost or start[0] + end, DEEPEST - (not innermost))
    whole = f"{start * levels}{inner}{end * levels}".encode()
    with recursion(20 * DEEPEST):
        assert serialize(parse(whole)) == whole
        with pytest.raises(TooDeep, match="1,024 levels"):
            parse(b"[" + whole + b"]")


@pytest.mark.parametrize("depth", [DEEPEST + 1, 100_000, 5_000_000])
def test__parse__of_what_only_opens__is_too_deep_and_no_overflow(depth: int) -> None:
    with recursion(20 * DEEPEST), pytest.raises(TooDeep):
        parse(b"[" * depth)


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ('{"a":1,"b":1}', 0),
        ('{"a":1,"a":2}', 1),
        (' {"a" : 1, "a" : 2, "\\u0061": 3}', 2),
        ('[{"a":{"b":1,"b":1.10}},{"a":1}]', 1),
        ('{"a":{"x":1,"y":2},"a":0}', 3),
        ('{"\\ud800":1,"\\ud800":2}', 1),
        ('{"a":"\\"a\\":1,\\"a\\":2", "b\\\\":1e400}', 0),
        ('{"__proto__":1,"":2,"":3}', 1),
        ('[":",":"]', 0),
    ],
)
def test__repeated_names__of_a_text__counts_the_members_that_reading_lost(text: str, repeated: int) -> None:
    assert repeated_names(text.encode(), parse(text.encode())) == repeated


@unhurried
@given(VALUES)
def test__repeated_names__of_what_was_written_from_a_value__is_none(value: object) -> None:
    for text in (serialize(value), json.dumps(json.loads(serialize(value)), indent=1).encode()):
        if b"Infinity" not in text:
            assert repeated_names(text, parse(text)) == 0


@contextmanager
def recursion(limit: int) -> Iterator[None]:
    """Python's limit of calls within calls, as the command line has it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
