"""Steps of every kind, and JSON values that they often fit, as hypothesis strategies."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import MISSING, fields
from typing import Any

from hypothesis import strategies as st

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.condition import TYPES, Condition
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.step import Step, step_types
from harness.lens.steps.affix import Affix
from harness.lens.steps.convert import Convert
from harness.lens.steps.entries import Entries
from harness.lens.steps.head import Head
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.key_by import KeyBy
from harness.lens.steps.names import Names
from harness.lens.steps.recase import CONVENTIONS
from harness.lens.steps.rename import Rename
from harness.lens.steps.table import Table
from harness.lens.steps.unwrap import Unwrap
from harness.lens.steps.values import Values
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, format_path
from tests.model.json_values import FLOATS, INTEGERS, NUMBER_TEXTS, SCALARS, containers

KEYS = st.sampled_from(["a", "b", "c", "id", "aB", "a_b", "__proto__", '"\n\u2028', "", "\ud800"])
WORDS = st.one_of(KEYS, st.sampled_from(["true", "0", "Y", "no", "off", "12", "1.50", "1e2", "aGk=", "HTTP", "ab"]))
MOMENTS = st.builds(
    "{:%Y-%m-%d}{}{:%H:%M:%S}{}{}".format,
    st.dates(),
    st.sampled_from("T "),
    st.times(),
    st.sampled_from(["", ".5", ".123", ".1234567"]),
    st.sampled_from(["", "Z", "+00:00", "-0530", "+23:59"]),
) | st.sampled_from(["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 29 Feb 2024 23:59:59 GMT", "0001-01-01T00:00:00+10:00"])
INSTANTS = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z")
EPOCHS = st.integers(10**8, 10**10) | st.integers(10**11, 10**13)
LEAVES = st.one_of(SCALARS, WORDS, INSTANTS, MOMENTS, EPOCHS)
FORMS: dict[str, st.SearchStrategy[Json]] = {
    "boolean": st.booleans() | st.sampled_from([0, 1, "false", "true", "0", "1", "N", "Y", "no", "yes", "off", "on"]),
    "integer": INTEGERS | INTEGERS.map(str) | st.integers(-(10**6), 10**6).map(float),
    "number": NUMBER_TEXTS,
    "times": INTEGERS | FLOATS | st.floats(-1e6, 1e6),
    "base64": st.text(max_size=6).map(lambda text: b64encode(text.encode()).decode()) | st.text(max_size=6),
    "iso": INSTANTS | EPOCHS | MOMENTS,
}
"""What the conversions that bear the word read."""

BODIES: st.SearchStrategy[Json] = st.recursive(LEAVES, lambda inner: containers(inner, KEYS), max_leaves=10)

NAME_PATHS = st.lists(KEYS, min_size=1, max_size=2).map(tuple)
PATHS = st.lists(st.one_of(KEYS, st.sampled_from([0, -1, EACH, ANY])), max_size=2).map(tuple)
NAMED = st.dictionaries(KEYS, st.booleans() | WORDS, max_size=1).map(lambda pairs: tuple(sorted(pairs.items())))
CONDITIONS = st.builds(
    Condition,
    status=st.sampled_from(["", "", "404", "2xx"]),
    query=NAMED,
    path=NAMED,
    body=st.lists(st.tuples(NAME_PATHS.map(format_path), st.sampled_from([*TYPES, "missing"])), max_size=1).map(tuple),
)
PLACES = NAME_PATHS.map(format_path)
SOURCES = st.one_of(
    PLACES,
    PLACES.map(lambda place: "@" + place[1:]),
    PLACES.map(lambda place: f"received({place})"),
    PLACES.map(lambda place: f"keys({place})"),
    PLACES.map(lambda place: f"count(received({place}))"),
    KEYS.map(lambda name: f"query({name})"),
    KEYS.map(lambda name: f"path({name})"),
    st.just("header(a)"),
)
TEXTS = st.lists(KEYS, max_size=3, unique=True).map(tuple)
ONLY = st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True).map(tuple)

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "Path": PATHS,
    "Condition": CONDITIONS,
    "str": WORDS,
    "int": st.sampled_from([200, 201, 404]),
    "bool": st.booleans(),
    "Json": BODIES,
    "tuple[str, ...]": TEXTS,
    "tuple[tuple[Json, Json], ...]": st.lists(st.tuples(LEAVES, BODIES), max_size=3).map(tuple),
}
SPECIAL: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("convert", "using"): st.sampled_from(sorted(CONVERSIONS)),
    ("copy", "using"): st.sampled_from(["string-to-integer", "number-to-string"]),
    ("copy", "from_"): SOURCES,
    ("names", "from_"): SOURCES,
    ("set-header", "from_"): SOURCES,
    ("recase", "to"): st.sampled_from(sorted(CONVENTIONS)),
    ("move", "from_"): NAME_PATHS,
    ("move", "to"): NAME_PATHS,
    **{(name, "only"): ONLY for name in ("wrap", "unwrap", "listify", "head")},
}

LOSSLESS: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("values", "alone"): st.just(True),
    ("hoist", "alone"): st.just(True),
    ("head", "only"): ONLY,
    ("unwrap", "only"): ONLY,
    ("table", "rows"): st.lists(st.tuples(LEAVES, LEAVES), min_size=1, max_size=2).map(tuple),
}
"""What makes a step lose nothing."""


@st.composite
def steps(draw: st.DrawFn, name: str, *, lossless: bool = False) -> Step:
    """A step of the kind; each field that has a default is left out as often as not. `lossless`: and has no condition."""
    kind = step_types()[name]
    special = SPECIAL | (LOSSLESS if lossless else {})
    values: dict[str, Any] = {}
    for field in fields(kind):
        if lossless and field.name in ("when", "empty"):
            continue
        needed = field.default is MISSING or (lossless and (name, field.name) in LOSSLESS)
        if needed or draw(st.booleans()):
            values[field.name] = draw(special.get((name, field.name), FIELDS[str(field.type)]))
    try:
        return kind(**values)
    except ValueError:
        return draw(steps(name, lossless=lossless))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer to a call; its body may be no JSON."""
    headers = st.lists(st.tuples(st.sampled_from(["a", "A", "b"]), WORDS), max_size=3)
    values = st.dictionaries(KEYS, WORDS, max_size=2)
    return Answer(
        draw(FIELDS["int"]),
        draw(headers),
        draw(BODIES | st.just(ABSENT)),
        Call(variables=draw(values), query=draw(values)),
        received=draw(BODIES | st.just(ABSENT)),
    )


