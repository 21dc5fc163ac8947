from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from harness.environments.file_checks import name_inside
from harness.environments.load import environment_schema, load_environment, lock_schema
from harness.model.errors import BadFile, ExitCode
from tests.environments.tiny import TINY, Write


def message(folder: Path, text: str) -> str:
    (folder / "environment.yaml").write_text(text)
    (folder / "server.py").touch()
    with pytest.raises(BadFile) as caught:
        load_environment(folder)
    assert caught.value.exit_code is ExitCode.USAGE
    return str(caught.value).replace(str(folder), "HERE")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "{timezone: Europe/London}",
            "{timezon: UTC}",
            (
                "HERE/environment.yaml:4: unknown key 'timezon' under 'host'\n"
                "  did you mean 'timezone'?  known: timezone"
            ),
        ),
        ("customer:", "custommer:", "HERE/environment.yaml:3: unknown key 'custommer'\n  did you mean 'customer'?"),
        ("Europe/London", "Europe/Londn", "HERE/environment.yaml:4: 'host.timezone': unknown time zone 'Europe/Londn'"),
        ("{port} {options}", "{prot}", ":7: 'system.start': unknown placeholder '{prot}'\n  did you mean 'port'?"),
        ("http: /,", "http: x,", ":8: 'system.ready.http': string should match pattern '^/', not 'x'"),
        ("http: /,", "", ":8: 'system.ready': exactly one of http, tcp, log, run is needed, none is given"),
        ("http: /,", "log: '(',", ":8: 'system.ready.log': not a regular expression"),
        (
            "[server.py]",
            "[servr.py]",
            ":9: 'system.files.0': 'servr.py' does not exist in HERE\n  did you mean 'server.py'?",
        ),
        ("[server.py]", "[../x]", ":9: 'system.files.0': '../x' is outside the environment's folder"),
        (
            "{pip: [], options: one}",
            "{pip: [], npm: x}",
            ":10: 'system.old': exactly one of pip, npm, image, build, compose is needed",
        ),
        (
            "{pip: [], options: one}",
            "{options: one}",
            ":10: 'system.old': exactly one of pip, npm, image, build, compose is needed",
        ),
        ("{pip: [], options: one}", "{pip: [-e x]}", ":10: 'system.old.pip.0': '-e x' is not a requirement"),
        ("{pip: [], options: one}", "{pip: [], node: 22}", ":10: 'system.old': 'node' means something with 'npm' only"),
        ("{pip: [], options: one}", "{build: .}", ":10: 'system.old.build': there is no Dockerfile in '.'"),
        ("two}", "two, seed: nope.py}", ":11: 'system.new.seed': 'nope.py' does not exist"),
        ('{run: "true"}', "nope.py", ":13: 'scenario': 'nope.py' does not exist"),
        ('{run: "true"}', '{run: "x {urll}"}', ":13: 'scenario.run': unknown placeholder '{urll}'"),
        ('{run: "true"}', '"x.txt"', ":13: 'scenario': 'x.txt' does not exist"),
        (
            "plugin:",
            "examples: [{old: GET /a, new: {call: GET /b, boddy: 1}}]\nplugin:",
            ":12: unknown key 'boddy' under 'examples.0.new'\n  did you mean 'body'?",
        ),
        ("plugin:", "offline: {'**/a.js': 'npm:a/b.js'}\nplugin:", ":12: 'offline.**/a.js': cannot read 'npm:a/b.js'"),
        ("customer: Tiny", "customer: [", "not YAML: while parsing a flow sequence"),
        (
            "customer: Tiny",
            "customer: a\ncustomer: b",
            ":4: not YAML: while constructing a mapping, found duplicate key",
        ),
        ("v1", "v2", ":2: 'schema': input should be 'backfit/environment/v1', not 'backfit/environment/v2'"),
    ],
)
def test__load_environment__one_mistake__is_named_with_its_line(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    assert before in TINY
    assert expected in message(tmp_path, TINY.replace(before, after))


def test__load_environment__several_mistakes__all_in_one_message_by_line(tmp_path: Path) -> None:
    text = TINY.replace("timezone:", "zone:").replace("customer: Tiny\n", "").replace("timeout: 30", "timeout: -1")
    found = message(tmp_path, text)
    places = [line.split(":")[1] for line in found.splitlines() if line.startswith("HERE")]
    assert places == ["1", "3", "7"], found


@pytest.mark.parametrize(
    ("text", "expected"), [("", "not a mapping"), ("- a", "not a mapping"), ("a: \t- b", "not YAML")]
)
def test__load_environment__no_mapping__says_so(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in message(tmp_path, text)


def test__load_environment__no_file__says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such environment file"):
        load_environment(tmp_path)


def test__load_environment__bytes_that_are_no_text__are_refused(tmp_path: Path) -> None:
    (tmp_path / "environment.yaml").write_bytes(b"customer: \xff")
    with pytest.raises(BadFile, match="not UTF-8 text"):
        load_environment(tmp_path)


def test__load_environment__folder_or_file__is_the_same(write: Write) -> None:
    environment = write()
    assert load_environment(environment.path) == environment
    assert environment.folder == environment.path.parent


BASE = TINY.replace('scenario: {run: "true"}', "scenario: {run: ./go.sh}").replace("[server.py]", "[data/server.py]")


def overlay(folder: Path, text: str) -> Path:
    """An environment over TINY, whose files are in the base's folder."""
    for name in ("base/data/server.py", "base/go.sh", "over/own.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "base/environment.yaml").write_text(BASE)
    (folder / "over/environment.yaml").write_text(f"extends: ../base\n{text}")
    return folder / "over"


def test__load_environment__over_a_base__files_are_found_beside_the_file_that_says_them(tmp_path: Path) -> None:
    text = "customer: Over\nsystem: {new: {files: own.py, options: three}}"
    environment = load_environment(overlay(tmp_path, text))
    found = environment.side("new")
    assert (environment.customer, found.spec.options, environment.system.name) == ("Over", "three", "tiny")
    assert [(environment.folder / name).resolve() for name in found.files] == [
        tmp_path / "base/data/server.py",
        tmp_path / "over/own.py",
    ]
    assert [name_inside(name) for name in found.files] == ["data/server.py", "own.py"]
    assert (environment.folder, environment.name) == (tmp_path / "over", "over")
    assert environment.folders == (tmp_path / "over", tmp_path / "base")
    assert environment.command_folder == tmp_path / "base"


def test__load_environment__a_command_of_the_overlay__runs_in_its_folder(tmp_path: Path) -> None:
    environment = load_environment(overlay(tmp_path, "scenario: {run: x}"))
    assert environment.command_folder == tmp_path / "over"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("host: {timezon: UTC}", "HERE/over/environment.yaml:2: unknown key 'timezon' under 'host'"),
        (
            "system: {files: data/server.py}",
            "over/environment.yaml:2: 'system.files': 'data/server.py' does not exist",
        ),
        (
            "system: {files: ../other/./go.sh}",
            ":2: 'system.files': '../other/go.sh' is outside the environment's folder",
        ),
        ("system: {old: null}", "HERE/over/environment.yaml:2: 'system.old' is missing"),
        ("system: {start: null}", "over/environment.yaml:2: 'system': 'system' needs 'start'"),
        ("customer: !question who", "over/environment.yaml:2: the question 'who' is open"),
    ],
)
def test__load_environment__a_mistake_over_a_base__names_the_right_file(
    tmp_path: Path, text: str, expected: str
) -> None:
    folder = overlay(tmp_path, text)
    with pytest.raises(BadFile) as caught:
        load_environment(folder)
    assert expected in str(caught.value).replace(str(tmp_path), "HERE")


def test__load_environment__a_mistake_of_the_base__is_told_with_its_line(tmp_path: Path) -> None:
    folder = overlay(tmp_path, "customer: Over")
    (tmp_path / "base/environment.yaml").write_text(BASE.replace("Europe/London", "Europe/Londn"))
    with pytest.raises(BadFile, match=r"base/environment\.yaml:4: .host\.timezone.: unknown time zone .Europe/Londn."):
        load_environment(folder)


def test__load_environment__a_question_of_the_base_that_the_overlay_answers__is_no_question(tmp_path: Path) -> None:
    folder = overlay(tmp_path, "customer: Over")
    (tmp_path / "base/environment.yaml").write_text(BASE.replace("Tiny", "!question who"))
    assert load_environment(folder).customer == "Over"


def test__load_environment__texts_of_a_base__are_plain_texts(tmp_path: Path) -> None:
    environment = load_environment(overlay(tmp_path, "system: {old: {options: x}}"))
    assert {type(each) for each in (environment.customer, environment.system.name, environment.format)} == {str}


def test__load_environment__a_lock_beside_it__is_its_lock(write: Write) -> None:
    environment = write()
    assert environment.lock is None
    environment.path.with_suffix(".lock").write_text("schema: backfit/lock/v1\nprocess: {host: {python: 3.11}}")
    lock = load_environment(environment.path).lock
    assert lock is not None
    assert lock.process is not None
    assert lock.process.host == {"python": "3.11"}


def test__environment_schema__an_overlay__needs_to_say_nothing_but_may_not_say_it_wrongly() -> None:
    schema = environment_schema()
    good = {"schema": "backfit/environment/v1", "extends": "../base", "system": {"new": {"pip": "x"}}, "browser": None}
    jsonschema.validate(good, schema)
    for bad in ({**good, "browsr": None}, {**good, "system": {"neww": {}}}, {"schema": "backfit/environment/v1"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def test__lock_schema__of_a_lock__accepts_it_and_refuses_a_typo() -> None:
    schema = lock_schema()
    jsonschema.validate({"schema": "backfit/lock/v1", "docker": {"host": {"os": "debian:bookworm"}}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "backfit/lock/v1", "docker": {"hosts": {}}}, schema)


def test__environment_schema__of_a_good_file__accepts_it_and_refuses_a_typo(write: Write) -> None:
    from ruamel.yaml import YAML

    schema = json.loads(json.dumps(environment_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    value = YAML(typ="safe").load(write().path.read_text())
    jsonschema.validate(value, schema)
    value["host"]["timezon"] = "UTC"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema)


def test__environment_schema__every_key__is_described() -> None:
    schema = environment_schema()
    parts = {"": schema, **schema["$defs"]}
    bare = [
        f"{part}.{key}"
        for part, each in parts.items()
        for key, it in each["properties"].items()
        if "description" not in it
    ]
    assert not bare
