"""Any shim at all, for properties of its file."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS, Condition, is_value
from harness.lens.step import BodyStep, Step
from harness.lens.steps.copy import Copy
from harness.lens.steps.drop import Drop
from harness.lens.steps.rename import Rename
from harness.lens.steps.replace import Replace
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.status import Status
from harness.lens.steps.values import Values
from harness.model.paths import ANY, EACH, format_path
from harness.shims.document import HAND, Ambiguous, Entry, Learned, Lost, Moved, SecondCall, Shim

texts = st.text(max_size=12) | st.sampled_from(
    ["null", "Yes", "~", "", " a", "a ", "a: b", "# c", "'", '"', "\\", "{a}", "- x", "1.0", "0x1f", "é", "😀",
     "\x00", "\x7f", "\x85", "\u2028", "\ud800", "\ufeff", "<<", "*a", "&a", "!t", "a\nb", "2026-01-01", "__proto__"]
)  # fmt: skip
names = texts.filter(bool)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
paths = st.lists(names | st.integers(0, 99) | st.sampled_from([EACH, ANY]), max_size=4).map(tuple)
wanted = st.lists(st.tuples(texts, texts | st.booleans()), max_size=2, unique_by=lambda pair: pair[0]).map(
    lambda pairs: tuple(sorted(pairs))
)
tested = st.sampled_from(["null", "scalar", "missing", is_value("a\nb"), is_value(1.5)])
conditions = st.builds(
    Condition,
    st.sampled_from(["", "404", "2xx"]),
    wanted,
    wanted,
    st.just(()) | tested.map(lambda form: (("$.kind", form),)),
    st.sampled_from(["", "application/json"]),
)
words = st.text("abcXYZ-0123456789", min_size=1, max_size=8)
lines = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12)


def of(kind: type[Step], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    return st.builds(kind, **fields)


steps = st.one_of(
    of(Drop, at=paths, keys=st.lists(texts, min_size=1, max_size=3).map(tuple), only_null=st.booleans()),
    of(Rename, at=paths, from_=names, to=names),
    of(Replace, at=paths, value=json_values),
    of(Values, at=paths),
    of(Copy, at=paths, from_=st.just("keys(received($.rows[0]))"), to=names),
    of(SetHeader, header=words, value=lines),
    of(Status, from_=st.integers(100, 599), to=st.integers(100, 599)),
)
steps = st.builds(lambda step, when: replace(step, when=when), steps, conditions)
by = st.sampled_from(["", HAND])
learned = st.lists(st.builds(Learned, steps, texts, by), max_size=3).map(tuple)
on_bodies = steps.filter(lambda step: isinstance(step, BodyStep))
requests = st.lists(st.builds(Learned, on_bodies, texts, by), max_size=3).map(tuple)
lost = st.builds(Lost, names, texts, st.booleans()) | st.builds(
    Lost, names.map(lambda name: format_path(("a", name))), texts, st.booleans(), st.just(ABSENT) | json_values
)
calls = st.builds(SecondCall, words.map(lambda word: "a" + word), st.just("/{id}?a={query.b}&c=/é"), st.booleans())
routes = st.text("abcäß {}%-._~", max_size=8).map(lambda text: "/" + text.replace("{", "").replace("}", "") + "/{id}")
calls_only = st.builds(Condition, st.just(""), wanted, wanted)
entries = st.builds(
    Entry,
    st.sampled_from(["GET", "M-SEARCH"]),
    routes,
    texts,
    when=conditions,
    forward=st.just("") | routes.map("POST {}".format),
    rewrite=st.none() | st.just(ALWAYS) | calls_only,
    request=requests,
    calls=st.lists(calls, max_size=2).map(tuple),
    response=learned,
    lost=st.lists(lost, max_size=2).map(tuple),
    ambiguous=st.lists(st.builds(Ambiguous, names, texts, learned), max_size=2).map(tuple),
    otherwise=st.booleans(),
)
moved = st.builds(Moved, st.sampled_from(["/", "/api/3", "/a b/ü".replace(" ", "")]), st.just("/v2"), texts)
shims = st.builds(
    Shim,
    texts,
    texts,
    texts,
    st.lists(entries, max_size=3).map(tuple),
    everywhere=learned,
    otherwise=learned,
    pairs=st.integers(0, 999),
    requests=requests,
    moved=st.lists(moved, max_size=2).map(tuple),
    learned=st.lists(st.text("abcdefghijklmnop", min_size=8, max_size=8), max_size=20).map(tuple),
)
