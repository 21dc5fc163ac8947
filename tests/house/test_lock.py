"""requirements.lock pins all that pyproject.toml asks for, with hashes: what is tested is what is installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
INSTALLED = [*PROJECT["project"]["dependencies"], *EXTRAS["dev"], *PROJECT["build-system"]["requires"]]
ASKED = [*INSTALLED, *(line for extra in EXTRAS.values() for line in extra)]


def pins() -> dict[str, str]:
    """Each pinned requirement, with the lines of its hashes."""
    entries = re.split(r"\n(?=[a-z])", (ROOT / "requirements.lock").read_text())
    return {canonicalize_name(Requirement(entry.split(" \\")[0]).name): entry for entry in entries if "==" in entry}


@pytest.mark.parametrize("line", sorted(set(ASKED)))
def test__dependency__in_the_project__is_bounded_on_both_sides(line: str) -> None:
    assert {specifier.operator for specifier in Requirement(line).specifier} == {">=", "<"}


@pytest.mark.parametrize("line", sorted(set(INSTALLED)))
def test__dependency__that_is_installed__is_pinned_within_its_bounds(line: str) -> None:
    asked = Requirement(line)
    pinned = Requirement(pins()[canonicalize_name(asked.name)].split(" \\")[0])
    assert asked.specifier.contains(next(iter(pinned.specifier)).version)


def test__pins__all__have_hashes_and_no_address() -> None:
    assert [name for name, entry in pins().items() if "--hash=sha256:" not in entry] == []
    assert "://" not in (ROOT / "requirements.lock").read_text()
