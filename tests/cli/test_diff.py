from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.gate.ignore_file import FILE_NAME
from tests.cli.conftest import Backfit
from tests.contract.documents import contract
from tests.contract.documents import reads as contract_reads

ROWS = "GET /shop/rows.json"


def findings(backfit: Backfit, *options: str) -> dict[str, dict[str, object]]:
    """What a diff of the two recordings finds, by path."""
    found = json.loads(backfit("diff", "old.har", "new.har", "--format", "json", *options).out)["findings"]
    return {each["path"]: each for each in found}


def reads(*places: str) -> str:
    """A reads file for the recordings' only operation."""
    file = Path("widget.reads.yaml")
    file.write_text(f"schema: backfit/reads/v1\noperations:\n  {ROWS}: {json.dumps(places)}\n")
    return str(file)


def ignore(*entries: str, name: str = FILE_NAME) -> str:
    """An ignore file."""
    Path(name).write_text("schema: backfit/ignore/v1\naccepted:\n" + "".join(f"- {{{each}}}\n" for each in entries))
    return name


def test__diff__two_recordings__names_changes_once_and_exits_with_1(backfit: Backfit, hars: Path) -> None:
    result = backfit("diff", "old.har", "new.har")
    assert result.code == 1
    assert result.out.count("rows of lists became objects") == 1
    assert "… reading" in result.err
    assert "reading" not in result.out


def test__diff__as_json__is_json_alone(backfit: Backfit, hars: Path) -> None:
    assert {"$.rows[*]", "$.columns", "$.ok"} <= set(findings(backfit))


def test__diff__of_equal_recordings__exits_with_0(backfit: Backfit, hars: Path) -> None:
    assert backfit("diff", "old.har", "old.har").code == 0


def test__diff__with_a_second_run__takes_what_varies_for_noise(backfit: Backfit, hars: Path) -> None:
    text = (hars / "old.har").read_text()
    (hars / "again.har").write_text(text.replace('\\"q_ms\\":', '\\"q_ms\\":1'))
    assert (
        backfit("diff", "old.har", "again.har").out
        != backfit("diff", "old.har", "again.har", "--old-again", "again.har").out
    )


@pytest.mark.parametrize("name", ["old.har", "new.har"])
def test__diff__without_one_of_them__exits_with_2(backfit: Backfit, hars: Path, name: str) -> None:
    (hars / name).unlink()
    result = backfit("diff", "old.har", "new.har")
    assert (result.code, result.out) == (2, "")
    assert f"{name}: cannot be read: No such file or directory" in result.err


def test__diff__with_reads__breaks_what_the_plugin_reads_only(backfit: Backfit, hars: Path) -> None:
    found = findings(backfit, "--reads", reads("$.rows[*][1]", "$.q_ms"))
    assert (found["$.rows[*]"]["level"], found["$.columns"]["level"]) == ("break", "risk")
    assert found["$.rows[*]"]["reason"] == "the plugin reads $.rows[*][1] (widget.reads.yaml)"
    assert found["$.columns"]["reason"] == "not read by the plugin, as widget.reads.yaml says"


@pytest.mark.parametrize(
    ("places", "fail_on", "code"),
    [
        (["$.rows"], "break", 0),
        (["$.rows"], "risk", 1),
        (["$.rows[*]"], "break", 1),
        (["$.rows[*]"], "never", 0),
        (["$.other"], "break", 0),
    ],
)
def test__diff__from_the_level_that_is_asked_for__exits_with_1(
    backfit: Backfit, hars: Path, places: list[str], fail_on: str, code: int
) -> None:
    assert backfit("diff", "old.har", "new.har", "--reads", reads(*places), "--fail-on", fail_on).code == code


def test__diff__what_the_reads_do_not_decide__asks(backfit: Backfit, hars: Path) -> None:
    assert findings(backfit, "--reads", reads("$.rows"))["$.rows[*]"]["question"] == (
        "does the plugin look at $.rows[*] inside $.rows?"
    )


def test__diff__several_formats__go_to_their_files_and_text_to_the_terminal(backfit: Backfit, hars: Path) -> None:
    result = backfit(
        "diff", "old.har", "new.har", *(f"--format={name}={name}.out" for name in ("json", "sarif", "junit"))
    )
    assert "rows of lists became objects" in result.out
    assert json.loads(Path("json.out").read_text())["schema"] == "backfit/diff/v1"
    assert json.loads(Path("sarif.out").read_text())["version"] == "2.1.0"
    assert "<testsuite" in Path("junit.out").read_text()


def test__diff__one_format_for_the_terminal__takes_the_place_of_text(backfit: Backfit, hars: Path) -> None:
    result = backfit("diff", "old.har", "new.har", "--format", "json", "--format", "text=report.txt")
    assert json.loads(result.out)["findings"]
    assert "rows of lists became objects" in Path("report.txt").read_text()


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (["jsn"], "there is no format 'jsn'"),
        (["json="], "--format json= names no file"),
        (["json", "sarif"], "json and sarif cannot both go to the terminal"),
        (["json=a", "sarif=./a"], "two formats go to one file"),
        (["json=missing/a"], "missing/a: cannot be written"),
    ],
)
def test__diff__formats_that_cannot_be__exit_with_2(
    backfit: Backfit, hars: Path, formats: list[str], said: str
) -> None:
    result = backfit("diff", "old.har", "new.har", *(f"--format={each}" for each in formats))
    assert result.code == 2
    assert said in result.err


