from __future__ import annotations

import pytest

from harness.model.json_text import allow_depth


@pytest.fixture(autouse=True, scope="session")
def _depth() -> None:
    """As the command line has it; set before Hypothesis begins, which warns of whoever does it in between."""
    allow_depth()
