"""What kinds propose for members that went, moved or have another name: in full, as steps in words, and never too many."""

from __future__ import annotations

import pytest

from harness.changes.kinds.field_constant import propose as field_constant
from harness.changes.kinds.field_moved import propose as field_moved
from harness.changes.kinds.field_renamed import propose as field_renamed
from harness.changes.kinds.field_split import propose as field_split
from harness.changes.kinds.fields_joined import propose as fields_joined
from harness.changes.kinds.naming_convention_changed import propose as naming_convention_changed
from harness.changes.kinds.null_became_missing import propose as null_became_missing
from harness.changes.kinds.null_instead_of_missing import propose as null_instead_of_missing
from harness.changes.kinds.value_elsewhere import propose as value_elsewhere
from harness.changes.node import Proposal, Rival
from harness.lens.steps.combine import Combine
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.divide import Divide
from harness.lens.steps.drop import Drop
from harness.lens.steps.move import Move
from harness.lens.steps.recase import Recase
from harness.lens.steps.rename import Rename
from harness.model.json_text import Json
from tests.changes.bodies import node
from tests.changes.kinds.proposing import AT, Propose, Said, Steps, described, name_of

SAID: list[Said] = [
    (
        field_constant,
        [{"n": n, "u": {}} for n in range(5)],
        [{"n": n} for n in range(5)],
        [
            Proposal(
                Default(at=AT, key="u", value={}),
                "'u' is gone; it was the same in all 5 answers seen: an assumption",
                {"key": "u", "value": {}},
            )
        ],
    ),
    (
        null_became_missing,
        [{"t": None}, {"t": "x"}, {"s": 1}],
        [{}, {"t": "x"}, {"s": 1}],
        [
            Proposal(
                Default(at=AT, key="t", value=None), "'t' is left out where it was None", {"key": "t", "value": None}
            )
        ],
    ),
    (
        null_became_missing,
        [{"t": 9}] * 6,
        [{}] * 5 + [{"t": 9}],
        [Proposal(Default(at=AT, key="t", value=9), "'t' is left out where it was 9", {"key": "t", "value": 9})],
    ),
    (
        null_instead_of_missing,
        [{}, {"t": "x"}],
        [{"t": None}, {"t": "x"}],
        [Proposal(Drop(at=AT, keys=("t",), only_null=True), "'t' is null where it was left out", {"key": "t"})],
    ),
    (
        field_split,
        [{"name": "Ada Stone"}, {"name": "Bo Hill"}],
        [{"first": "Ada", "last": "Stone"}, {"first": "Bo", "last": "Hill"}],
        [
            Proposal(
                Combine(at=AT, from_=("first", "last"), by=" ", to="name"),
                "'name' is now split into first, last",
                {"key": "name", "new": ["first", "last"], "by": " "},
            )
        ],
    ),
    (
        fields_joined,
        [{"first": "Ada", "last": "Stone"}, {"first": "Bo", "last": "Hill"}],
        [{"name": "Ada Stone"}, {"name": "Bo Hill"}],
        [
            Proposal(
                Divide(at=AT, from_="name", by=" ", to=("first", "last")),
                "first, last are now joined in 'name'",
                {"old": ["first", "last"], "new": "name", "by": " "},
            )
        ],
    ),
    (
        field_renamed,
        [{"aa": "kim"}, {"aa": "lee"}],
        [{"zz": "kim"}, {"zz": "lee"}],
        [Proposal(Rename(at=AT, from_="zz", to="aa"), "'aa' is now called 'zz'", {"old": "aa", "new": "zz"})],
    ),
    (
        field_renamed,
        [{"a": "kim"}, {"a": "lee"}],
        [{"x": v, "y": v} for v in ("kim", "lee")],
        [
            Proposal(
                Rename(at=AT, from_="x", to="a"),
                "'a' is now called 'x'",
                {"old": "a", "new": "x", "open": ["a"]},
                rivals=(Rival("a from y", Rename(at=AT, from_="y", to="a")),),
            )
        ],
    ),
    (
        field_renamed,
        [{"x": v, "y": v} for v in ("kim", "lee")],
        [{"a": "kim"}, {"a": "lee"}],
        [
            Proposal(
                Rename(at=AT, from_="a", to="x"),
                "'x' is now called 'a'",
                {"old": "x", "new": "a", "open": ["x", "y"]},
                rivals=(Rival("y from a", Rename(at=AT, from_="a", to="y")),),
            )
        ],
    ),
    (
        field_moved,
        [{"b": {"r": 3, "w": 1}}, {"b": {"r": 12, "w": 2}}],
        [{"b": {"w": 1}, "r": 3}, {"b": {"w": 2}, "r": 12}],
        [Proposal(Move(at=AT, from_=("r",), to=("b", "r")), "$.b.r now stands at $.r", {"old": "$.b.r", "new": "$.r"})],
    ),
    (
        field_moved,
        [{"a": {"k": v}, "p": {}, "q": {}} for v in ("kim", "lee")],
        [{"a": {}, "q": {"k": v}, "p": {"k": v}} for v in ("kim", "lee")],
        [
            Proposal(
                Move(at=AT, from_=("p", "k"), to=("a", "k")),
                "$.a.k now stands at $.p.k",
                {"old": "$.a.k", "new": "$.p.k"},
                rivals=(Rival("$.q.k", Move(at=AT, from_=("q", "k"), to=("a", "k"))),),
            )
        ],
    ),
    (
        naming_convention_changed,
        [{"created_at": 1, "in": [{"user_name": 2}]}],
        [{"createdAt": 1, "in": [{"userName": 2}]}],
        [
            Proposal(
                Recase(at=AT, to="snake"),
                "2 names are written in another convention",
                {"names": ["created_at", "user_name"]},
            )
        ],
    ),
    (
        naming_convention_changed,
        [{"created_at": 1, "user_name": 2, "isOn": 3}],
        [{"createdAt": 1, "userName": 2, "isOn": 3}],
        [
            Proposal(
                Recase(at=AT, to="snake", keep=("isOn",)),
                "2 names are written in another convention",
                {"names": ["created_at", "user_name"]},
            )
        ],
    ),
    (
        value_elsewhere,
        [{"rate": {"n": 60}, "core": {"n": 60}}, {"rate": {"n": 50}, "core": {"n": 50}}],
        [{"core": {"n": 60}}, {"core": {"n": 50}}],
        [
            Proposal(
                Copy(at=AT, from_="$.core", to="rate"),
                "'rate' is gone; its value stands at $.core",
                {"key": "rate", "from": "$.core", "covered": 2, "having": 2, "rivals": []},
            )
        ],
    ),
    (
        value_elsewhere,
        [{"a": v, "p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee", "ada")],
        [{"p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee", "ada")],
        [
            Proposal(
                Copy(at=AT, from_="$.p.q", to="a"),
                "'a' is gone; its value stands at $.p.q",
                {
                    "key": "a",
                    "from": "$.p.q",
                    "covered": 3,
                    "having": 3,
                    "rivals": ["$.r.s", "@.r.s", "received($.r.s)"],
                },
            )
        ],
    ),
    (
        value_elsewhere,
        [{"a": v, "p": {"q": v}} for v in ("kim", "lee")] + [{"a": "x1y", "p": {}}, {"a": "x2y", "p": {}}],
        [{"p": {"q": v}} for v in ("kim", "lee")] + [{"p": {}}] * 2,
        [
            Proposal(
                Copy(at=AT, from_="$.p.q", to="a"),
                "'a' is gone; its value stands at $.p.q",
                {"key": "a", "from": "$.p.q", "covered": 2, "having": 4, "rivals": []},
            )
        ],
    ),
]


