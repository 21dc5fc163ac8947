"""What `Authorization` and cookies hold: the scheme, the names and the attributes stay, the rest is secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from harness.redaction.hiding import Hiding, Kind
from harness.redaction.looks import is_ordinary, is_plain, looks_secret, packed, unpacked
from harness.redaction.names import Says, says
from harness.redaction.words import words

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(\s+)(\S.*)", re.DOTALL)
_KNOWN_SCHEME = re.compile(
    r"(?:bearer|basic|digest|token|apikey|api-key|negotiate|ntlm|hawk|oauth|aws4-hmac-sha256|sharedkey)\s+\S",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"""([A-Za-z_][\w-]*)(\s*=\s*)("[^"]*"|[^\s,"]+)""")
_PUBLIC = words(
    "realm uri qop nc algorithm charset stale domain ts signedheaders oauth_version oauth_signature_method "
    "oauth_timestamp"
)
_ATTRIBUTES = words("expires max-age domain path secure httponly samesite priority partitioned")


def credentials(value: str, hiding: Hiding, why: str) -> str:
    """The value of `Authorization` (RFC 9110, 11.4), of whatever scheme, redacted."""
    found = _SCHEME.fullmatch(value)
    if found is None:
        return value if is_plain(value) else hiding.secret(value, Kind.CREDENTIAL, why)
    scheme, space, rest = found.groups()
    if scheme.lower() == "basic" and (pair := unpacked(rest)) is not None:
        return f"{scheme}{space}{packed(_user_and_password(pair, hiding, why), rest)}"
    if _PARAMETER.match(rest) and not rest.endswith("="):
        return f"{scheme}{space}{_PARAMETER.sub(lambda each: _parameter(each, hiding, why), rest)}"
    return f"{scheme}{space}{hiding.secret(rest, Kind.CREDENTIAL, why)}"


def has_scheme(value: str) -> bool:
    """Whether a value begins as that of `Authorization` mostly does."""
    return _KNOWN_SCHEME.match(value) is not None


def cookies(value: str, hiding: Hiding, why: str) -> str:
    """The value of `Cookie` (RFC 6265, 4.2), redacted."""
    if "=" not in value:
        return value if is_ordinary(value) else hiding.secret(value, Kind.COOKIE, why)
    return "".join(_pair(each, hiding, why) for each in re.split("(;)", value))


def set_cookie(value: str, hiding: Hiding, why: str) -> str:
    """The value of `Set-Cookie` (RFC 6265, 4.1), redacted."""
    first, semicolon, rest = value.partition(";")
    return _pair(first, hiding, why) + semicolon + rest


def userinfo(text: str, hiding: Hiding, why: str) -> str:
    """The name and the password before the @ of a URL, redacted."""
    return ":".join(part and hiding.secret(part, Kind.CREDENTIAL, why) for part in text.split(":", 1))


def _user_and_password(pair: str, hiding: Hiding, why: str) -> str:
    user, colon, password = pair.partition(":")
    return colon.join(
        part and hiding.secret(part, Kind.CREDENTIAL, why) for part in ((user, password) if colon else (user,))
    )


def _parameter(found: re.Match[str], hiding: Hiding, why: str) -> str:
    name, equals, value = found.groups()
    if name.lower() in _PUBLIC:
        return found[0]
    quote = '"' if value.startswith('"') else ""
    key, slash, scope = value.strip('"').partition("/") if name == "Credential" else (value.strip('"'), "", "")
    return f"{name}{equals}{quote}{key and hiding.secret(key, Kind.CREDENTIAL, why)}{slash}{scope}{quote}"


def _pair(text: str, hiding: Hiding, why: str) -> str:
    name, equals, value = text.partition("=")
    bare = name.strip()
    if not equals or bare.lower() in _ATTRIBUTES:
        return text
    if (rule := hiding.rules.named(bare)) is not None and rule.keep:
        hiding.keep(rule)
        return text
    inner, quoted = (value[1:-1], '"') if len(value) > 1 and value[0] == value[-1] == '"' else (value, "")
    said = says(bare)
    if rule is None and (is_plain if said is Says.SECRET else is_ordinary)(unquote(inner.strip())):
        return text
    alone = said not in (Says.SECRET, Says.MAYBE) and not looks_secret(inner)  # it may be the name of a time zone
    hidden = hiding.secret(inner, Kind.RULE if rule else Kind.COOKIE, why, rule, alone=alone)
    return f"{name}{equals}{quoted}{hidden}{quoted}"


def header_lines(text: str, hiding: Hiding) -> str:
    """`Authorization: …` and `Cookie: …` as logs, curl and HTTP messages write them, redacted."""
    return _LINE.sub(lambda found: "".join(_line(found, hiding)), text)


def _line(found: re.Match[str], hiding: Hiding) -> Iterator[str]:
    name, between, value = found.groups()
    kind = name.lower()
    end = len(value) if "cookie" in kind else _length_of_credentials(value)
    yield name + between + BY_HEADER[kind](value[:end], hiding, f"header {kind}") + value[end:]


def _length_of_credentials(value: str) -> int:
    """A scheme and one word, or parameters up to the end: in a log, more may follow on the line."""
    found = _SCHEME.fullmatch(value) if has_scheme(value) else None
    if found is None:
        return len(value.split(maxsplit=1)[0])
    return len(value) if _PARAMETER.match(found[3]) else found.start(3) + len(found[3].split(maxsplit=1)[0])


_QUOTE = r"""(?:\\*["']|&quot;)?"""
_LINE = re.compile(
    r"(?<![\w-])((?:proxy-)?authorization|cookie|set-cookie)"
    rf"({_QUOTE}\s?(?:=>|[:=]|,\s?{_QUOTE}value{_QUOTE}\s?:)\s?{_QUOTE})"
    r"""([^\s"'\\&,;][^\r\n"'\\&]*)""",
    re.IGNORECASE,
)
"""The third writing is a HAR's, `"name": "Cookie", "value": "…"`, where that is too damaged to be read as one."""

BY_HEADER: Mapping[str, Callable[[str, Hiding, str], str]] = {
    "authorization": credentials,
    "proxy-authorization": credentials,
    "x-authorization": credentials,
    "cookie": cookies,
    "set-cookie": set_cookie,
}
"""What redacts the value of a header, by its name in lower case."""
