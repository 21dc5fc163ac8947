from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.model.errors import BadFile, EnvironmentFailed
from harness.redaction.key import FILE, VARIABLE, workspace_key


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test__workspace_key__of_a_new_workspace__is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: workspace_key(tmp_path), range(16)))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / FILE).parent.iterdir()] == [FILE.name]


def test__workspace_key__given_otherwise__goes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = workspace_key(tmp_path)
    monkeypatch.setenv(VARIABLE, "a key of a whole team")
    assert workspace_key(tmp_path) == b"a key of a whole team"
    (tmp_path / "k").write_text("a key that is in a file\n")
    assert workspace_key(tmp_path, tmp_path / "k") == b"a key that is in a file"
    assert own != workspace_key(tmp_path)


@pytest.mark.parametrize("content", [b"short", b"", b"\xff" * 32])
def test__workspace_key__that_is_none__is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k").write_bytes(content)
    with pytest.raises(BadFile):
        workspace_key(tmp_path, tmp_path / "k")


def test__workspace_key__that_is_not_there__is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        workspace_key(tmp_path, tmp_path / "none")
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(BadFile, match="too short"):
        workspace_key(tmp_path)


def test__workspace_key__where_none_can_be_made__says_so(tmp_path: Path) -> None:
    (tmp_path / ".backfit").write_text("a file, not a folder")
    with pytest.raises(EnvironmentFailed, match="no key can be made"):
        workspace_key(tmp_path)
