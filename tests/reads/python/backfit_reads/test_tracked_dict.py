"""A tracked dict tells how it is touched, and is a dict to everybody: the operations run in each Python that is here."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.reads.python.backfit_reads import places
from tests.reads.python import operations
from tests.reads.running import every, touched

PACKAGE = Path(__file__).parents[4] / "harness/reads/python"
PYTHONS = [sys.executable, *map(str, sorted(Path.home().glob(".pyenv/versions/3.*/bin/python")))]
OLDEST = (3, 8)


def version(python: str) -> tuple[int, ...]:
    say = "import sys; print(*sys.version_info[:2])"
    found = subprocess.run([python, "-c", say], capture_output=True, text=True, check=True)
    return tuple(map(int, found.stdout.split()))


def loop(value: Any) -> None:
    for key in value:
        value[key]


def picked(value: Any) -> None:
    for key in value:
        if key == "total":
            value["total"]


def own(value: Any) -> None:
    value["total"] = 3
    value["total"], value.get("total"), "total" in value
    del value["page"]
    value.get("page")


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (lambda d: d["total"], {"$.total read"}),
        (lambda d: d.get("total"), {"$.total read"}),
        (
            lambda d: d["rows"][0]["owner"]["first"],
            {"$.rows read", "$.rows[*].owner read", "$.rows[*].owner.first read"},
        ),
        (lambda d: d.get("nope"), {"$.nope missing"}),
        (lambda d: d.setdefault("nope", 1), {"$.nope missing"}),
        (lambda d: d.pop("nope", 1), {"$.nope missing"}),
        (lambda d: d.get("a b"), {'$["a b"] missing'}),
        (lambda d: ("total" in d, "nope" in d), {"$.total tested", "$.nope tested"}),
        (lambda d: d.pop("total"), {"$.total read"}),
        (lambda d: d == {"total": 2}, every("read")),
        (lambda d: list(d), every("enumerated")),
        (lambda d: list(d.keys()), every("enumerated")),
        (lambda d: list(d.items()), every("enumerated")),
        (lambda d: list(d.values()), every("enumerated")),
        (lambda d: sorted(d), every("enumerated")),
        (loop, every("enumerated")),
        (picked, every("enumerated") | {"$.total read"}),
        (lambda d: (list(d), d["total"]), every("enumerated") | {"$.total read"}),
        (lambda d: dict(d), every("copied")),
        (lambda d: {**d}, every("copied")),
        (lambda d: (lambda **members: members)(**d), every("copied")),
        (lambda d: d | {}, every("copied")),
        (lambda d: {}.update(d), every("copied")),
        (lambda d: d.copy()["total"], {"$.total read"}),
        (lambda d: copy.copy(d)["total"], {"$.total read"}),
        (lambda d: copy.deepcopy(d)["page"]["size"], {"$.page read", "$.page.size read"}),
        (lambda d: json.dumps(d["page"]), {"$.page read", "$.page.next serialised", "$.page.size serialised"}),
        (
            lambda d: json.dumps(d["page"], indent=1),
            {"$.page read", "$.page.next serialised", "$.page.size serialised"},
        ),
        (lambda d: pickle.dumps(d["page"]), {"$.page read", "$.page.next serialised", "$.page.size serialised"}),
        (lambda d: f"{d['page']}", {"$.page read", "$.page.next serialised", "$.page.size serialised"}),
        (lambda d: len(d), set()),
        (own, set()),
    ],
)
def test__touch__each_way__is_told_as_what_it_is(
    action: Callable[[Any], object], expected: set[str], tmp_path: Path
) -> None:
    assert touched(action, tmp_path / "reads") == expected


def test__reads__of_keys_taken_from_a_first_row__stay_an_enumeration(tmp_path: Path) -> None:
    def table(value: Any) -> None:
        columns = list(value["rows"][0])
        [[row[column] for column in columns] for row in value["rows"]]

    expected = {f"$.rows[*].{name} enumerated" for name in ("id", "name", "tags", "owner")} | {"$.rows read"}
    assert touched(table, tmp_path / "reads") == expected


def test__map__of_many_keys__is_told_as_one_place(tmp_path: Path) -> None:
    many = {f"k{number}": number for number in range(places.MOST_MEMBERS + 50)}
    found = touched(lambda value: [value[key] for key in many], tmp_path / "reads", many)
    assert len(found) == places.MOST_MEMBERS + 1
    assert "$.* read" in found


def found_in(python: str) -> Any:
    command = [python, "-B", operations.__file__, str(PACKAGE)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("python", [each for each in PYTHONS if version(each) >= OLDEST])
def test__operations__with_tracked_data__give_what_they_give_with_plain_data(python: str) -> None:
    assert found_in(python) == {}


def test__operations__with_a_naive_tracked_dict__differ() -> None:
    class Naive(dict):  # type: ignore[type-arg]
        """Wraps on access, and knows nothing of copies, pickles and types."""

        def __getitem__(self, key: Any) -> Any:
            found = super().__getitem__(key)
            return Naive(found) if isinstance(found, dict) else list(found) if isinstance(found, list) else found

        def __iter__(self) -> Any:
            return super().__iter__()

    broken = operations.different(Naive)
    assert broken.keys() >= {"type name", "make anew", "identity", "shallow", "pickled types", "marshal"}


def test__names__of_one_character__count_as_read_by_name_in_a_loop_too(tmp_path: Path) -> None:
    """Python has each of them only once, so one from iterating cannot be told from one in the code."""
    found = touched(loop, tmp_path / "reads", {"x": 1, "yy": 2})
    assert found == {"$.x enumerated", "$.x read", "$.yy enumerated"}
