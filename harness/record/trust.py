"""How plugins and browsers are made to trust the certificates that a recorder makes for itself."""

from __future__ import annotations

import ssl
from pathlib import Path

from requests.utils import DEFAULT_CA_BUNDLE_PATH

CA = "mitmproxy-ca-cert.pem"
"""The file that mitmproxy writes its CA's certificate to; what else is told of it stands beside."""

_BUNDLE, _SPKI = "bundle.pem", "spki"


def bundle(ca: Path) -> Path:
    """A file with the CAs of this machine and the recorder's, for variables that replace the machine's own (SSL_CERT_FILE).

    It stands beside `ca`, the `Reached.ca` of a recorder, and goes with it.
    """
    path = ca.with_name(_BUNDLE)
    if not path.exists():
        system = ssl.get_default_verify_paths().cafile or DEFAULT_CA_BUNDLE_PATH
        path.write_bytes(Path(system).read_bytes().rstrip() + b"\n" + ca.read_bytes())
    return path


def spki_hash(ca: Path) -> str:
    """What Chromium trusts by `--ignore-certificate-errors-spki-list=`: base64 of the SHA-256 of the CA's public key."""
    return ca.with_name(_SPKI).read_text(encoding="ascii")
