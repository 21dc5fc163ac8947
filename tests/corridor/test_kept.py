from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from harness.changes.study import study
from harness.corridor.going import Going
from harness.corridor.kept import with_hand_work
from harness.model.errors import BadFile
from harness.redaction.workspace import redactor_of
from harness.shims.document import Shim
from harness.shims.learn import shim_from
from harness.shims.yaml_file import read_shim
from tests.shims.answers import recording

OLD = recording(*((f"GET /a?n={at}", {"id": at, "unit": "kg"}) for at in range(5)))
NEW = recording(*((f"GET /a?n={at}", {"id": at}) for at in range(5)))


def checked(tmp_path: Path) -> tuple[Shim, list[str]]:
    told: list[str] = []
    (tmp_path / "run").mkdir(exist_ok=True)
    going = SimpleNamespace(
        environment=SimpleNamespace(plugin=SimpleNamespace(name="@a/plugin")),
        folder=tmp_path / "run",
        versions={"old": "1", "new": "2"},
        tell=told.append,
        redactor=redactor_of(tmp_path),
    )
    found = study(OLD, NEW)
    learned = shim_from(found, system="x", old="1", new="2")
    return with_hand_work(cast(Going, going), tmp_path, found, OLD, learned), told


def test__hand_work__in_the_workspaces_file__is_in_the_runs_shim(tmp_path: Path) -> None:
    shim, told = checked(tmp_path)
    assert (told, [each.required for each in shim.entries[0].lost]) == ([], [True])
    kept = tmp_path / "shims" / "@a-plugin" / "1..2.shim.yaml"
    kept.parent.mkdir(parents=True)
    text = (tmp_path / "run" / "1..2.shim.yaml").read_text()
    kept.write_text(text.replace("required: true}", "required: true, then: null}  # nothing shows it"))
    shim, told = checked(tmp_path)
    assert told == [f"what is written by hand in {kept} stands"]
    assert [each.then for each in shim.entries[0].lost] == [None]
    assert "# nothing shows it" in (tmp_path / "run" / "1..2.shim.yaml").read_text()
    assert read_shim(tmp_path / "run" / "1..2.shim.yaml").entries[0].lost == shim.entries[0].lost


def test__hand_work__in_a_file_of_another_upgrade__is_refused(tmp_path: Path) -> None:
    checked(tmp_path)
    kept = tmp_path / "shims" / "@a-plugin" / "1..2.shim.yaml"
    kept.parent.mkdir(parents=True)
    kept.write_text("schema: backfit/shim/v1\nsystem: {name: x, old: '0', new: '2'}\n")
    with pytest.raises(BadFile, match="for another upgrade: its old is '0', not '1'"):
        checked(tmp_path)
