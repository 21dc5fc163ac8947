from __future__ import annotations

import pytest

from harness.intake.asking import Asking
from harness.intake.draft_system import service_of, write_system
from harness.intake.fact import Fact
from harness.intake.gathered import Gathered
from harness.intake.packages import Packages

WEB, DB = Fact("service", "web", "erp:7", "c:1"), Fact("service", "db", "postgres:15", "c:2")


def wrote(facts: list[Fact], name: str = "", packages: Packages = Packages()) -> str:  # noqa: B008
    page = Asking(Gathered.of(facts))
    write_system(page, name, packages)
    return "\n".join(line for line in page.lines.lines if not line.lstrip().startswith("#"))


@pytest.mark.parametrize(
    ("services", "name", "expected"),
    [([WEB, DB], "web", "web"), ([WEB], "", "web"), ([WEB, DB], "erp", None), ([], "web", None)],
)
def test__service_of__a_compose_file__is_never_guessed(services: list[Fact], name: str, expected: str | None) -> None:
    found = service_of(Gathered.of(services), name)
    assert (found.name if found else None) == expected


def test__write_system__of_nothing__asks_everything() -> None:
    assert wrote([]) == (
        "system:\n  name: !question system\n  start: !question system-start\n"
        "  old: {image: !question old-version}\n  new: {image: !question new-version}"
    )


def test__write_system__of_npm__takes_the_node_that_is_known() -> None:
    text = wrote(
        [Fact("runtime", "node", "18.17.1")], "json-server", Packages("npm", ("json-server@0.17.4",), "", "n:1")
    )
    assert text.endswith("\n    npm:\n      - json-server@0.17.4\n    node: 18")


def test__write_system__of_services_that_may_all_be_it__asks_which() -> None:
    text = wrote([WEB, DB])
    assert text.startswith("compose: compose.yaml\nsystem:\n  name: !question system\n  service: !question system\n")
    assert "new: {compose: !question new-version}" in text


def test__write_system__candidates__are_named() -> None:
    page = Asking(Gathered.of([Fact("pip", f"p{number}", "1") for number in range(20)]))
    write_system(page, "", Packages())
    assert "one of p0, p1, " in " ".join(str(page.lines).replace("#", "").split())
    assert "and 8 more?" in " ".join(str(page.lines).replace("#", "").split())
