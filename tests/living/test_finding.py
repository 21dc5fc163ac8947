from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments import Environment
from harness.environments.spec import SideSpec
from harness.living.finding import asked_version, each_of, files, path_of
from harness.model.errors import BackfitError, BadFile
from tests.living.home import write_home


def test__each_of__a_workspace__gives_environments_and_what_is_wrong(tmp_path: Path) -> None:
    write_home(tmp_path)
    write_home(tmp_path, {"customer: Tiny": "custom: Tiny"}, name="bad")
    (tmp_path / "environments/tiny/reads.yaml").write_text("schema: backfit/reads/v1")
    found = dict(each_of(tmp_path))
    assert [str(file.relative_to(tmp_path)) for file in found] == [
        "environments/bad/environment.yaml",
        "environments/tiny/environment.yaml",
    ]
    bad, good = found.values()
    assert isinstance(bad, BackfitError)
    assert isinstance(good, Environment)


def test__files__where_there_is_no_workspace__are_none(tmp_path: Path) -> None:
    assert files(tmp_path) == []


def test__path_of__a_path_or_a_name__is_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_home(tmp_path)
    beta = folder / "beta.yaml"
    beta.write_text((folder / "environment.yaml").read_text())
    monkeypatch.chdir(tmp_path)
    here = Path()
    assert path_of("environments/tiny", here) == Path("environments/tiny")
    assert path_of("tiny", here) == Path("environments/tiny/environment.yaml")
    assert path_of("tiny-beta", here) == Path("environments/tiny/beta.yaml")
    with pytest.raises(BadFile) as raised:
        path_of("tinny", here)
    assert "did you mean 'tiny'?" in str(raised.value)


@pytest.mark.parametrize(
    ("spec", "version"),
    [
        ({"pip": ["x==1", "shop==0.64.8"]}, "0.64.8"),
        ({"pip": ["shop>=2"]}, "shop>=2"),
        ({"npm": ["shop@0.17.4"]}, "0.17.4"),
        ({"npm": ["@scope/tool@1.0.0-beta.3"]}, "1.0.0-beta.3"),
        ({"npm": ["@scope/tool"]}, "@scope/tool"),
        ({"image": "shop:1.2"}, "shop:1.2"),
        ({"pip": []}, ""),
    ],
)
def test__asked_version__of_a_side__is_what_its_file_says(spec: dict[str, object], version: str) -> None:
    assert asked_version("shop", SideSpec.model_validate(spec)) == version
