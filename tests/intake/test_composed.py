from __future__ import annotations

from pathlib import Path

from harness.intake.composed import compose_report, composed, secrets_in
from harness.intake.format import understood
from harness.intake.report import Report, read_file

DATA = Path(__file__).with_name("data")
WHOLE = understood(read_file(DATA / "compose.yaml"))


def test__composed__with_a_service__copies_the_file_and_gives_a_pattern() -> None:
    web = next(fact for fact in WHOLE.facts if (fact.subject, fact.name) == ("service", "web"))
    files = composed([WHOLE], web)
    assert files["compose.yaml"] == (DATA / "compose.yaml").read_text()
    again = understood(Report("new", files["new.compose.yaml"]))
    assert [(fact.name, fact.value) for fact in again.facts] == [("web", "registry.example/acme/erp:7.2.1")]


def test__composed__without__is_nothing_more() -> None:
    assert set(composed([WHOLE], None)) == {"compose.yaml"}
    assert composed([understood(read_file(DATA / "pip_freeze.txt"))], None) == {}


def test__composed__of_a_built_service__names_no_image() -> None:
    built = next(fact for fact in WHOLE.facts if fact.name == "reports")
    assert composed([WHOLE], built)["new.compose.yaml"].endswith("services:\n  reports: {}\n")


def test__secrets_in__a_file__are_those_that_stand_there() -> None:
    report = compose_report([WHOLE])
    assert report is not None
    assert list(secrets_in(report)) == ["web: DB_PASSWORD", "db: POSTGRES_PASSWORD"]
