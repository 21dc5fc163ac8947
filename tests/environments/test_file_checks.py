from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.file_checks import Said, name_inside, of_its_folder


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Said("data/x.csv", "../base"), "../base/./data/x.csv"),
        ("data/x.csv", "data/x.csv"),
        (Said("/etc/secret", "../base"), "/etc/secret"),
        ({"run": "x"}, {"run": "x"}),
    ],
)
def test__of_its_folder__what_a_base_says__leads_to_the_base(value: object, expected: object) -> None:
    assert of_its_folder(value) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("../base/./data/x.csv", "data/x.csv"), ("data/x.csv", "data/x.csv"), (".././x", "x")]
)
def test__name_inside__a_marked_name__is_what_its_own_file_calls_it(name: str, expected: str) -> None:
    assert name_inside(name) == expected


def test__said__is_the_text_itself() -> None:
    said = Said("a", "../base")
    assert (said, said.prefix, Path("x") / said) == ("a", "../base", Path("x/a"))
