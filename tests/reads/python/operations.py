# ruff: noqa: B905, BLE001, PT009, T201, UP031, UP032, UP036 (it runs in Python 3.8, as a program)
"""What programs do with the JSON that they get: each operation must give the same with tracked data as with plain data.

Run as a script in any Python (standard library only): `operations.py FOLDER` prints what differs, with the tracked data of the
package in FOLDER.
"""

from __future__ import annotations

import bisect
import collections
import collections.abc
import copy
import csv
import dataclasses
import functools
import heapq
import io
import itertools
import json
import marshal
import operator
import pickle
import plistlib
import pprint
import string
import sys
import textwrap
import types
import unittest
from collections.abc import Callable
from typing import Any

TEXT = """{"total": 3, "next": null, "a b": 1.5, "x": true, "rows": [
  {"id": 1, "name": "One", "tags": ["x", "y"], "owner": {"first": "Ann", "last": "Lee"}},
  {"id": 2, "name": "Two", "tags": [], "owner": {"first": "Bo", "last": "Ray"}},
  {"id": 3, "name": "Three", "tags": ["z"], "owner": {"first": "Cy", "last": "Dee"}}], "counts": [3, 1, 2], "empty": {}}"""


@dataclasses.dataclass
class Owner:
    first: str
    last: str


class Attributes(dict):  # type: ignore[type-arg]
    """Like many a plugin's own: members as attributes."""

    __getattr__ = dict.__getitem__


def matched(value: Any) -> Any:
    """A match statement, which Python 3.8 cannot even parse."""
    if sys.version_info < (3, 10):
        return "two"
    names: dict[str, Any] = {}
    statement = """
        def match(value):
            match value:
                case {"nope": _}: return "none"
                case {"rows": [{"name": name}, *others], "total": int(total), **rest}:
                    return name, len(others), total, sorted(rest)
    """
    exec(textwrap.dedent(statement), names)
    return names["match"](value)


def mutated(value: Any) -> Any:
    value["new"] = {"a": 1}
    value.update(total=9, rows=value["rows"][:1])
    del value["next"]
    value.setdefault("new", 5)
    value.setdefault("other", [])
    value["rows"].append({"id": 4})
    value["rows"][0]["name"] += "!"
    value["rows"][0].pop("tags")
    value["counts"].sort(reverse=True)
    value["counts"].extend([7])
    value["counts"].insert(0, 8)
    value["counts"].remove(1)
    return value, list(value), value.get("total"), value["new"]["a"], value["counts"]


def added(value: Any) -> Any:
    same = value
    value += [5]
    value += (6,)
    value *= 2
    return value is same


def refused(action: Callable[[], Any]) -> Any:
    """What an error says, its type and arguments included."""
    try:
        return action()
    except Exception as error:
        return type(error).__name__, error.args


def written_csv(rows: Any) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, ["id", "name"], extrasaction="ignore")
    writer.writerows(rows)
    return file.getvalue()


def called(**members: Any) -> Any:
    return sorted(members), members["total"]


