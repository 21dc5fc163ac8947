"""What tests/conftest.py and the pytest settings promise, tried on small test runs of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SKIPPED = {
    "mark": "@pytest.mark.skip(reason='because')\ndef test_it(): pass",
    "condition": "@pytest.mark.skipif(True, reason='because')\ndef test_it(): pass",
    "call": "def test_it(): pytest.skip('because')",
    "fixture": "@pytest.fixture\ndef it(): pytest.skip('because')\ndef test_it(it): pass",
    "module": "pytest.skip('because', allow_module_level=True)",
    "missing import": "pytest.importorskip('no_such_module', reason='because')",
    "unittest": "import unittest\nclass It(unittest.TestCase):\n    def test_it(self): self.skipTest('because')",
    "no parameters": "@pytest.mark.parametrize('because', [])\ndef test_it(because): pass",
    "xfail that does not run": "@pytest.mark.xfail(run=False, reason='because')\ndef test_it(): pass",
}


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Runs a test file under this repository's conftest and settings."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest((ROOT / "tests/conftest.py").read_text())
    (pytester.path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())

    def run(source: str, *options: str) -> pytest.RunResult:
        return pytester.runpytest(pytester.makepyfile(f"import pytest\n{source}"), *options)

    return run


def test__skip__outside_ci__is_no_failure(run) -> None:
    assert run(SKIPPED["mark"]).ret == pytest.ExitCode.OK


@pytest.mark.parametrize("source", SKIPPED.values(), ids=SKIPPED)
def test__skip__with_ci_true__fails_and_says_why(run, monkeypatch, source) -> None:
    monkeypatch.setenv("CI", "true")
    result = run(source)
    assert result.ret in {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
    result.stdout.fnmatch_lines("*CI=true allows no skipped test; this one says: *because*")


def test__skip__with_ci_true_in_several_workers__fails(run, monkeypatch) -> None:
    monkeypatch.setenv("CI", "true")
    run(SKIPPED["mark"], "-n", "2").assert_outcomes(errors=1)


def test__expected_failure_that_ran__with_ci_true__is_no_failure(run, monkeypatch) -> None:
    monkeypatch.setenv("CI", "true")
    run("@pytest.mark.xfail\ndef test_it(): assert False").assert_outcomes(xfailed=1)


@pytest.mark.parametrize("marker", ["compose", "docker", "browser", "npm"])
def test__needed_thing__when_missing__skips_with_a_reason_at_the_end(run, monkeypatch, tmp_path, marker) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    monkeypatch.delenv("BACKFIT_BROWSER", raising=False)
    for name in ("PATH", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    result = run(f"@pytest.mark.{marker}\ndef test_it(): assert False")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines("SKIPPED*no *")


@pytest.mark.parametrize(
    "source",
    [
        "@pytest.mark.dokcer\ndef test_it(): pass",
        "@pytest.mark.xfail\ndef test_it(): pass",
        "import warnings\ndef test_it(): warnings.warn('old')",
    ],
    ids=["unknown marker", "unexpected success", "warning"],
)
def test__settings__careless_test__fails(run, source) -> None:
    assert run(source).ret in {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
