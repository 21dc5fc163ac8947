"""Texts that say by their form what they are: e-mail addresses, JWTs, private keys, and tokens with their issuer's mark."""

from __future__ import annotations

import re

from harness.redaction.words import words

EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9_%+][A-Za-z0-9._%+-]{0,63}+)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[A-Za-z]{2,24})(?![A-Za-z0-9@-])"
)
"""Group 1 is the name, group 2 the domain."""

NO_DOMAINS = words(
    "css dll exe gif html ico jpeg jpg js json less map md mjs png py rs scss sh so svg ts txt vue webp woff"
)
"""What `icon@2x.png` ends in."""

JWT = re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{6,}+\.[A-Za-z0-9_-]{4,}+\.[A-Za-z0-9_-]*+")
"""RFC 7519, 3: three parts, the first of which is a JSON object in base64url."""

PRIVATE_KEY = re.compile(
    r"(-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----)(.*?)(-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
"""RFC 7468, 4 and 10; group 2 is what is secret of it. One that was cut off counts up to the end."""

NUMBERS = re.compile(r"[0-9][0-9 ()./-]{6,}")
"""Where cards' and phones' numbers may be, less what stands before and behind: quick to find, for it begins with a digit."""

PHONE = re.compile(
    r"(?<![\w.+/-])(?:\+[1-9][0-9]{0,2}(?=[ .\-(/0-9])[ .-]?(?:\(0?[0-9]{1,4}\)[ .-]?)?[0-9]{1,5}(?:[ .\-/]?[0-9]{2,5}){1,5}"
    r"|\([0-9]{3}\)[ -]?[0-9]{3}-[0-9]{4}"
    r"|[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}|[2-9][0-9]{2}\.[2-9][0-9]{2}\.[0-9]{4})(?![\w-]|\.[0-9])"
)
"""International as in ITU-T E.123, and the national form of North America."""

_NOT_IN_AN_IBAN = "".join(f"(?<![A-Z]{{2}}[0-9]{{2}} {'[0-9]{4} ' * groups})" for groups in range(4))
CARD = re.compile(
    _NOT_IN_AN_IBAN
    + r"(?<![\w.+-])(?:[2-6][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}|3[0-9]{3}([ -])[0-9]{6}\2[0-9]{4,5}|[2-6][0-9]{12,18})"
    r"(?![\w-]|\.[0-9])"
)
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
"""What may be one; its check digits decide."""

_MARKS = {
    "GitHub": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "GitLab": ("glpat-", "gldt-", "glrt-", "glptt-", "glsoat-"),
    "registries": ("npm_", "pypi-", "dckr_pat_", "rubygems_"),
    "payments": (
        "sk_live_",
        "sk_test_",
        "rk_live_",
        "rk_test_",
        "whsec_",
        "sq0atp-",
        "sq0csp-",
        "shpat_",
        "shpss_",
        "shpca_",
    ),
    "Slack": ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.xoxp-", "xapp-"),
    "Google": ("AIza", "ya29.", "GOCSPX-", "1//0"),
    "clouds": ("dop_v1_", "doo_v1_", "dor_v1_", "hvs.", "hvb.", "atlasv1.", "NRAK-", "SG.", "AKIA", "ASIA"),
    "models": ("sk-ant-", "sk-proj-", "sk-", "hf_", "r8_"),
    "tools": ("lin_api_", "ntn_", "glsa_", "sntrys_", "sbp_", "figd_", "PMAK-", "ATATT3", "ATCTT3", "AGE-SECRET-KEY-1"),
}
"""How tokens begin, by who issues them; their issuers document it so that they can be found."""

_PREFIX = re.compile(
    "|".join(map(re.escape, sorted((mark for marks in _MARKS.values() for mark in marks), key=len, reverse=True)))
)
_COUNTRY = re.compile(r"\+[1-9][0-9]{0,2}(?=[ .\-(/])|\+[1-9][0-9](?=[0-9]{6,13}$)")
_REST = re.compile(
    r"(?=[^A-Za-z]*[A-Za-z])(?=[^0-9]*[0-9]|[^a-z]*[a-z][^A-Z]*[A-Z]|[^A-Z]*[A-Z]+[^A-Z]+[A-Z])"
    r"[A-Za-z0-9_.~+/=-]{16,}"
)
_AWS_REST = re.compile(r"[A-Z2-7]{16}")
_TELEGRAM = re.compile(r"[0-9]{8,10}:[A-Za-z0-9_-]{35}")


def prefix_of(text: str) -> str:
    """The issuer's mark that a token begins with, or a phone number's country, else "": it stays, for it says what this is."""
    if country := _COUNTRY.match(text):
        return country[0]
    found = _PREFIX.match(text)
    return found[0] if found and len(text) - found.end() >= 12 else ""


def is_marked_token(text: str) -> bool:
    """Whether a text without white space is a token with its issuer's mark."""
    mark = prefix_of(text)
    if not mark:
        return _TELEGRAM.fullmatch(text) is not None
    return (_AWS_REST if mark in ("AKIA", "ASIA") else _REST).fullmatch(text, len(mark)) is not None