@pytest.mark.parametrize(("propose", "olds", "news", "expected"), SAID, ids=name_of)
def test__propose__says_what_it_saw(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[Proposal]
) -> None:
    assert list(propose(node(olds, news, AT))) == expected


STEPS: list[Steps] = [
    (field_constant, "a number of nine things", [{"n": n, "u": 1} for n in range(9)], [{"n": n} for n in range(9)], []),
    (field_constant, "in four answers", [{"n": n, "u": {}} for n in range(4)], [{"n": n} for n in range(4)], []),
    (
        field_constant,
        "in five alike",
        [{"n": n // 2, "u": {}} for n in range(8)],
        [{"n": n // 2} for n in range(8)],
        [],
    ),
    (field_constant, "with another value", [{"n": n, "u": n // 4} for n in range(5)], [{"n": n} for n in range(5)], []),
    (
        field_constant,
        "in some",
        [{"n": n, "u": 1} for n in range(10)] + [{"n": 10}],
        [{"n": n} for n in range(11)],
        ["default key u, value 1"],
    ),
    (null_became_missing, "a default, four times", [{"t": 9}] * 5, [{}] * 4 + [{"t": 9}], []),
    (null_became_missing, "two values", [{"t": None}, {"t": ""}, {"t": 1}], [{}, {}, {"t": 1}], []),
    (null_became_missing, "nothing", [{"t": 1}], [{"t": 1}], []),
    (null_instead_of_missing, "a value beside", [{}, {}, {"t": "x"}], [{"t": None}, {"t": 1}, {"t": "x"}], []),
    (null_instead_of_missing, "beside a null of OLD's", [{}, {"t": None}], [{"t": None}, {"t": None}], []),
    (null_instead_of_missing, "beside a value that became null", [{}, {"t": "x"}], [{"t": None}, {"t": None}], []),
    (
        null_instead_of_missing,
        "an empty text, three times",
        [{}, {}, {}, {"t": "x"}],
        [{"t": ""}, {"t": ""}, {"t": ""}, {"t": "x"}],
        ["drop keys ['t'], when {'body': {'$.t': {'is': ''}}}"],
    ),
    (
        null_instead_of_missing,
        "an empty list, three times",
        [{}, {}, {}, {"t": [1]}],
        [{"t": []}, {"t": []}, {"t": []}, {"t": [1]}],
        ["drop keys ['t'], when {'body': {'$.t': 'empty'}}"],
    ),
    (null_instead_of_missing, "an empty text, twice", [{}, {}, {"t": "x"}], [{"t": ""}, {"t": ""}, {"t": "x"}], []),
    (null_instead_of_missing, "nothing came", [{"t": 1}, {"t": 2}], [{"t": 1}, {}], []),
    (
        field_split,
        "in the other order, by nothing",
        [{"p": "ab12"}, {"p": "cd34"}],
        [{"a": "12", "b": "ab"}, {"a": "34", "b": "cd"}],
        ["combine from ['b', 'a'], by , to p"],
    ),
    (
        field_split,
        "twice",
        [{"p": "a-b", "q": "c-d"}, {"p": "e-f", "q": "g-h"}],
        [{"w": "a", "x": "b", "y": "c", "z": "d"}, {"w": "e", "x": "f", "y": "g", "z": "h"}],
        ["combine from ['w', 'x'], by -, to p", "combine from ['y', 'z'], by -, to q"],
    ),
    (field_split, "of one text", [{"p": "a-b"}] * 2, [{"w": "a", "x": "b"}] * 2, []),
    (
        field_split,
        "beside a number",
        [{"p": "a-b"}, {"p": "c-d"}],
        [{"n": 1, "w": "a", "x": "b"}, {"n": 2, "w": "c", "x": "d"}],
        ["combine from ['w', 'x'], by -, to p"],
    ),
    (
        field_split,
        "one that does not fit",
        [{"p": "a-b"}, {"p": "c-d"}],
        [{"w": "a", "x": "b"}, {"w": "c", "x": "e"}],
        [],
    ),
    (
        field_split,
        "where it was no text",
        [{"p": "a-b"}, {"p": "c-d"}, {"p": None}, {}],
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}, {}, {}],
        ["combine from ['w', 'x'], by -, to p"],
    ),
    (field_split, "where a part is missing", [{"p": "a-b"}, {"p": "c-d"}], [{"w": "a", "x": "b"}, {"w": "c"}], []),
    (
        fields_joined,
        "in the other order",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        [{"p": "b-a"}, {"p": "d-c"}],
        ["divide from p, by -, to ['x', 'w']"],
    ),
    (
        fields_joined,
        "of four",
        [{"a": "1", "b": "2", "c": "3", "d": "4"}, {"a": "5", "b": "6", "c": "7", "d": "8"}],
        [{"p": "1.2.3.4"}, {"p": "5.6.7.8"}],
        ["divide from p, by ., to ['a', 'b', 'c', 'd']"],
    ),
    (
        fields_joined,
        "of five",
        [dict(zip("abcde", text, strict=True)) for text in ("12345", "67890")],
        [{"p": "1.2.3.4.5"}, {"p": "6.7.8.9.0"}],
        [],
    ),
    (
        fields_joined,
        "twice",
        [{"w": "a", "x": "b", "y": "c", "z": "d"}, {"w": "e", "x": "f", "y": "g", "z": "h"}],
        [{"p": "a-b", "q": "c-d"}, {"p": "e-f", "q": "g-h"}],
        ["divide from p, by -, to ['w', 'x']", "divide from q, by -, to ['y', 'z']"],
    ),
    (fields_joined, "by nothing", [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}], [{"p": "ab"}, {"p": "cd"}], []),
    (fields_joined, "of one text", [{"w": "a", "x": "b"}] * 2, [{"p": "a-b"}] * 2, []),
    (
        fields_joined,
        "beside a number",
        [{"n": 1, "w": "a", "x": "b"}, {"n": 2, "w": "c", "x": "d"}],
        [{"p": "a-b"}, {"p": "c-d"}],
        ["divide from p, by -, to ['w', 'x']"],
    ),
    (
        fields_joined,
        "one that does not fit",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        [{"p": "a-b"}, {"p": "c-e"}],
        [],
    ),
    (
        fields_joined,
        "into what is no text everywhere",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}, {}],
        [{"p": "a-b"}, {"p": "c-d"}, {"p": 1}],
        ["divide from p, by -, to ['w', 'x']"],
    ),
    (
        fields_joined,
        "of seven, by the sixth",
        [{c: c + n for c in "abcdefg"} for n in "12"],
        [{"p": f"a{n} f{n}"} for n in "12"],
        ["divide from p, by  , to ['a', 'f']"],
    ),
    (
        fields_joined,
        "of seven, by the seventh",
        [{c: c + n for c in "abcdefg"} for n in "12"],
        [{"p": f"a{n} g{n}"} for n in "12"],
        [],
    ),
    (
        field_renamed,
        "a counter that ran on",
        [{"aa": 1000}, {"aa": 2000}, {"aa": 3000}],
        [{"zz": 1020}, {"zz": 2040}, {"zz": 2940}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "a counter that ran far",
        [{"aa": 1000}, {"aa": 2000}, {"aa": 3000}],
        [{"zz": 1021}, {"zz": 2040}, {"zz": 2940}],
        [],
    ),
    (field_renamed, "a small number", [{"aa": 99}, {"aa": 98}, {"aa": 97}], [{"zz": 100}, {"zz": 99}, {"zz": 98}], []),
    (
        field_renamed,
        "beside four, alone in one",
        [{"aa": v} for v in ("kim", "lee", "ada", "bo")] + [{"aa": "cy"}],
        [{"zz": v} for v in ("kim", "lee", "ada", "bo")] + [{}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "beside three, alone in one",
        [{"aa": v} for v in ("kim", "lee", "ada")] + [{"aa": "cy"}],
        [{"zz": v} for v in ("kim", "lee", "ada")] + [{}],
        [],
    ),
    (
        field_renamed,
        "words that were told before",
        [{"sum_rx": 1000 + n, "now_rx": n} for n in range(3)],
        [{"sum_recv": 1000 + n, "now_recv": 5} for n in range(3)],
        ["rename from sum_recv, to sum_rx"],
    ),
    (
        field_renamed,
        "the only list",
        [{"aa": [1, 2, 3, 4], "n": 1}],
        [{"zz": [1, 2, 3, 9], "n": 1}],
        ["rename from zz, to aa"],
    ),
    (field_renamed, "one of two lists", [{"aa": [1, 2, 3, 4], "n": 1}], [{"zz": [1, 2, 3, 9], "yy": [7, 8, 9, 9]}], []),
    (field_renamed, "a short list", [{"aa": [1, 2, 3], "n": 1}], [{"zz": [1, 2, 9], "n": 1}], []),
    (
        field_renamed,
        "an object that took a value's name",
        [{"of": 7, "by": {"id": 9, "n": "ann"}}],
        [{"of": {"id": 9, "n": "ann"}}],
        ["rename from of, to by"],
    ),
    (field_renamed, "true is no number", [{"aa": True}], [{"zz": 1}], []),
    (
        field_moved,
        "down",
        [{"b": {}, "r": 3}, {"b": {}, "r": 12}],
        [{"b": {"r": 3}}, {"b": {"r": 12}}],
        ["move from $.b.r, to $.r"],
    ),
    (
        field_moved,
        "where both have it",
        [{"b": {"r": 30}}, {"b": {"r": 12}}, {"b": {}}],
        [{"b": {}, "q": 30}, {"b": {}, "q": 12}, {"b": {}}],
        ["move from $.q, to $.b.r"],
    ),
    (
        field_moved,
        "with another value once",
        [{"b": {"r": 30}}, {"b": {"r": 12}}, {"b": {"r": 13}}],
        [{"b": {}, "r": 30}, {"b": {}, "r": 12}, {"b": {}, "r": 14}],
        [],
    ),
    (
        field_moved,
        "missing once",
        [{"b": {"r": 30}}, {"b": {"r": 12}}, {"b": {"r": 13}}],
        [{"b": {}, "r": 30}, {"b": {}, "r": 12}, {"b": {}}],
        [],
    ),
    (
        field_moved,
        "to the one of its name",
        [{"a": {"k": v}, "p": {}, "q": {}} for v in ("kim", "lee")],
        [{"a": {}, "p": {"z": v}, "q": {"k": v}} for v in ("kim", "lee")],
        ["move from $.q.k, to $.a.k"],
    ),
    (
        field_moved,
        "two to one",
        [{"a": {"k": v}, "b": {"k": v}} for v in ("kim", "lee")],
        [{"a": {}, "b": {}, "k": v} for v in ("kim", "lee")],
        ["move from $.k, to $.a.k"],
    ),
    (
        field_moved,
        "a flag of its name",
        [{"b": {"vip": True}}],
        [{"b": {}, "vip": True}],
        ["move from $.vip, to $.b.vip"],
    ),
    (field_moved, "a flag of another name", [{"b": {"vip": True}}], [{"b": {}, "gold": True}], []),
    (
        field_moved,
        "a flag of its whole name",
        [{"b": {"vip": True}}],
        [{"b": {}, "b_vip": True}],
        ["move from $.b_vip, to $.b.vip"],
    ),
    (field_moved, "within its object", [{"r": v} for v in ("kim", "lee")], [{"q": v} for v in ("kim", "lee")], []),
    (
        field_moved,
        "into a new object",
        [{"r": v, "b": {}} for v in ("kim", "lee")],
        [{"b": {}, "q": {"r": v}} for v in ("kim", "lee")],
        [],
    ),
    (
        field_moved,
        "out of an object that went",
        [{"q": {"r": v}} for v in ("kim", "lee")],
        [{"r": v} for v in ("kim", "lee")],
        ["move from $.r, to $.q.r"],
    ),
    (
        field_moved,
        "four deep",
        [{"a": {"b": {"c": {"d": v}}}} for v in ("kim", "lee")],
        [{"a": {"b": {"c": {}}}, "d": v} for v in ("kim", "lee")],
        ["move from $.d, to $.a.b.c.d"],
    ),
    (
        field_moved,
        "five deep",
        [{"a": {"b": {"c": {"d": {"e": v}}}}} for v in ("kim", "lee")],
        [{"a": {"b": {"c": {"d": {}}}}, "e": v} for v in ("kim", "lee")],
        [],
    ),
    (field_moved, "no object", [1], [2], []),
    (naming_convention_changed, "of one", [{"created_at": 1}], [{"createdAt": 1}], []),
    (naming_convention_changed, "to two", [{"created_at": 1, "user-name": 2}], [{"createdAt": 1, "userName": 2}], []),
    (
        naming_convention_changed,
        "of values",
        [{"a": "created_at", "b": "user_name"}],
        [{"a": "createdAt", "b": "userName"}],
        [],
    ),
    (
        value_elsewhere,
        "in one place",
        [{"total": v, "of": {"count": v}} for v in (17, 42)],
        [{"of": {"count": v}} for v in (17, 42)],
        ["copy from $.of.count, to total"],
    ),
    (
        value_elsewhere,
        "in two places",
        [{"a": v, "p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee")],
        [{"p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee")],
        ["copy from $.p.q, to a or $.r.s or @.r.s or received($.r.s)"],
    ),
    (
        value_elsewhere,
        "in the place of its name",
        [{"name": v, "p": {"q": v}, "r": {"name": v}} for v in ("kim", "lee")],
        [{"p": {"q": v}, "r": {"name": v}} for v in ("kim", "lee")],
        ["copy from $.r.name, to name"],
    ),
    (value_elsewhere, "once only", [{"a": 1000, "p": {"q": 1000}}], [{"p": {"q": 1000}}], []),
    (
        value_elsewhere,
        "in less than half",
        [{"a": v, "p": {"q": v}} for v in ("kim", "lee")] + [{"a": f"x{n}y", "p": {}} for n in "123"],
        [{"p": {"q": v}} for v in ("kim", "lee")] + [{"p": {}}] * 3,
        [],
    ),
    (
        value_elsewhere,
        "as a text",
        [{"id": v, "p": {"id": str(v)}} for v in (17, 42)],
        [{"p": {"id": str(v)}} for v in (17, 42)],
        ["copy from $.p.id, to id, using string-to-integer"],
    ),
    (field_constant, "but for the first", [{"n": n, "u": n > 0} for n in range(5)], [{"n": n} for n in range(5)], []),
    (field_constant, "but for the second", [{"n": n, "u": n == 1} for n in range(5)], [{"n": n} for n in range(5)], []),
    (
        field_renamed,
        "lists of which half are long",
        [{"aa": [1, 2, 3, 4]}, {"aa": [1]}],
        [{"zz": [1, 2, 3, 9]}, {"zz": [2]}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "lists of which a third is long",
        [{"aa": [1, 2, 3, 4]}, {"aa": [1]}, {"aa": [5]}],
        [{"zz": [1, 2, 3, 9]}, {"zz": [2]}, {"zz": [6]}],
        [],
    ),
    (
        field_renamed,
        "a counter from a hundred on",
        [{"aa": 100}, {"aa": 200}, {"aa": 300}],
        [{"zz": 102}, {"zz": 204}, {"zz": 306}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "objects that are mostly alike",
        [
            {
                "aa": {"a": "kim", "b": "lee", "c": "ada", "d": "bodil", "e": 1},
                "bb": {"f": "oslo", "g": "bonn", "h": "bern", "i": "rome", "j": 1},
            }
        ],
        [
            {
                "yy": {"a": "kim", "b": "lee", "c": "ada", "d": "bodil", "e": 5},
                "zz": {"f": "oslo", "g": "bonn", "h": "bern", "i": "rome", "j": 5},
            }
        ],
        ["rename from yy, to aa", "rename from zz, to bb"],
    ),
    (
        field_renamed,
        "objects that are half alike",
        [{"aa": {"a": "kim", "b": "lee", "c": 1, "d": 2}, "bb": {"f": "oslo", "g": "bonn", "h": 3, "i": 4}}],
        [{"yy": {"a": "kim", "b": "lee", "c": "x", "d": "y"}, "zz": {"f": "oslo", "g": "bonn", "h": "u", "i": "v"}}],
        [],
    ),
    (
        value_elsewhere,
        "once, in the place of its name",
        [{"name": "kim", "r": {"name": "kim"}}],
        [{"r": {"name": "kim"}}],
        ["copy from $.r.name, to name"],
    ),
    (value_elsewhere, "once, of little worth", [{"name": 7, "r": {"name": 7}}], [{"r": {"name": 7}}], []),
    (
        field_split,
        "beside a number that is gone",
        [{"k": 1, "p": "a-b"}, {"k": 2, "p": "c-d"}],
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        ["combine from ['w', 'x'], by -, to p"],
    ),
    (
        fields_joined,
        "beside a text that came",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        [{"k": "z", "p": "a-b"}, {"k": "y", "p": "c-d"}],
        ["divide from p, by -, to ['w', 'x']"],
    ),
    (
        field_moved,
        "beside one within its object",
        [{"b": {"r": v}} for v in ("kim", "lee")],
        [{"b": {"q": "z"}, "r": v} for v in ("kim", "lee")],
        ["move from $.r, to $.b.r"],
    ),
    (
        field_moved,
        "up or down",
        [{"m": {"k": v}, "a": {}} for v in ("kim", "lee")],
        [{"m": {}, "a": {"k": v}, "k": v} for v in ("kim", "lee")],
        ["move from $.k, to $.m.k or $.a.k"],
    ),
    (
        field_moved,
        "that is still there once",
        [{"b": {"r": 30}}, {"b": {"r": 40}}],
        [{"b": {"r": 30}, "r": 30}, {"b": {}, "r": 40}],
        [],
    ),
    (
        field_moved,
        "into a new object in an object",
        [{"r": v, "b": {}} for v in ("kim", "lee")],
        [{"b": {"q": {"r": v}}} for v in ("kim", "lee")],
        [],
    ),
    (
        field_moved,
        "of just enough worth",
        [{"b": {"r": "kim"}}, {"b": {"r": 7}}],
        [{"b": {}, "q": "kim"}, {"b": {}, "q": 7}],
        ["move from $.q, to $.b.r"],
    ),
    (
        field_renamed,
        "in words that were told before",
        [{"sum_rx": 1000 + n, "sum_tx": 2000 + n, "rx": 50 + n} for n in range(3)],
        [{"all_recv": 1000 + n, "all_sent": 2000 + n, "recv": 52 + n} for n in range(3)],
        ["rename from all_recv, to sum_rx", "rename from all_sent, to sum_tx", "rename from recv, to rx"],
    ),
    (
        field_renamed,
        "of which one in four differs",
        [{"aa": v} for v in ("kim", "lee", "ada", "bo")],
        [{"zz": v} for v in ("kim", "lee", "ada", "x y")],
        [],
    ),
    (
        field_renamed,
        "the likeliest first",
        [{"aa": v, "of_it": 1} for v in ("kim", "lee")],
        [{"zz": v, "ofIt": 1} for v in ("kim", "lee")],
        ["rename from ofIt, to of_it", "rename from zz, to aa"],
    ),
    (
        field_renamed,
        "beside one of its name",
        [{"user_name": v} for v in ("kimberly", "leonardo")],
        [{"zz": v, "userName": other} for v, other in (("kimberly", "abcdefgh"), ("leonardo", "ijklmnop"))],
        ["rename from zz, to user_name"],
    ),
    (
        value_elsewhere,
        "beside one that is nowhere",
        [{"k": f"z{v}", "a": v, "p": {"q": v}} for v in ("kim", "lee")],
        [{"p": {"q": v}} for v in ("kim", "lee")],
        ["copy from $.p.q, to a"],
    ),
    (
        naming_convention_changed,
        "beside a name of none",
        [{"created_at": 1, "user_name": 2, "x-Y_z": 3}],
        [{"createdAt": 1, "userName": 2, "x-Y_z": 3}],
        ["recase to snake"],
    ),
]


@pytest.mark.parametrize(
    ("propose", "olds", "news", "expected"),
    [pytest.param(propose, *row, id=f"{name_of(propose)}: {what}") for propose, what, *row in STEPS],
)
def test__propose__gives_steps_where_they_fit(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[str]
) -> None:
    assert described(propose, olds, news) == expected
