from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import BadFile
from harness.model.json_text import parse, serialize
from harness.schema.codec import from_json, to_json
from harness.schema.summary import merge, summarize
from tests.schema.json_values import VALUES, at_any_caps, bounded, of


@at_any_caps
@given(values=st.lists(VALUES, max_size=6), another=VALUES)
def test__from_json__what_was_written__goes_on_as_before(
    caps: Mapping[str, int], values: list[Any], another: Any
) -> None:
    with bounded(caps):
        summary = of(values)
        read = from_json(parse(serialize(to_json(summary))))
        assert read == summary
        read.add(another)
        assert read == merge(summary, summarize(another))


@pytest.mark.parametrize(
    "written", [None, [], "x", {"string": {}}, {"integer": 3}, {"object": {"count": 1, "keys": []}}]
)
def test__from_json__another_value__is_refused(written: Any) -> None:
    with pytest.raises(BadFile, match="not a summary"):
        from_json(written)
