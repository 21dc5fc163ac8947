from __future__ import annotations

import pytest

from harness.record.browsers.builds import BUILDS, major_of, nearest, unpacking


@pytest.mark.parametrize(
    ("version", "major"),
    [
        ("112", 112),
        ("112.0.5614.49", 112),
        ("debian", None),
        ("installed", None),
        ("", None),
        ("v112", None),
        ("²", None),
    ],
)
def test__major__of_what_a_file_says__is_a_number_or_none(version: str, major: int | None) -> None:
    assert major_of(version) == major


@pytest.mark.parametrize(("wanted", "near"), [(120, [119, 121]), (125, [126, 123]), (40, [92]), (999, [153])])
def test__nearest__to_one_that_is_not_there__stands_on_either_side_the_closest_first(
    wanted: int, near: list[int]
) -> None:
    assert wanted not in BUILDS
    assert nearest(wanted) == near


def test__unpacking__into_a_folder__touches_no_other_place() -> None:
    for step in unpacking(112, "/some/where"):
        paths = [word for word in step.argv if word.startswith("/")]
        assert paths
        assert all(path.startswith("/some/where") for path in paths)
