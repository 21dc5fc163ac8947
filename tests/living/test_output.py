from __future__ import annotations

import pytest

from harness.environments import Environment
from harness.living.output import output
from harness.model.errors import UsageError
from tests.living.conftest import Up


def test__output__of_a_process__is_its_last_lines(tiny: Environment, up: Up) -> None:
    there = up(tiny)
    text = "".join(output(there, "system", lines=50, follow=False))
    assert "options one" in text
    assert list(output(there, "system", lines=0, follow=False)) == []
    with pytest.raises(UsageError, match="no service 'db'"):
        list(output(there, "db", lines=1, follow=False))


def test__output__followed__ends_with_the_side(tiny: Environment, up: Up) -> None:
    there = up(tiny)
    lines = output(there, "system", lines=50, follow=True)
    assert next(lines)
    there.down()
    assert isinstance(list(lines), list)  # it comes to an end
