"""JSON values as hypothesis strategies, hostile names and exotic numbers among them; and equality that sees every digit."""

from __future__ import annotations

from hypothesis import strategies as st

from harness.model.json_text import Json, WrittenFloat, parse, serialize

HOSTILE = (
    "__proto__",
    "constructor",
    "",
    "a.b",
    '"',
    "'",
    "\\",
    "\n",
    "\u2028",
    "\x85",
    "\x00",
    "\ud800",
    "\U0001f600",
    "</script>",
    "[*]",
    "1",
)
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=4))
TEXTS = st.one_of(NAMES, st.text(st.characters(), max_size=12))

NUMBER_TEXTS = st.from_regex(r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
INTEGERS = st.one_of(
    st.integers(-3, 3), st.integers(), st.integers(2**53 - 2, 2**53 + 2), st.integers(2**64 - 2, 2**64 + 2)
)
FLOATS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**6), 10**6).map(lambda thousandths: thousandths / 1000),
    NUMBER_TEXTS.filter(lambda text: set(text) & set(".eE")).map(lambda text: parse(text.encode())),
    st.sampled_from([0.0, -0.0, 1.0, WrittenFloat("-0"), WrittenFloat("1e2"), WrittenFloat("1e999")]),
)
SCALARS: st.SearchStrategy[Json] = st.one_of(st.none(), st.booleans(), INTEGERS, FLOATS, TEXTS)


def containers(inner: st.SearchStrategy[Json], names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Json]:
    return st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4))


VALUES: st.SearchStrategy[Json] = st.recursive(SCALARS, containers, max_leaves=10)


def exact(value: Json) -> Json:
    """Equal only for values that JSON writes alike, but for the order of members."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return serialize(value)


def nested(depth: int, *, innermost: Json = None) -> Json:
    """Lists and objects in turn."""
    value = innermost
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value
