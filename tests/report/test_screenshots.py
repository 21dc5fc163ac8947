"""Screenshots become part of the page, or say why not."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from harness.model.outcome import Shot, Side
from harness.model.summary import CheckSummary
from harness.report.screenshots import pictures


def test__pictures__bike_shop__like_stands_beside_like(bike_shop: CheckSummary, run_folder: Path) -> None:
    [(name, sides)] = pictures(bike_shop)
    assert name == "product"
    assert [picture.side for picture in sides] == [Side.OLD, Side.NEW, Side.SHIMMED]
    for picture in sides:
        head, _, data = picture.uri.partition(",")
        assert head == "data:image/png;base64"
        assert base64.b64decode(data) == (run_folder / picture.side.value / "product.png").read_bytes()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("old/gone.png", "No such file"),
        ("../secret.png", "outside the run's folder"),
        ("link.png", "outside the run's folder"),
        ("note.txt", "neither PNG nor JPEG"),
        ("nul\0.png", "null byte"),
    ],
)
def test__pictures__file_that_cannot_be_shown__is_named(
    bike_shop: CheckSummary, run_folder: Path, file: str, why: str
) -> None:
    (run_folder.parent / "secret.png").write_bytes((run_folder / "old" / "product.png").read_bytes())
    (run_folder / "link.png").symlink_to(run_folder.parent / "secret.png")
    (run_folder / "note.txt").write_text("<svg onload=alert(1)>")
    run = replace(bike_shop.runs[0], screenshots=(Shot("product", file),))
    [(_, [picture])] = pictures(replace(bike_shop, runs=(run,)))
    assert picture.uri == ""
    assert why in picture.missing


def test__pictures__side_without_this_shot__says_so(bike_shop: CheckSummary) -> None:
    runs = (bike_shop.runs[0], replace(bike_shop.runs[1], screenshots=()))
    [(_, [_, new])] = pictures(replace(bike_shop, runs=runs))
    assert new.missing == "no screenshot was taken here"
