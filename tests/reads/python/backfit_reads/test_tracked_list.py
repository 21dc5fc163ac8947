"""A tracked list tells that its scalars are read; which of them does not matter."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reads.running import touched

VALUE = [[3, 1, 2], [{"a1": 1}]]
READ = {"$[*][*] read"}
WRITTEN = {"$[*][*] serialised"}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (lambda d: d[0][1], READ),
        (lambda d: d[0][-1], READ),
        (lambda d: list(d[0]), READ),
        (lambda d: sorted(d[0]), READ),
        (lambda d: sum(d[0]), READ),
        (lambda d: 3 in d[0], READ),
        (lambda d: d[0].index(3), READ),
        (lambda d: d[0].count(3), READ),
        (lambda d: d[0].pop(), READ),
        (lambda d: d[0].sort(), READ),
        (lambda d: d[0] == [1], READ),
        (lambda d: d[0] < [1], READ),
        (lambda d: d[0] + [1], READ),
        (lambda d: [1] + d[0], READ),
        (lambda d: list(reversed(d[0])), READ),
        (lambda d: (lambda *each: each)(*d[0]), READ),
        (lambda d: d[0][:2][0], READ),
        (lambda d: d[0].copy()[0], READ),
        (lambda d: copy.deepcopy(d)[0][0], READ),
        (lambda d: json.dumps(d[0]), WRITTEN),
        (lambda d: pickle.dumps(d[0]), WRITTEN),
        (lambda d: str(d[0]), WRITTEN),
        (lambda d: (len(d), len(d[0]), bool(d[0]), d[0][:1], d[0].copy(), copy.copy(d[0])), set()),
        (lambda d: list(d[1]), set()),
        (lambda d: (d[1][0], d[1].pop()), set()),
        (lambda d: d[1][0]["a1"], {"$[*][*].a1 read"}),
    ],
)
def test__touch__each_way__is_told_as_what_it_is(
    action: Callable[[Any], object], expected: set[str], tmp_path: Path
) -> None:
    assert touched(action, tmp_path / "reads", VALUE) == expected
