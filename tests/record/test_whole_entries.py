from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.record.whole_entries import cut_off, whole_entries

values = st.recursive(
    st.none() | st.integers() | st.text(alphabet='ab"\\{}[]log,: entries\n', max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["log", "entries", '"', "}"]), inner, max_size=3)
    ),
    max_leaves=9,
)
objects = st.dictionaries(st.text(max_size=3), values, max_size=3)


@settings(deadline=None)
@given(before=values, entries=st.lists(objects, max_size=4), after=values, cut=st.floats(0, 1), wide=st.booleans())
def test__whole_entries__of_a_har_cut_anywhere__are_those_before_the_cut(
    before: Any, entries: list[Any], after: Any, cut: float, wide: bool
) -> None:
    def text_of(value: Any) -> bytes:
        return json.dumps(value, indent=1 if wide else None).encode()

    text = b'{"x": %b, "log": {"pages": %b, "entries": [' % (text_of(before), text_of(before))
    ends = []
    for entry in entries:
        text += (b", " if ends else b"") + text_of(entry)
        ends.append(len(text))
    text += b'], "y": %b}, "entries": [{"no": 1}]}' % text_of(after)
    length = int(cut * len(text))
    found = [json.loads(each) for each in whole_entries(text[:length])]
    assert found == entries[: sum(end <= length for end in ends)]
    assert json.loads(text)["log"]["entries"] == entries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", []),
        (b'{"log":{"entries":[{"a":"x', []),
        (b'{"log":{"entries":[{"a":1},{"b":[{}]},3,[{"c":1}],{"d"', [b'{"a":1}', b'{"b":[{}]}']),
        (b'{"log":{"entries":[{"a":"\\"}]"},{"b":"\\', [b'{"a":"\\"}]"}']),
        (b'[{"log":{"entries":[{"a":1}]}}]', []),
        (b'{"log":{"entries":{"a":{}}}}', []),
        (b'{"log":{"entries":[{"a":1}]}}]]{"log":{"entries":[{"b":1}', [b'{"a":1}']),
        (b"[" * 100_000, []),
    ],
)
def test__whole_entries__of_a_text__are_found_without_reading_on(text: bytes, expected: list[bytes]) -> None:
    assert list(whole_entries(text)) == expected


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        (0, "0 entries before it are whole"),
        (1, "1 entry before it is whole"),
        (1200, "1,200 entries before it are whole"),
    ],
)
def test__cut_off__says_how_many_are_whole(whole: int, words: str) -> None:
    assert cut_off(whole) == f"the file ends in the middle: it was cut off; {words}"
