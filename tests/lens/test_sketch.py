from __future__ import annotations

import pytest

from harness.lens.sketch import Mark, Unplanned, is_by_shape, sketched
from harness.lens.step import BodyStep, read_step
from harness.lens.steps.convert import Convert
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.head import Head
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.rename import Rename
from harness.model.json_text import Json
from harness.model.paths import Path

ROW = {"a": 1, "b": {"c": {"d": 2}, "e": 3}}


@pytest.mark.parametrize(
    ("step", "shapes", "result", "edits"),
    [
        (Rename(from_="a", to="z"), {(): ("a", "b")}, {"z": Mark(("a",)), "b": Mark(("b",))}, 1),
        (Rename(from_="b", to="a"), {(): ("a", "b")}, {"a": Mark(("a",)), "b": Mark(("b",))}, 0),
        (
            Hoist(key="b"),
            {(): ("a", "b"), ("b",): ("c", "e")},
            {"a": Mark(("a",)), "c": Mark(("b", "c")), "e": Mark(("b", "e"))},
            1,
        ),
        (Hoist(key="a"), {(): ("a", "b"), ("a",): None}, {"a": Mark(("a",)), "b": Mark(("b",))}, 0),
        (Default(key="z", value=5), {(): ("a", "b")}, {"a": Mark(("a",)), "b": Mark(("b",)), "z": 5}, 1),
    ],
)
def test__sketch__of_a_step__says_where_values_go_and_what_was_looked_at(
    step: BodyStep, shapes: dict[Path, object], result: Json, edits: int
) -> None:
    sketch = sketched([((), step)], ROW)
    assert (sketch.shapes, sketch.result, sketch.edits) == (shapes, result, edits)


@pytest.mark.parametrize(
    "run",
    [
        [(("a",), Convert(using="integer-to-string")), (("a",), Rename(from_="x", to="y"))],
        [((), Hoist(key="b")), (("c",), Rename(from_="d", to="e")), (("c",), Convert(using="integer-to-string"))],
    ],
    ids=["looked at after an edit", "taken apart before an edit"],
)
def test__sketch__where_values_matter__is_refused(run: list[tuple[Path, BodyStep]]) -> None:
    with pytest.raises(Unplanned):
        sketched(run, ROW)


@pytest.mark.parametrize(
    ("step", "fits"),
    [
        (Drop(keys=("a",)), True),
        (Drop(keys=("a",), only_null=True), False),
        (Head(), False),
        (read_step({"copy": {"from": "$.a", "to": "b"}}), False),
        (Convert(using="trim"), True),
    ],
    ids=str,
)
def test__is_by_shape__of_a_step__is_false_where_it_looks_at_values(step: BodyStep, fits: bool) -> None:
    assert is_by_shape(step) is fits
