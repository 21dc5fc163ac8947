"""Steps of every kind, and JSON values that they often fit, as hypothesis strategies."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import MISSING, fields
from typing import Any

from hypothesis import strategies as st

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.condition import TYPES, Condition, is_value
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.step import Step, step_types
from harness.lens.steps.absolute import Absolute
from harness.lens.steps.affix import Affix
from harness.lens.steps.affix_names import AffixNames
from harness.lens.steps.convert import Convert
from harness.lens.steps.decode_json import DecodeJson
from harness.lens.steps.encode_json import EncodeJson
from harness.lens.steps.entries import Entries
from harness.lens.steps.head import Head
from harness.lens.steps.header_to_member import HeaderToMember
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.key_by import KeyBy
from harness.lens.steps.member_to_header import MemberToHeader
from harness.lens.steps.names import Names
from harness.lens.steps.offset import Offset
from harness.lens.steps.order_to_sign import OrderToSign
from harness.lens.steps.page import Page
from harness.lens.steps.recase import CONVENTIONS
from harness.lens.steps.relative import Relative
from harness.lens.steps.rename import Rename
from harness.lens.steps.sign_to_order import SignToOrder
from harness.lens.steps.sort_terms import SortTerms
from harness.lens.steps.table import Table
from harness.lens.steps.unwrap import Unwrap
from harness.lens.steps.values import Values
from harness.lens.steps.zone import Zone
from harness.model.json_text import Json, serialize
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
EPOCHS = st.one_of([st.integers(10 ** (8 + digits), 10 ** (10 + digits)) for digits in (0, 3, 6, 9)])
LEAVES = st.one_of(SCALARS, WORDS, INSTANTS, MOMENTS, EPOCHS)
FORMS: dict[str, st.SearchStrategy[Json]] = {
    "boolean": st.booleans() | st.sampled_from([0, 1, "false", "true", "0", "1", "N", "Y", "no", "yes", "off", "on"]),
    "integer": INTEGERS | INTEGERS.map(str) | st.integers(-(10**6), 10**6).map(float),
    "number": NUMBER_TEXTS,
    "times": INTEGERS | FLOATS | st.floats(-1e6, 1e6),
    "base64": st.text(max_size=6).map(lambda text: b64encode(text.encode()).decode()) | st.text(max_size=6),
    "iso": INSTANTS | EPOCHS | MOMENTS,
    "rfc1123": EPOCHS | MOMENTS,
    "duration": st.integers(-(10**7), 10**7) | st.integers(-(10**9), 10**9).map(lambda count: count / 64),
    "uuid": st.uuids().map(str) | st.uuids().map(lambda uuid: uuid.hex.upper()),
}
"""What the conversions that bear the word read."""

BODIES: st.SearchStrategy[Json] = st.recursive(LEAVES, lambda inner: containers(inner, KEYS), max_leaves=10)

NAME_PATHS = st.lists(KEYS, min_size=1, max_size=2).map(tuple)
PATHS = st.lists(st.one_of(KEYS, st.sampled_from([0, -1, EACH, ANY])), max_size=2).map(tuple)
NAMED = st.dictionaries(KEYS, st.booleans() | WORDS, max_size=1).map(lambda pairs: tuple(sorted(pairs.items())))
CONDITION_PLACES = st.builds(
    lambda root, path: root + format_path(path)[1:],
    st.sampled_from("$@"),
    st.lists(st.one_of(KEYS, st.sampled_from([0, EACH, ANY])), max_size=2).map(tuple),
)
FORMS_ASKED = st.sampled_from([*TYPES, "scalar", "empty", "missing"]) | LEAVES.map(is_value)
CONDITIONS = st.builds(
    Condition,
    status=st.sampled_from(["", "", "404", "2xx"]),
    query=NAMED,
    path=NAMED,
    body=st.lists(st.tuples(CONDITION_PLACES, FORMS_ASKED), max_size=1).map(tuple),
    content_type=st.sampled_from(["", "", "application/json"]),
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
    KEYS.map(lambda name: f"request({name})"),
    PLACES.map(lambda place: f"sent({place})"),
    PLACES.map(lambda place: f"called(a, {place})"),
    st.just("origin()"),
    st.just("header(a)"),
)
ORIGINS = ("https://a.example", "http://127.0.0.1:80/api")
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
    "tuple[Json, ...]": st.lists(LEAVES, min_size=1, max_size=3).map(tuple),
    "tuple[tuple[Json, Json], ...]": st.lists(st.tuples(LEAVES, BODIES), max_size=3).map(tuple),
}
SPECIAL: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("convert", "using"): st.sampled_from(sorted(CONVERSIONS)),
    ("copy", "using"): st.sampled_from(["string-to-integer", "number-to-string"]),
    ("copy", "from_"): SOURCES,
    ("names", "from_"): SOURCES,
    ("set-header", "from_"): SOURCES,
    **{
        (name, "using"): st.sampled_from(["", *sorted(CONVERSIONS)])
        for name in ("header-to-member", "member-to-header")
    },
    **{(name, "at"): NAME_PATHS for name in ("header-to-member", "member-to-header")},
    **{(name, "header"): st.sampled_from(["a", "A", "b", "X-C"]) for name in ("header-to-member", "member-to-header")},
    **{(name, key): st.sampled_from(["a", "b", "X-C"]) for name in ["rename-header"] for key in ("from_", "to")},
    **{(name, "origin"): st.sampled_from(ORIGINS) for name in ("absolute", "relative")},
    **{(name, "from_"): SOURCES for name in ("absolute", "relative")},
    **{(name, "first"): st.integers(0, 2) for name in ("page", "offset")},
    **{("zone", key): st.sampled_from(["Z", "+00:00", "+0130", "-12:00"]) for key in ("from_", "to")},
    ("zone", "unsaid"): st.sampled_from(["", "from", "to"]),
    **{("sort-terms", key): st.sampled_from([f"*:{key}", f"{key}(*)"]) for key in ("down", "up", "to_down", "to_up")},
    ("recase", "to"): st.sampled_from(sorted(CONVENTIONS)),
    ("move", "from_"): NAME_PATHS,
    ("move", "to"): NAME_PATHS,
    **{(name, "only"): ONLY for name in ("wrap", "unwrap", "listify", "head")},
}

LOSSLESS: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("values", "alone"): st.just(True),
    ("hoist", "alone"): st.just(True),
    ("affix-names", "all"): st.just(True),
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
    types = st.tuples(st.just("Content-Type"), st.sampled_from(["application/json; charset=utf-8", "text/plain"]))
    headers = st.lists(st.tuples(st.sampled_from(["a", "A", "b"]), WORDS) | types, max_size=3)
    values = st.dictionaries(KEYS, WORDS, max_size=2)
    return Answer(
        draw(FIELDS["int"]),
        draw(headers),
        draw(BODIES | st.just(ABSENT)),
        Call(variables=draw(values), query=draw(values), origin=draw(st.sampled_from(["", *ORIGINS]))),
        received=draw(BODIES | st.just(ABSENT)),
        called=draw(st.dictionaries(KEYS, BODIES.map(lambda body: Answer(200, [], body)), max_size=1)),
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
        case Absolute():
            return st.text("abx/", max_size=3).map(lambda text: f"/{text}")
        case Relative():
            origins = st.sampled_from([*ORIGINS, step.origin])
            return st.builds(lambda origin, text: f"{origin}/{text}", origins, st.text("abx/", max_size=3))
        case Zone():
            zones = st.sampled_from(["", step.from_])
            return st.builds("{:%Y-%m-%dT%H:%M:%S}{}{}".format, st.datetimes(), st.sampled_from(["", ".5"]), zones)
        case DecodeJson():
            return BODIES.map(lambda body: serialize(body).decode())
        case EncodeJson():
            return containers(LEAVES, KEYS)
        case AffixNames():
            affixed = KEYS.map(lambda name: f"{step.prefix}{name}{step.suffix}")
            return st.dictionaries(affixed | st.sampled_from([*step.keep, "kept"]), LEAVES, min_size=1, max_size=2)
        case Page() | Offset():
            number = st.integers(0, 60).map(str) | st.integers(0, 60)
            return st.fixed_dictionaries(
                dict.fromkeys(
                    [step.start, step.end or step.limit, step.page, step.size][isinstance(step, Offset) * 2 :][:2],
                    number,
                ),
                optional={"x": LEAVES},
            )
        case OrderToSign() | SignToOrder():
            return _sorted_by(step)
        case SortTerms():
            terms = st.builds(
                lambda form, name: form.replace("*", name, 1), st.sampled_from([step.down, step.up]), WORDS
            )
            return st.lists(terms, min_size=1, max_size=3).map(",".join)
        case HeaderToMember():
            return st.dictionaries(KEYS, LEAVES, max_size=2)
        case MemberToHeader():
            members = convertible(step.using) if step.using else WORDS
            return st.fixed_dictionaries({step.key: members}, optional={"x": LEAVES})
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


def _sorted_by(step: OrderToSign | SignToOrder) -> st.SearchStrategy[Json]:
    """Some names, with an order or a sign each."""

    def written(names: list[tuple[bool, str]]) -> Json:
        signs = ["-" if down and isinstance(step, SignToOrder) else "" for down, _ in names]
        by = ",".join(sign + name for sign, (_, name) in zip(signs, names, strict=True))
        orders = {step.order: ",".join(step.down if down else step.up for down, _ in names)}
        return {step.key: by} | (orders if isinstance(step, OrderToSign) else {})

    return st.lists(st.tuples(st.booleans(), st.sampled_from(["a", "b.c", "1"])), min_size=1, max_size=2).map(written)
