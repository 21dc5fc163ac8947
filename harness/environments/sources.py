"""Where packages come from on this machine: indexes, proxies and certificates, handed to what is built in a container.

They reach a build as variables and files of the building container only, and stay out of the image that is kept.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PIP_KEYS = (
    "index-url",
    "extra-index-url",
    "find-links",
    "no-index",
    "trusted-host",
    "proxy",
    "timeout",
    "default-timeout",
    "retries",
)
_PROXIES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
_CA_VARIABLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE")
_BUNDLE = "certificates.pem"
_NPMRC_LINE = re.compile(r"\s*((@[^:=]+:)?registry|//\S+|(https-|http-)?proxy|noproxy|strict-ssl)\s*=")
_LOOPBACK = re.compile(r"//([^/@]*@)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/]|$)")


@dataclass(frozen=True)
class Sources:
    """`variables` for pip and proxies, `npmrc` for npm, `certificates` (PEM text, "" when the system's own do), and
    `folders`, the package folders of this machine that the variables name."""

    variables: Mapping[str, str]
    npmrc: str
    certificates: str
    folders: tuple[Path, ...]

    @property
    def on_loopback(self) -> bool:
        """Whether something is only reached from this machine's own network."""
        return any(_LOOPBACK.search(text) for text in (*self.variables.values(), self.npmrc))

    def build_variables(self, folder: str) -> dict[str, str]:
        """All variables for a build whose files (`files`) lie in `folder`."""
        npm = {"NPM_CONFIG_USERCONFIG": f"{folder}/npmrc"} if self.npmrc else {}
        return {**self.variables, **npm, **self._trust(folder)}

    def files(self) -> dict[str, str]:
        """The files that build_variables names: file name -> text."""
        return {**self.certificate_file(), **({"npmrc": self.npmrc} if self.npmrc else {})}

    def dockerfile_arguments(self, folder: str) -> dict[str, str]:
        """Arguments for a Dockerfile whose certificate_file lies in `folder`. What a Dockerfile copies stays in the
        image, where the system could read it, so npm's settings are its registry alone, without tokens."""
        registries = re.findall(r"^\s*registry\s*=\s*(\S+)", self.npmrc, re.MULTILINE)
        npm = {"NPM_CONFIG_REGISTRY": registries[-1]} if registries else {}
        return {**self.variables, **npm, **self._trust(folder)}

    def certificate_file(self) -> dict[str, str]:
        """The bundle as a file: file name -> text; none where the system's own do."""
        return {_BUNDLE: self.certificates} if self.certificates else {}

    def _trust(self, folder: str) -> dict[str, str]:
        names = ("PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS") if self.certificates else ()
        return dict.fromkeys(names, f"{folder}/{_BUNDLE}")


def host_sources() -> Sources:
    """This machine's settings, read from pip's and npm's configuration and the environment."""
    pip = _pip_settings()
    proxies = {name: os.environ[name] for name in _PROXIES if name in os.environ}
    variables = proxies | {f"PIP_{key.upper().replace('-', '_')}": value for key, value in pip.items()}
    return Sources(variables, _npm_settings(), _certificates(), _local_folders(pip))


def _pip_settings() -> dict[str, str]:
    """pip's own view of its configuration; `global` is overridden by `install`, and both by the environment."""
    listing = _output([sys.executable, "-m", "pip", "config", "list"])
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        match = re.match(r"(global|install|:env:)\.([\w-]+)=(.+)", line)
        if match and match[2] in _PIP_KEYS:
            found[match[1]][match[2]] = " ".join(str(ast.literal_eval(match[3])).split())
    return found["global"] | found["install"] | found[":env:"]


def _npm_settings() -> str:
    """The lines of the user's and the machine's npmrc that say where packages come from, the nearest last."""
    if shutil.which("npm") is None:
        return ""
    files = [_output(["npm", "config", "get", name]).strip() for name in ("globalconfig", "userconfig")]
    texts = [Path(file).read_text() for file in files if Path(file).is_file()]
    lines = [line for text in texts for line in text.splitlines() if _NPMRC_LINE.match(line)]
    named = [f"registry={value}" for name, value in os.environ.items() if name.lower() == "npm_config_registry"]
    return "".join(f"{os.path.expandvars(line)}\n" for line in (*lines, *named))


def _certificates() -> str:
    """The bundle that the environment names, which a machine sets when it has certificates of its own."""
    named = (os.environ[name] for name in _CA_VARIABLES if os.environ.get(name))
    return next((Path(file).read_text() for file in named if Path(file).is_file()), "")


def _local_folders(pip: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders of this machine that pip reads; an index's pages name files beside it (../../files), so its parent."""
    indexes = _local_paths(f"{pip.get('index-url', '')} {pip.get('extra-index-url', '')}")
    roots = [path.parent if path.parent != Path("/") else path for path in indexes]
    return tuple(dict.fromkeys([*roots, *_local_paths(pip.get("find-links", ""))]))


def _local_paths(addresses: str) -> list[Path]:
    paths = [Path(word.removeprefix("file://")) for word in addresses.split()]
    return [path for path in paths if path.is_absolute() and path.exists()]


def _output(argv: list[str]) -> str:
    """What a settings command prints; one that fails (a Python without pip) has no settings to tell."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""
