"""What makes a base image the customer's machine: a user, the locale, packages, fonts, certificates, a clock to set."""

from __future__ import annotations

import re
from pathlib import Path

from harness.environments.recipe import Step
from harness.environments.spec import Environment, Host
from harness.model.errors import BadFile

USER = 10001
"""The user that system and plugin run as where the environment does not say."""
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
"""Where Debian keeps the certificates that are trusted, as one file."""

_FONTS = {"cjk": "fonts-noto-cjk", "arabic": "fonts-noto-core", "emoji": "fonts-noto-color-emoji"}
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_UNPACKED = ("sh", "-c", "apt-get clean && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log")


def user_of(host: Host) -> int:
    """The number of the user that system and plugin run as."""
    return host.user or USER


def host_steps(environment: Environment, *, fonts: bool = True) -> list[Step]:
    """The commands, run as root on the base image, that make it the customer's host; the system's goes without `fonts`.

    Raises BadFile where a file of `host.ca` holds no certificate.
    """
    host = environment.host
    return [
        _user(user_of(host)),
        *_locale(host.locale),
        *installing(debian_packages(host, fonts=fonts)),
        *trusting(environment),
    ]


def debian_packages(host: Host, *, fonts: bool = True) -> list[str]:
    """The Debian packages that the host asks for, each with =version where one is wanted."""
    named = [_FONTS.get(name, name) for name in host.fonts] if fonts else []
    clock = ["libfaketime"] if host.clock else []
    return sorted({*host.packages, *named, *clock})


def installing(packages: list[str]) -> list[Step]:
    """The commands that install Debian packages, and leave nothing else behind."""
    if not packages:
        return []
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    return [
        Step("apt-get update", ("apt-get", "update")),
        Step(f"apt-get install {' '.join(packages)}", install),
        Step("clearing apt's cache", _UNPACKED),
    ]


def certificates(environment: Environment) -> list[str]:
    """The certificates of `host.ca`, one text (PEM) each. Raises BadFile where a file holds none."""
    found = []
    for name in environment.host.ca:
        each = _CERTIFICATE.findall((environment.folder / name).read_text(encoding="utf-8", errors="replace"))
        if not each:
            hint = "write it as PEM: openssl x509 -inform der -in FILE -out FILE.pem"
            raise BadFile("there is no certificate in it", where=str(environment.folder / name), hint=hint)
        found += each
    return found


def trusting(environment: Environment) -> list[Step]:
    """The commands that make the machine trust `host.ca`: one file for each certificate, as update-ca-certificates wants."""
    texts = certificates(environment)
    folder, write = Path("/usr/local/share/ca-certificates"), 'printf "%s\\n" "$1" >"$0"'
    steps = [
        Step("adding a certificate", ("sh", "-c", write, str(folder / f"backfit-{number}.crt"), text))
        for number, text in enumerate(texts)
    ]
    return [*steps, Step("trusting the certificates", ("update-ca-certificates",))] if steps else []


def _user(number: int) -> Step:
    text = 'getent passwd "$0" >/dev/null || useradd --uid "$0" --no-create-home backfit'
    return Step("adding a user", ("sh", "-c", text, str(number)))


def _locale(locale: str) -> list[Step]:
    if locale.startswith(("C", "POSIX")):
        return []
    charset = re.search(r"\.([\w-]+)", locale)
    source = re.sub(r"\.[\w-]+", "", locale)
    argv = ("localedef", "-i", source, "-f", charset[1] if charset else "UTF-8", locale)
    return [Step(f"making the locale {locale}", argv)]
