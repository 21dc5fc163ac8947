"""JSON values as hypothesis strategies: everything that harness.model.json_text.parse can give; and small caps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st

from harness.model.json_text import Json, WrittenFloat
from harness.schema import scalars, variants
from harness.schema import summary as summary_module
from harness.schema.summary import Summary

TEXTS = st.one_of(
    st.text(st.characters(), max_size=8),  # lone surrogates too
    st.sampled_from(
        ["2026-03-02", "2026-03-02T09:00:00Z", "https://a.example/x", "a@b.example", "deadbeef01", "\ud800"]
    ),
    st.sampled_from("abcdefgh").map(lambda letter: letter * 300),
)
NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.integers(),
    st.sampled_from([2**64, -(2**70), 2**53 + 1]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, -0.0, 1.0, 100.0, WrittenFloat("-0"), WrittenFloat("1e2"), WrittenFloat("1e999")]),
)
SCALARS: st.SearchStrategy[Json] = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
KINDS = st.sampled_from(["a", "b", "c", "\u00e9", "a" * 6])
KEYS = st.one_of(st.sampled_from(["id", "name", "1", "2", "\udfff"]), st.text(max_size=3))


def _containers(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    told_apart = st.fixed_dictionaries({"kind": KINDS}, optional={"id": inner, "name": inner, "other": KINDS})
    return st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5), told_apart)


VALUES: st.SearchStrategy[Json] = st.recursive(SCALARS, _containers, max_leaves=12)

REAL: Mapping[str, int] = {}
TINY = {
    "DISTINCT_CAP": 2,
    "LONG_TEXT": 5,
    "KEY_CAP": 3,
    "MAX_DEPTH": 2,
    "TUPLE_CAP": 2,
    "VARIANT_CAP": 2,
    "VARIANT_TEXT": 5,
}

at_any_caps = pytest.mark.parametrize("caps", [REAL, TINY], ids=["real caps", "tiny caps"])


@contextmanager
def bounded(caps: Mapping[str, int]) -> Iterator[None]:
    """With the caps of a summary set to these, so that small values reach them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, cap in caps.items():
            (owner,) = (module for module in (scalars, summary_module, variants) if hasattr(module, name))
            patch.setattr(owner, name, cap)
        yield


def of(values: list[Json]) -> Summary:
    """The summary of many values."""
    summary = Summary()
    summary.add_all(values)
    return summary