def convertible(name: str) -> st.SearchStrategy[Json]:
    """Values that the conversion reads, mostly; some as its way back writes them."""
    forms = st.one_of(
        [LEAVES] if not CONVERSIONS[name].back else [pool for word, pool in FORMS.items() if word in name]
    )
    back = CONVERSIONS[CONVERSIONS[name].back or name]
    return forms | forms.map(back.forward).filter(lambda value: value is not UNFIT)


def fitting(step: Step) -> st.SearchStrategy[Json]:
    """Values that the step probably fits."""
    match step:
        case Affix():
            return st.text("abx", max_size=3).map(lambda text: f"{step.prefix}{text}{step.suffix}")
        case Convert():
            return convertible(step.using)
        case Entries():
            maps = st.dictionaries(KEYS, st.dictionaries(st.just("x"), LEAVES), max_size=3)
            return maps.map(
                lambda value: value if step.add else {name: item | {step.key: name} for name, item in value.items()}
            )
        case Head():
            return st.lists(LEAVES, min_size=1, max_size=1)
        case Hoist():
            outer = st.dictionaries(st.sampled_from([*step.keep, step.key]), LEAVES)
            inner = st.dictionaries(KEYS, LEAVES, min_size=1, max_size=2)
            return st.builds(lambda outer, inner: outer | {step.key: inner}, outer, inner)
        case KeyBy():
            rest = st.fixed_dictionaries({step.value: LEAVES} if step.value else {}, optional={"x": LEAVES})
            return st.lists(st.builds(lambda rest, key: rest | {step.key: key}, rest, KEYS), max_size=2)
        case Names():
            return st.lists(LEAVES, min_size=len(step.keys), max_size=len(step.keys))
        case Rename():
            return st.fixed_dictionaries({step.from_: LEAVES}, optional={"x": LEAVES})
        case Table() if step.rows:
            return st.sampled_from([new for new, _ in step.rows])
        case Unwrap():
            return st.fixed_dictionaries({step.key: LEAVES})
        case Values():
            return st.fixed_dictionaries(dict.fromkeys(step.keys, LEAVES), optional={"x": LEAVES})
        case _:
            return st.dictionaries(KEYS, LEAVES, min_size=1, max_size=3)
