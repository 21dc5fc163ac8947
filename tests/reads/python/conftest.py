"""A small system for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reads.running import system
from tests.reads.site import Site


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with system() as found:
        yield found
