"""Made-up comparisons that every writer is fed with: any findings at all, and what no writer may choke on."""

from __future__ import annotations

from hypothesis import strategies as st

from harness.model.change import Change, Level, Place, Support, Undone
from harness.model.json_text import WrittenFloat
from harness.model.rule import Rule
from harness.model.summary import Accepted, DiffSummary

TEXT = st.text(st.characters(), max_size=12) | st.sampled_from(
    [
        "</script><b>",
        "\ud800",
        "\x1b[31m",
        "::error::x",
        "##[error]x",
        "a\nb\r",
        "|`*_[x](http://x)",
        "@octocat #1",
        "$x$",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
    | st.sampled_from([2**70, WrittenFloat("1.10"), WrittenFloat("1e999")]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
PATHS = TEXT.map(lambda name: f"$.{name}") | st.sampled_from(["$", "$.rows[*].price", "status", "header x-total"])
CHANGES = st.builds(
    Change,
    kind=st.sampled_from(["response-property-removed", "response-property-added", "declared"]) | TEXT,
    title=TEXT,
    level=st.sampled_from(Level),
    operation=TEXT,
    path=PATHS,
    message=TEXT,
    reason=TEXT,
    support=st.builds(Support, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    old=VALUES,
    new=VALUES,
    places=st.lists(st.builds(Place, TEXT, PATHS), max_size=3).map(tuple),
    undone=st.sampled_from(Undone),
    how=TEXT,
    facts=st.dictionaries(st.sampled_from(["old", "key", "from"]), VALUES, max_size=2),
    question=TEXT,
    fingerprint=st.sampled_from(["", "0123456789abcdef"]),
)
RULES = st.builds(Rule, TEXT, TEXT, st.sampled_from(Level), TEXT, TEXT, TEXT, TEXT, TEXT, st.booleans())
DIFFS = st.builds(
    DiffSummary,
    old=TEXT,
    new=TEXT,
    findings=st.lists(CHANGES, max_size=3).map(tuple),
    pairs=st.integers(0, 9),
    accepted=st.lists(st.builds(Accepted, CHANGES, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    skipped=st.dictionaries(TEXT, st.integers(0, 9), max_size=2),
    rules=st.dictionaries(st.sampled_from(["response-property-removed", "declared"]), RULES, max_size=2),
    fails=st.none() | st.sampled_from(Level),
    notes=st.lists(TEXT, max_size=2).map(tuple),
)
"""Any comparison at all, as far as its types go."""