def compared(value: Any, plain: Any) -> None:
    case = unittest.TestCase()
    case.assertEqual(value, plain)
    case.assertDictEqual(value, plain)
    case.assertListEqual(value["rows"], plain["rows"])


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "isinstance": lambda d: (isinstance(d, dict), isinstance(d["rows"], list), isinstance(d, collections.abc.Mapping)),
    "abstract": lambda d: isinstance(d["rows"], collections.abc.MutableSequence),
    "type name": lambda d: (type(d).__name__, type(d).__qualname__, type(d).__module__, repr(type(d["rows"]))),
    "make anew": lambda d: (type(d)(a=1), type(type(d)(a=1)) is dict, type(d["rows"])("ab"), type(d).fromkeys("ab")),
    "equality": lambda d: (d == json.loads(TEXT), json.loads(TEXT) == d, d != json.loads(TEXT), d == {}, d == 3),
    "list equality": lambda d: (
        d["counts"] == [3, 1, 2],
        d["counts"] == [3, 1, 2],
        d["counts"] != [],
        d["counts"] == (3,),
    ),
    "order": lambda d: (d["counts"] < [4], d["counts"] > [4], d["counts"] < [4], d["counts"] <= [3, 1, 2]),
    "hash": lambda d: (refused(lambda: hash(d)), refused(lambda: hash(d["rows"])), refused(lambda: {d: 1})),
    "identity": lambda d: (d["rows"] is d["rows"], d["rows"][0] is d.get("rows")[0], d["rows"][0] in d["rows"]),
    "index": lambda d: (d["rows"].index(d["rows"][1]), d["counts"].index(2), d["counts"].count(1)),
    "truth": lambda d: (bool(d), bool(d["empty"]), not d["rows"][1]["tags"], len(d), len(d["rows"])),
    "get": lambda d: (d["total"], d.get("total"), d.get("nope"), d.get("nope", 7), d["a b"], d.get("next", 7)),
    "key error": lambda d: (refused(lambda: d["nope"]), refused(lambda: d["rows"][9]), refused(lambda: d["rows"]["a"])),
    "attribute error": lambda d: (refused(lambda: d.total), refused(lambda: d["rows"].total), refused(lambda: vars(d))),
    "set an attribute": lambda d: refused(lambda: setattr(d, "total", 1))[0],
    "unhashable key": lambda d: (refused(lambda: d[[]]), refused(lambda: [] in d)),
    "in": lambda d: ("total" in d, "nope" in d, 3 in d["counts"], 9 in d["counts"], 1 in d),
    "odd keys": lambda d: (d.get(1), d.get(None), refused(lambda: d[1])),
    "keys": lambda d: (list(d), list(d.keys()), sorted(d), sorted(set(d)), tuple(d), d.keys() & {"total", "z"}),
    "views": lambda d: (type(d.keys()).__name__, type(d.items()).__name__, len(d.values()), ("total", 3) in d.items()),
    "reversed": lambda d: (list(reversed(d["rows"])), list(reversed(list(d)))),
    "items": lambda d: ([k for k, v in d.items() if v], list(d.values()), dict(d.items())),
    "iterate and get": lambda d: {k: d[k] for k in d},
    "zip": lambda d: (list(zip(d, d.values())), list(enumerate(d)), list(map(d.get, d))),
    "dict": lambda d: (dict(d), type(dict(d)) is dict, dict(d, total=1), dict(**d), {**d, "n": 1}),
    "keywords": lambda d: called(**d),
    "dataclass": lambda d: [Owner(**row["owner"]) for row in d["rows"]],
    "as dict": lambda d: dataclasses.asdict(Owner(d["rows"][0]["owner"], d["counts"])),  # type: ignore[arg-type]
    "namespace": lambda d: types.SimpleNamespace(**{k: v for k, v in d.items() if k.isidentifier()}),
    "union": lambda d: (d | {"n": 1}, {"n": 1} | d, type(d | {}) is dict) if sys.version_info >= (3, 9) else 0,
    "union in place": lambda d: operator.ior(d, {"n": 1}) if sys.version_info >= (3, 9) else 0,
    "update another": lambda d: (lambda other: (other.update(d), other))({"n": 1}),
    "copy": lambda d: (d.copy(), copy.copy(d), d["rows"].copy(), copy.copy(d["rows"]), d["rows"][:]),
    "shallow": lambda d: (d.copy()["rows"] is d["rows"], copy.copy(d)["rows"] is d["rows"], d["rows"][:] is d["rows"]),
    "deepcopy": lambda d: (copy.deepcopy(d), copy.deepcopy(d)["rows"] is d["rows"], copy.deepcopy([d, d])),
    "deepcopy keeps identity": lambda d: (lambda two: two[0] is two[1])(copy.deepcopy([d, d])),
    "pickle": lambda d: [pickle.loads(pickle.dumps(d, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)],
    "pickled types": lambda d: (lambda p: (type(p) is dict, type(p["rows"]) is list))(pickle.loads(pickle.dumps(d))),
    "pickle in Python": lambda d: pickle.loads(pickle._dumps(d)),  # type: ignore[attr-defined]
    "marshal": lambda d: marshal.loads(marshal.dumps(d)),
    "json": lambda d: (json.dumps(d), json.dumps(d, indent=1), json.dumps(d, sort_keys=True), json.dumps({"in": [d]})),
    "json in pieces": lambda d: "".join(json.JSONEncoder(indent=2).iterencode(d)),
    "json round trip": lambda d: json.loads(json.dumps(d)),
    "json file": lambda d: (lambda file: (json.dump(d, file), file.getvalue()))(io.StringIO()),
    "repr": lambda d: (repr(d), str(d), f"{d}", f"{d['rows']!r}", "%s %r" % (d, d), "{}".format(d)),
    "pprint": lambda d: (pprint.pformat(d), pprint.pformat(d["rows"], width=20), pprint.isreadable(d)),
    "plist": lambda d: plistlib.dumps(d["rows"][0]),
    "format": lambda d: ("%(total)s %(x)s" % d, "{total} {rows[0][name]}".format(**d), "{x}".format_map(d)),
    "template": lambda d: string.Template("$total $nope").safe_substitute(d),
    "mutate": mutated,
    "pop": lambda d: (d.pop("total"), d.pop("nope", 4), refused(lambda: d.pop("nope")), d.popitem(), len(d)),
    "pop from a list": lambda d: (
        d["rows"].pop(),
        d["counts"].pop(0),
        d["counts"],
        refused(lambda: d["empty"].popitem()),
    ),
    "clear": lambda d: (d["rows"].clear(), d["empty"].clear(), d.clear(), d),
    "delete": lambda d: (refused(lambda: operator.delitem(d, "nope")), operator.delitem(d, "total"), d),
    "slices": lambda d: (d["counts"][1:], d["counts"][::-1], d["rows"][-1:], type(d["counts"][1:]).__name__),
    "slice assignment": lambda d: (operator.setitem(d["counts"], slice(0, 2), [9]), d["counts"]),
    "sort": lambda d: (sorted(d["counts"]), d["counts"].sort(), d["counts"], sorted(d["rows"], key=lambda r: -r["id"])),
    "itemgetter": lambda d: (operator.itemgetter("total", "x")(d), sorted(d["rows"], key=operator.itemgetter("name"))),
    "sums": lambda d: (
        sum(d["counts"]),
        max(d["counts"]),
        min(d["counts"]),
        any(d["counts"]),
        ",".join(d["rows"][0]["tags"]),
    ),
    "unpack": lambda d: (lambda first, *rest: (first, rest))(*d["counts"]),
    "star": lambda d: ([*d["counts"], *d], {*d["counts"]}, (lambda a, b, c: a)(*d["counts"])),
    "add": lambda d: (d["counts"] + [1], [1] + d["counts"], d["counts"] * 2, 2 * d["counts"]),
    "add what is no list": lambda d: (refused(lambda: d["counts"] + (1,)), refused(lambda: (1,) + d["counts"])),
    "add in place": lambda d: (added(d["counts"]), d["counts"], operator.iadd(d["counts"], [1]), d["counts"]),
    "multiply in place": lambda d: (operator.imul(d["counts"], 2), d["counts"]),
    "extend another": lambda d: (lambda other: (other.extend(d["counts"]), other))([0]),
    "bisect and heap": lambda d: (bisect.bisect([0, 2], d["counts"][1]), heapq.nsmallest(2, d["counts"])),
    "heapify": lambda d: (heapq.heapify(d["counts"]), heapq.heappop(d["counts"])),
    "group": lambda d: [(k, len(list(g))) for k, g in itertools.groupby(d["rows"], key=lambda r: bool(r["tags"]))],
    "chain": lambda d: list(itertools.chain.from_iterable(r["tags"] for r in d["rows"])),
    "reduce": lambda d: functools.reduce(lambda a, k: a[k], ["rows", 0, "owner", "first"], d),
    "ordered": lambda d: (collections.OrderedDict(d), list(collections.OrderedDict(d))),
    "defaultdict": lambda d: collections.defaultdict(int, d)["total"],
    "chain map": lambda d: dict(collections.ChainMap({"n": 1}, d)),
    "user dict": lambda d: (collections.UserDict(d).data, collections.UserList(d["counts"]).data),
    "counter": lambda d: (collections.Counter(d["counts"]), collections.deque(d["counts"], 2)),
    "attributes": lambda d: (Attributes(d).total, Attributes(d).rows),
    "mapping proxy": lambda d: (types.MappingProxyType(d)["total"], dict(types.MappingProxyType(d))),
    "csv": lambda d: written_csv(d["rows"]),
    "match": matched,
    "unittest": lambda d: compared(d, json.loads(TEXT)),
    "set of items": lambda d: sorted(d["rows"][0]["owner"].items()),
    "recursion": lambda d: flattened(d),
    "single dispatch": lambda d: (described(d), described(d["rows"]), described(3)),
    "exec": lambda d: eval("total + x", {}, d),
}


