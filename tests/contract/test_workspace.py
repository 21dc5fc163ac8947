from __future__ import annotations

from pathlib import Path

import pytest

from harness.contract.workspace import contract_file, contract_files, folder_name
from harness.model.errors import UsageError


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("widget", "acme-chart", "empty"):
        (tmp_path / "contracts" / name).mkdir(parents=True)
    for name in ("widget", "acme-chart"):
        (tmp_path / "contracts" / name / "contract.openapi.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(("named", "plugin"), [("widget", "widget"), ("acme/chart", "acme-chart")])
def test__contract_file__of_a_plugin__is_the_one_of_its_folder(workspace: Path, named: str, plugin: str) -> None:
    assert contract_file(named, workspace) == workspace / "contracts" / plugin / "contract.openapi.json"


def test__contract_file__of_a_path__is_that_file(workspace: Path) -> None:
    file = workspace / "other.json"
    file.write_text("{}")
    assert contract_file(str(file), workspace) == file


@pytest.mark.parametrize(
    ("named", "hint"), [("wigdet", "did you mean 'widget'?"), ("empty", "known: acme-chart, widget")]
)
def test__contract_file__of_no_plugin__names_those_that_there_are(workspace: Path, named: str, hint: str) -> None:
    with pytest.raises(UsageError, match="there is no contract") as error:
        contract_file(named, workspace)
    assert hint in str(error.value)


def test__contract_file__in_an_empty_folder__says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        contract_file("widget", tmp_path)
    assert "this folder has no contracts/PLUGIN/contract.openapi.json" in str(error.value)


def test__contract_files__of_a_workspace__are_in_the_order_of_their_plugins(workspace: Path) -> None:
    assert [file.parent.name for file in contract_files(workspace)] == ["acme-chart", "widget"]


@pytest.mark.parametrize(("plugin", "name"), [("@acme/chart", "@acme-chart"), ("../up", "up"), ("...", "unnamed")])
def test__folder_name__of_a_plugin__stays_in_its_folder(plugin: str, name: str) -> None:
    assert folder_name(plugin) == name
