from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.sources import Sources, host_sources

VARIABLES = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_CERT",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without settings of any kind."""
    for name in (
        *VARIABLES,
        "NODE_EXTRA_CA_CERTS",
        "CURL_CA_BUNDLE",
        "HTTP_PROXY",
        "http_proxy",
        "NPM_CONFIG_REGISTRY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(tmp_path / ".npmrc"))
    return tmp_path


def test__host_sources__pips_settings__come_from_file_and_environment(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "index" / "simple").mkdir(parents=True)
    (home / "links").mkdir()
    config = home / "pip.conf"
    extra = f"file://{home}/index/simple\n  file:///nonexistent/simple"
    config.write_text(
        f"[global]\nindex-url = https://me:pw@one/simple\nextra-index-url = {extra}\n[install]\ntimeout = 9\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    monkeypatch.setenv("PIP_FIND_LINKS", str(home / "links"))
    monkeypatch.setenv("PIP_TARGET", "/somewhere")
    found = host_sources()
    assert {name: found.variables[name] for name in found.variables if name.startswith("PIP")} == {
        "PIP_INDEX_URL": "https://me:pw@one/simple",
        "PIP_EXTRA_INDEX_URL": f"file://{home}/index/simple file:///nonexistent/simple",
        "PIP_FIND_LINKS": str(home / "links"),
        "PIP_TIMEOUT": "9",
    } | {name: value for name, value in found.variables.items() if name == "PIP_DEFAULT_TIMEOUT"}
    assert found.folders == (home / "index", home / "links")


@pytest.mark.npm
def test__host_sources__npms_settings__only_what_says_where_packages_are(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "t0")
    lines = [
        "registry=https://one/",
        "fund=false",
        "@a:registry=https://two/",
        "//two/:_authToken=${TOKEN}",
        "prefix=/x",
    ]
    (home / ".npmrc").write_text("\n".join(lines))
    found = host_sources()
    kept = "registry=https://one/\n@a:registry=https://two/\n//two/:_authToken=t0\n"
    assert found.npmrc.endswith(kept)
    assert "fund" not in found.npmrc
    assert found.build_variables("/b")["NPM_CONFIG_USERCONFIG"] == "/b/npmrc"


def test__host_sources__custom_certificates__are_handed_over(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "ca.pem").write_text("PEM")
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "ca.pem"))
    found = host_sources()
    assert found.files()["certificates.pem"] == "PEM"
    trusted = {name for name, value in found.build_variables("/b").items() if value == "/b/certificates.pem"}
    assert trusted == {"PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"}


def test__host_sources__no_certificates_of_its_own__hands_none_over(home: Path) -> None:
    found = host_sources()
    assert found.certificates == ""
    assert "PIP_CERT" not in found.build_variables("/b")


def test__dockerfile_arguments__of_npms_settings__hold_no_token() -> None:
    npmrc = "registry=https://one/\n@a:registry=https://two/\n//one/:_authToken=t0\nregistry = https://three/\n"
    found = Sources({"PIP_NO_INDEX": "1"}, npmrc, "PEM", ()).dockerfile_arguments("/b")
    trust = dict.fromkeys(("PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"), "/b/certificates.pem")
    assert found == {"PIP_NO_INDEX": "1", "NPM_CONFIG_REGISTRY": "https://three/", **trust}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://localhost:3141/simple", True),
        ("https://u:p@127.0.0.1/simple", True),
        ("http://[::1]:8080/", True),
        ("https://localhost.example.org/simple", False),
        ("https://index.example.org/127.0.0.1", False),
    ],
)
def test__on_loopback__index_of_this_machine__is_seen(address: str, expected: bool) -> None:
    assert Sources({"PIP_INDEX_URL": address}, "", "", ()).on_loopback is expected
    assert Sources({}, f"registry={address}\n", "", ()).on_loopback is expected