def flattened(value: Any, path: str = "") -> list[Any]:
    """Every scalar with its path, as templating and logging code goes through JSON."""
    if isinstance(value, dict):
        return [each for key, item in value.items() for each in flattened(item, f"{path}.{key}")]
    if isinstance(value, list):
        return [each for index, item in enumerate(value) for each in flattened(item, f"{path}[{index}]")]
    return [(path, value)]


@functools.singledispatch
def described(value: object) -> str:
    return "scalar"


described.register(dict)(lambda value: "object")
described.register(list)(lambda value: "array")


def different(track: Callable[[Any], Any]) -> dict[str, Any]:
    """The operations that give something else with `track(data)` than with the data: what they give then, and plainly."""
    found = {}
    for name, operation in OPERATIONS.items():
        plain, tracked = repr(operation(json.loads(TEXT))), refused(lambda: repr(operation(track(json.loads(TEXT)))))  # noqa: B023
        if plain != tracked:
            found[name] = {"plain": plain, "tracked": tracked}
    return found


def main(folder: str) -> None:
    sys.path.insert(0, folder)
    from backfit_reads import places, tracking  # type: ignore[import-not-found]
    from backfit_reads.patches import decoders  # type: ignore[import-not-found]

    decoders.PATCHES["marshal"](marshal)
    print(json.dumps(different(lambda value: tracking.tracked(value, places.answer("GET", "http://a/").root))))


if __name__ == "__main__":
    main(sys.argv[1])
