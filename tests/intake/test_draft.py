from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from harness.environments.load import load_environment
from harness.environments.open_questions import open_questions
from harness.intake.draft import Draft, Named, draft
from harness.intake.format import understood
from harness.intake.report import Report, read_file
from harness.model.errors import BadFile

DATA = Path(__file__).with_name("data")
ANSWERS = {
    "system": "erp",
    "old-version": "debian:bookworm",
    "new-version": "debian:trixie",
    "system-start": "serve {host} {port}",
    "plugin": "helper",
    "steps": "scenario.py",
    "browser-version": "112",
    "os": "debian:bookworm",
    "locale": "de_CH.UTF-8",
    "timezone": "Europe/Zurich",
}


def of(*files: str, named: Named = Named("Acme")) -> Draft:  # noqa: B008
    return draft([understood(read_file(DATA / file)) for file in files], named)


def text_of(made: Draft) -> str:
    return made.files["environment.yaml"]


def written(made: Draft, folder: Path, answers: dict[str, str]) -> Path:
    """The draft in a folder, with the answers in place of the questions."""
    for name, text in made.files.items():
        for question, answer in answers.items():
            if name == "environment.yaml":
                text = re.sub(rf"!question {question}(?![\w-])", f'"{answer}"', text)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize(
    ("files", "named"),
    [
        (["woocommerce.txt", "chrome_version.txt"], Named("Acme")),
        (["site_health.txt", "client_hints.txt"], Named("Acme", plugin="Contact Form 7")),
        (["pip_freeze.txt", "client_hints.txt", "chrome_version.txt"], Named("Acme", "datasette", "datasette-chartjs")),
        (["pip_list.txt"], Named("Acme")),
        (["npm_ls.json", "os_release.txt", "sw_vers.txt"], Named("Acme: & Söhne # 1", "json-server")),
        (["package_lock.json", "devcontainer.json"], Named("Acme", "json-server")),
        (["dpkg.txt", "systeminfo.txt", "firefox.har"], Named("Acme")),
    ],
)
def test__draft__of_reports__is_refused_until_each_question_is_answered_and_then_loads(
    tmp_path: Path, files: list[str], named: Named
) -> None:
    made = of(*files, named=named)
    with pytest.raises(BadFile) as caught:
        load_environment(written(made, tmp_path, {}))
    assert all(f"'{each}' is open" in str(caught.value) for each in made.open)
    for left_out in made.open:
        answers = {name: answer for name, answer in ANSWERS.items() if name != left_out}
        with pytest.raises(BadFile, match=f"'{left_out}' is open"):
            load_environment(written(made, tmp_path, answers))
    environment = load_environment(written(made, tmp_path, ANSWERS))
    assert environment.customer == named.customer
    assert environment.system.name == (named.system or environment.system.name)


def test__draft__of_a_compose_file__loads_with_it(tmp_path: Path) -> None:
    made = of("compose.yaml", "firefox.har", named=Named("Acme", "web"))
    assert made.open == ("old-version", "plugin", "steps")
    written(made, tmp_path, {**ANSWERS, "old-version": "old.compose.yaml"})
    (tmp_path / "old.compose.yaml").write_text((tmp_path / "new.compose.yaml").read_text())
    environment = load_environment(tmp_path)
    assert (environment.compose, environment.system.service, environment.system.port) == ("compose.yaml", "web", 80)
    assert made.warnings == (
        "compose.yaml holds secrets, and so does its copy: web: DB_PASSWORD, db: POSTGRES_PASSWORD",
    )


def test__draft__of_a_pip_list__installs_what_the_customer_has(tmp_path: Path) -> None:
    made = of("pip_freeze.txt", named=Named("Acme", "datasette", "datasette-chartjs"))
    environment = load_environment(written(made, tmp_path, ANSWERS))
    assert environment.system.new.pip == (
        "datasette==0.64.8", "aiofiles==23.2.1", "asgiref==3.7.2", "Jinja2==3.1.2", "setuptools==68.0.0", "uvicorn==0.23.2",
    )  # fmt: skip
    assert (environment.plugin.pip, environment.plugin.into) == (("datasette-chartjs==0.2.0",), "system")
    assert "pip-elsewhere local-helper" in text_of(made)


def test__draft__every_value__says_where_it_is_from() -> None:
    text = text_of(of("woocommerce.txt", "chrome_version.txt", "dpkg.txt"))
    assert "  locale: de_DE.UTF-8  # de_DE, from woocommerce.txt:16\n" in text
    assert "  os: debian:bookworm  # from dpkg.txt:7\n" in text
    assert "6.3.2 (woocommerce.txt:11)" in text
    assert "fonts: [fonts-noto-cjk]" in text


def test__draft__contradictions__are_told_and_left_open() -> None:
    made = of("chrome_version.txt", "client_hints.txt")
    text = text_of(made)
    assert "# contradiction: browser name: Chrome (chrome_version.txt:1), Edge (client_hints.txt:3)" in text
    assert "browser: {chromium: !question browser-version}" in text
    assert "browser-version" in made.open


def test__draft__reports_that_agree__ask_nothing() -> None:
    made = of("chrome_version.txt", "os_release.txt")
    assert "browser: {chromium: 112}" in text_of(made)
    assert "browser-version" not in made.open
    assert "os: ubuntu:22.04" in text_of(made)


HOSTILE = (
    'x"\n    old: {image: evil}\n"',
    "a\r\nplugin: {name: evil}",
    "\u2028system: evil",
    "\x85host: {os: evil}",
    "# !question none",
    "!question none",
    "{a: b}",
    "*alias",
    "\x1b[2J\u202e",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.one_of(st.text(), st.sampled_from(HOSTILE)), st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test__draft__of_hostile_names__says_nothing_but_what_it_should(name: str, version: str) -> None:
    packages = Report("x\nevil: 1", as_pip(name, version))
    made = draft([understood(packages)], Named(name, name, name))
    loaded = YAML(typ="rt").load(StringIO(text_of(made)))
    assert set(loaded) <= {"schema", "customer", "host", "system", "plugin", "browser", "scenario"}
    assert set(loaded["system"]) == {"name", "start", "old", "new"}
    assert {each.id for each in open_questions(loaded)} == set(made.open) <= set(ANSWERS)
    assert all(each.isprintable() for each in text_of(made).split("\n"))


def as_pip(name: str, version: str) -> str:
    return json.dumps([{"name": name, "version": version}, {"name": "safe", "version": "1"}])
