"""The machine that a plugin sees: its environment variables. Nothing of ours is among them, for it may hold secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import harness
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.reads.programs import variables as tracking
from harness.record.setting import Reached, Setting
from harness.record.trust import bundle

_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PLAYWRIGHT_NODEJS_PATH")
_IN_SANDBOX = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_NODE_PROXY = Path(__file__).with_name("node_proxy.cjs")


def machine(setting: Setting, scratch: Path) -> dict[str, str]:
    """The variables of a process on the customer's machine; `scratch` is its temporary folder, and its home is in it.

    It carries the mark of this Backfit, so that it is found and ended where Backfit itself was killed.
    """
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    inherited = _inherited() if setting.sandbox is None else {"PATH": _IN_SANDBOX}
    node = {"NODE_PATH": str(setting.modules)} if setting.modules else {}
    return {
        **inherited,
        **node,
        "PATH": os.pathsep.join([*map(str, setting.path), inherited.get("PATH", os.defpath)]),
        "HOME": str(home),
        "TMPDIR": str(scratch),
        "LANG": setting.locale,
        "LC_ALL": setting.locale,
        "LANGUAGE": language(setting.locale).replace("-", "_"),
        "TZ": setting.timezone,
        "PYTHONDONTWRITEBYTECODE": "1",
        ENVIRONMENT_VARIABLE: current_owner().token,
    }


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}


def for_program(variables: Mapping[str, str], at: Reached, setting: Setting) -> dict[str, str]:
    """The variables with the machine's further ones, with what leads a program to the system, and what tracks what it reads."""
    own = {**variables, **setting.variables}
    found = {**own, **_proxied(at, own), **_trusting(at)}
    return {**found, **tracking(setting.reads, found)} if setting.reads else found


def files(at: Reached) -> list[Path]:
    """What of this machine a program needs to be led to the system and to be watched."""
    return [Path(harness.__path__[0]), *([at.ca, bundle(at.ca)] if at.ca else [])]


def _proxied(at: Reached, variables: Mapping[str, str]) -> dict[str, str]:
    """Both writings: curl heeds the small letters alone. Node.js heeds neither before 22.21, so it is taught to."""
    if at.proxy is None:
        return {}
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    said = {written: at.proxy for name in names for written in (name, name.lower())}
    options = f"{variables.get('NODE_OPTIONS', '')} --require={_quoted(_NODE_PROXY)}".strip()
    return {**said, "NO_PROXY": "", "no_proxy": "", "NODE_OPTIONS": options}


def _trusting(at: Reached) -> dict[str, str]:
    """The first three stand in place of the system's own certificates, the last one beside them."""
    if at.ca is None:
        return {}
    everything = str(bundle(at.ca))
    replacing = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    return {**dict.fromkeys(replacing, everything), "NODE_EXTRA_CA_CERTS": str(at.ca)}


def _quoted(path: Path) -> str:
    """As NODE_OPTIONS wants a path that may hold spaces."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def language(locale: str) -> str:
    """`en-GB` for `en_GB.UTF-8`."""
    name = locale.partition(".")[0].partition("@")[0]
    return "en-US" if name in ("", "C", "POSIX") else name.replace("_", "-")
