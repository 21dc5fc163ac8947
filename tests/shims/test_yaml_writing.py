from __future__ import annotations

from harness.lens.condition import Condition
from harness.lens.step import read_step
from harness.shims.document import Ambiguous, Entry, Learned, Lost, SecondCall, Shim
from harness.shims.yaml_writing import lines_of

COPY = Learned(
    read_step({"copy": {"from": "keys($.rows[0])", "to": "columns"}}), "22 of 22 pairs,\n9 distinct\x1b values"
)
HEADER = Learned(read_step({"set-header": {"header": "vary", "value": "a: b"}}))


def test__lines__of_a_shim__are_what_a_person_reads() -> None:
    entry = Entry(
        "GET",
        "/{database}/{table}.json",
        when=Condition(status="2xx"),
        forward="GET /db/{database}/{table}.json",
        response=(COPY,),
        lost=(Lost("$.units", "'units' is gone"), Lost("$.n", "gone", required=True, then=None)),
        request=(Learned(read_step({"rename": {"at": "$.query", "from": "_limit", "to": "_per_page"}}), by="hand"),),
        calls=(SecondCall("count", "/{table}?_size=0"),),
        ambiguous=(Ambiguous("$.a", "one of two", (COPY, COPY)),),
        otherwise=True,
    )
    shim = Shim("datasette", "0.64.8", "1.0a41", (entry,), everywhere=(HEADER,), pairs=22)
    assert list(lines_of(shim)) == [
        "schema: backfit/shim/v1",
        'system: {name: datasette, old: "0.64.8", new: "1.0a41"}',
        "pairs: 22",
        "operations:",
        "  - match: GET /{database}/{table}.json",
        '    when: {status: "2xx"}',
        "    forward: GET /db/{database}/{table}.json",
        "    request:",
        "      - rename: {at: $.query, from: _limit, to: _per_page}",
        "        by: hand",
        "    calls:",
        '      - {name: count, get: "/{table}?_size=0", chosen: false, keep: 10.0}',
        "    response:",
        '      - copy: {from: "keys($.rows[0])", to: columns}  # 22 of 22 pairs, 9 distinct values',
        "    otherwise: true  # few answers were seen: the steps under `otherwise` are tried as well",
        "    lost:",
        "      - {path: $.units, reason: \"'units' is gone\"}",
        "      - {path: $.n, reason: gone, required: true, then: null}",
        "    ambiguous:",
        "      - path: $.a",
        "        reason: one of two",
        "        choices:",
        '          - copy: {from: "keys($.rows[0])", to: columns}  # 22 of 22 pairs, 9 distinct values',
        '          - copy: {from: "keys($.rows[0])", to: columns}  # 22 of 22 pairs, 9 distinct values',
        "everywhere:",
        '  - set-header: {header: vary, value: "a: b"}',
    ]


def test__lines__of_an_empty_shim__say_that_it_has_no_operation() -> None:
    assert list(lines_of(Shim()))[-1] == "operations: []"
