from __future__ import annotations

import pytest

from harness.environments.services.known import KNOWN, known


@pytest.mark.parametrize(
    ("packages", "found"),
    [
        (["postgresql"], "postgresql"),
        (["postgresql-15=15.3-0+deb12u1", "postgresql-15-postgis-3"], "postgresql"),
        (["libfoo", "mariadb-server-10.5"], "mariadb-server"),
        (["default-mysql-server"], "mariadb-server"),
        (["redis"], "redis-server"),
        (["postgresql-client"], None),
        (["redis-sentinel"], None),
        ([], None),
    ],
)
def test__known__packages__are_told_by_their_names(packages: list[str], found: str | None) -> None:
    assert known(packages) is (KNOWN[found] if found else None)
