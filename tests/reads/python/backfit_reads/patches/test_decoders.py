"""Decoders and encoders: values of an answer's text are tracked, and are written as plain ones are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = """
import collections, decimal, io, json, marshal, types, urllib.request, orjson, simplejson, ujson
with urllib.request.urlopen(url + "/items") as answer: text = answer.read().decode()
"""
WRITTEN = {"$.page read", "$.page.next serialised", "$.page.size serialised"}
TOTAL = {"$.total read"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(json.load(io.StringIO(text))['total'])", TOTAL),
        ("print(json.JSONDecoder().decode(text)['total'])", TOTAL),
        ("print(json.loads(text, parse_int=decimal.Decimal)['total'])", TOTAL),
        ("print(json.loads(text, object_pairs_hook=collections.OrderedDict)['total'])", {"$ exported"}),
        ("print(json.loads(text, object_hook=lambda d: types.SimpleNamespace(**d)).total)", {"$ exported"}),
        ("print(json.loads(text.replace('total', 'sum'))['sum'])", {"$ exported"}),
        ("print(ujson.decode(text)['total'])", TOTAL),
        ("print(orjson.dumps(json.loads(text)['page'], option=orjson.OPT_PASSTHROUGH_SUBCLASS))", WRITTEN),
        ("print(simplejson.dumps(orjson.loads(text)['page']), ujson.dumps(json.loads(text)['page']))", WRITTEN),
        ("print(marshal.loads(marshal.dumps(json.loads(text)['page'])))", WRITTEN),
        ("print(orjson.dumps({'mine': 1}), marshal.dumps((1, 'a')))", {"$ exported"}),
        ("print(json.loads(json.dumps(json.loads(text)['page']))['size'])", {*WRITTEN, "$.page.size read"}),
    ],
)
def test__json__in_and_out__gives_the_same_and_is_told(
    text: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.code, found.err) == (0, "")
    assert found.reads - {"status read"} == expected


def test__refused_text__is_refused_in_the_same_words(site: Site, tmp_path: Path) -> None:
    text = "import json\ntry: json.loads('{')\nexcept ValueError as error: print(repr(error))"
    assert run_python(text, site, tmp_path).out.startswith("JSONDecodeError(")