@pytest.mark.parametrize("options", [[], ["--ignore", "other.yaml"]])
def test__diff__an_accepted_change__fails_nothing_and_is_listed(
    backfit: Backfit, hars: Path, options: list[str]
) -> None:
    breaks = [path for path, each in findings(backfit).items() if each["level"] == "break"]
    fingerprints = {path: each["fingerprint"] for path, each in findings(backfit).items()}
    ignore(
        *(f"fingerprint: {fingerprints[path]}, reason: seen, owner: ana" for path in breaks),
        name=options[1] if options else FILE_NAME,
    )
    result = backfit("diff", "old.har", "new.har", "--format", "json", *options)
    said = json.loads(result.out)
    assert result.code == 0
    assert {(each["change"]["path"], each["reason"], each["owner"]) for each in said["accepted"]} == {
        (path, "seen", "ana") for path in breaks
    }
    assert backfit("diff", "old.har", "new.har", "--no-ignore").code == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("path: $.nothing, reason: r", "the entry accepts nothing: r"),
        ("path: $.columns, reason: r, expires: 2020-01-01", "the entry expired on 2020-01-01"),
        ("path: '$.rows[*]', reason: r", "$.rows[*] would hide whatever happens to $.rows"),
        ("path: $.columns", "the entry has no reason"),
    ],
)
def test__diff__an_ignore_file_that_is_wrong__exits_with_2(backfit: Backfit, hars: Path, entry: str, said: str) -> None:
    ignore(entry)
    result = backfit("diff", "old.har", "new.har", "--fail-on", "never")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-2].startswith(f"backfit: {FILE_NAME}:3: {said}")
    assert backfit("diff", "old.har", "new.har", "--fail-on", "never", "--no-ignore").code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--ignore", "missing.yaml"],
        ["--ignore", "missing.yaml", "--no-ignore"],
        ["--reads", "missing.yaml"],
        ["--fail-on", "info"],
        ["--template", "rows"],
    ],
)
def test__diff__options_that_cannot_be__exit_with_2(backfit: Backfit, hars: Path, options: list[str]) -> None:
    result = backfit("diff", "old.har", "old.har", *options)
    assert (result.code, result.out) == (2, "")
    assert "internal error" not in result.err


def test__diff__with_a_template__names_the_operation_by_it(backfit: Backfit, hars: Path) -> None:
    found = findings(backfit, "--template", "/{database}/rows.json")
    assert {each["operation"] for each in found.values()} == {"GET /{database}/rows.json"}


def kept(*places: str, plugin: str = "widget") -> None:
    """A contract in the workspace of a plugin that reads these places."""
    folder = Path("contracts", plugin)
    folder.mkdir(parents=True)
    contract(folder, {ROWS: contract_reads(*places)}, "contract.openapi.json", plugin)


@pytest.mark.parametrize(
    "options", [[], ["--contract", "widget"], ["--reads", "contracts/widget/contract.openapi.json"]]
)
def test__diff__with_a_contract__breaks_what_was_seen_to_be_read(
    backfit: Backfit, hars: Path, options: list[str]
) -> None:
    kept("$.rows", "$.rows[*]")
    found = findings(backfit, *options)
    assert (found["$.rows[*]"]["level"], found["$.columns"]["level"]) == ("break", "info")
    assert found["$.rows[*]"]["reason"] == "the plugin reads $.rows[*]"
    source = "contracts/widget/contract.openapi.json"
    assert found["$.columns"]["reason"] == f"not read by the plugin, as {source} shows"


def test__diff__a_contract_that_it_chose__is_said_in_one_line(backfit: Backfit, hars: Path) -> None:
    kept("$.rows", "$.rows[*]")
    said = "judged by what widget reads: contracts/widget/contract.openapi.json has all of these calls"
    assert said in " ".join(backfit("diff", "old.har", "new.har").out.split())
    assert findings(backfit, "--no-contract")["$.columns"]["level"] == "break"
    assert "judged by" not in backfit("diff", "old.har", "new.har", "--no-contract").out
    kept("$.columns", plugin="other")
    assert "choose one with --contract" in " ".join(backfit("diff", "old.har", "new.har").out.split())
    assert findings(backfit)["$.columns"]["level"] == "break"


def test__diff__what_is_not_read__is_one_line(backfit: Backfit, hars: Path) -> None:
    kept("$.rows", "$.rows[*]")
    told = backfit("diff", "old.har", "new.har").out
    assert ": none of them read by the plugin" in " ".join(told.split())
    assert "$.q_ms, $.columns" in told


def test__diff__a_file_written_by_hand__goes_before_the_contract(backfit: Backfit, hars: Path) -> None:
    kept("$.rows", "$.rows[*]")
    found = findings(backfit, "--reads", reads("$.columns"))
    assert (found["$.columns"]["level"], found["$.rows[*]"]["level"]) == ("break", "risk")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--contract", "wigdet"], "did you mean 'widget'?"),
        (["--contract", "widget", "--no-contract"], "--contract and --no-contract say opposite things"),
        (["--contract", "old.har"], "this is no contract"),
    ],
)
def test__diff__a_contract_that_cannot_be__exits_with_2(
    backfit: Backfit, hars: Path, options: list[str], said: str
) -> None:
    kept("$.rows")
    result = backfit("diff", "old.har", "new.har", *options)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
