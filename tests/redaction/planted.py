"""A hundred different secrets and what a stranger's traffic hides them in; `left` finds them again in whatever writing."""

from __future__ import annotations

import base64
import html
import json
import random
import string
from urllib.parse import quote, quote_plus

from harness.model.exchange import Exchange, Headers, Recording, Request, Response
from harness.model.json_text import Json
from harness.redaction.numbers import iban_check, luhn

ALNUM = string.ascii_letters + string.digits
BASE = "http://shop.invalid"
NEWLINE = "\r\n"


class Garden:
    """Makes secrets, each another, and keeps them all."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self.secrets: list[str] = []

    def _planted(self, secret: str) -> str:
        assert secret not in self.secrets
        self.secrets.append(secret)
        return secret

    def _any(self, alphabet: str, length: int) -> str:
        return "".join(self._random.choices(alphabet, k=length))

    def token(self, length: int = 32) -> str:
        return self._planted(self._any(ALNUM, length))

    def hexadecimal(self, length: int = 40) -> str:
        return self._planted(self._any("0123456789abcdef", length))

    def password(self) -> str:
        return self._planted(
            f"{self._any(string.ascii_lowercase, 5)}-{self._any(ALNUM, 3)}!{self._any(string.digits, 3)}"
        )

    def digits(self, length: int = 9) -> str:
        return self._planted(str(self._random.randrange(10 ** (length - 1), 10**length)))

    def email(self) -> str:
        return self._planted(
            f"{self._any(string.ascii_lowercase, 6)}.{self._any(string.ascii_lowercase, 5)}@example.com"
        )

    def phone(self) -> str:
        return self._planted(f"+49 {self._any('1234567', 3)} {self._any(string.digits, 8)}")

    def card(self) -> str:
        digits = f"4{self._any(string.digits, 14)}"
        return self._planted(digits + luhn(digits))

    def iban(self) -> str:
        account = self._any(string.digits, 18)
        return self._planted(f"DE{iban_check('DE', account)}{account}")

    def marked(self, mark: str, alphabet: str = ALNUM, length: int = 36) -> str:
        return self._planted(mark + self._any(alphabet, length))

    def private_key(self) -> str:
        lines = [self._planted(self._any(ALNUM, 64)) for _ in range(2)]
        return "\n".join(["-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----", ""])

    def jwt(self) -> str:
        """Its claims are secrets, and so is its signature."""
        claims = {"sub": self.email(), "jti": self.token(16), "iss": BASE, "iat": 1_700_000_000, "exp": 1_900_000_000}
        parts = [_part({"alg": "HS256", "typ": "JWT"}), _part(claims)]
        return ".".join([*parts, self._planted(self._any(ALNUM, 43))])


def _part(value: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def encoded(text: str) -> str:
    return quote(text, safe="")


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def exchanges(garden: Garden) -> list[Exchange]:
    """A hundred and more secrets in headers, URLs, bodies and messages of every kind."""
    g = garden
    login = g.token()
    jsonish = {
        "user": {
            "password": g.password(),
            "email": g.email(),
            "mobile": g.phone(),
            "pin": int(g.digits()),
            "cards": [{"card_number": g.card()}],
        },
        "clientSecret": g.token(24),
        "access_token": login,
        "refreshToken": g.token(48),
        "apiKeys": [{"name": "API_KEY", "value": g.token(20)}, {"key": "db-password", "value": g.password()}],
        "account": {"iban": g.iban(), "note": f"paid with {g.card()} by {g.email()}, call {g.phone()}"},
        "pem": g.private_key(),
        "comment": g.token(40),
        "tokens": {
            "ci": g.marked("ghp_"),
            "chat": g.marked("xoxb-"),
            "pay": g.marked("sk_live_", length=24),
            "git": g.marked("glpat-", length=20),
        },
        "cloud": g.marked("AKIA", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
        "nested": json.dumps({"secret": g.token(20), "deeper": json.dumps({"session_id": g.hexadecimal(32)})}),
        "packed": packed(json.dumps({"password": g.password(), "who": g.email()})),
        "jwt_in_text": f"use {g.jwt()} today",
        "by": {g.email(): {"seen": True}},
        "callback": f"https://{g.token(8)}:{g.token(12)}@hooks.invalid/in?signature={g.hexadecimal(64)}",
        "passphrase": g.password(),
        "ssn": int(g.digits()),
    }
    url = f"{BASE}/login?api_key={g.token()}&email={encoded(g.email())}&password={encoded(g.password())}&state={g.token()}"
    url += f"&filter={encoded(json.dumps({'token': g.token(20)}))}"
    url += f"&next={encoded(encoded(f'/in?access_token={g.token(20)}'))}"
    asked: Headers = (
        ("Authorization", f"Bearer {g.token()}"),
        ("Proxy-Authorization", f"Basic {packed(f'{g.token(10)}:{g.password()}')}"),
        ("Cookie", f"theme=dark; sid={g.token()}; remember={g.hexadecimal()}; cart={encoded(g.password())}"),
        ("X-Api-Key", g.token(20)),
        ("X-Auth-Token", g.hexadecimal(32)),
        ("X-CSRF-Token", g.token(24)),
        ("X-Amz-Security-Token", g.token(100)),
        ("Ocp-Apim-Subscription-Key", g.hexadecimal(32)),
        ("From", g.email()),
        ("Referer", f"{BASE}/reset/{g.token(24)}?token={g.token(16)}"),
    )
    answered: Headers = (
        ("Set-Cookie", f"session={g.token()}; Path=/; HttpOnly"),
        ("Set-Cookie", f'auth="{g.token(24)}"; Secure'),
        ("Location", f"/welcome?access_token={g.token(24)}#id_token={g.jwt()}"),
        ("X-Session-Id", g.hexadecimal(32)),
    )
    digest = f'Digest username="{g.token(8)}", realm="shop", nonce="{g.hexadecimal(32)}", uri="/", response="{g.hexadecimal(32)}"'
    key = g.marked("AKIA", "ABCDEFGHIJKLMNOP234567", 16)
    aws = f"AWS4-HMAC-SHA256 Credential={key}/20260302/eu/s3/aws4_request, Signature={g.hexadecimal(64)}"
    form = f"username=ana&password={quote_plus(g.password())}&csrf_token={g.token(24)}"
    form += f"&otp={g.digits()}&contact={quote_plus(g.email())}"
    parts = [
        ('form-data; name="password"', "", g.password()),
        ('form-data; name="profile"; filename="a.json"', "application/json", json.dumps({"apiKey": g.token(20)})),
        (
            'form-data; name="log"; filename="a.log"',
            "text/plain",
            f"2026-03-02 login token={g.token(16)} from {g.email()}\n",
        ),
        ('form-data; name="bin"; filename="a.bin"', "application/octet-stream", f"\x00\x01{login}\x02"),
    ]
    multipart = "".join(
        f"--XyZ\r\nContent-Disposition: {disposition}\r\n{kind and f'Content-Type: {kind}{NEWLINE}'}\r\n{text}\r\n"
        for disposition, kind, text in parts
    )
    page = (
        f'<form><input type="hidden" name="csrfmiddlewaretoken" value="{g.token()}">'
        f"<input value={g.token(12)} type=password></form>"
        f'<meta name="csrf-token" content="{g.token()}"><a href="/confirm?token={g.token(16)}&amp;x=1">{g.email()}</a>'
        f'<div data-api-key="{g.token(20)}" data-props="{html.escape(json.dumps({"authToken": g.token(20)}))}"></div>'
        f'<script>var config = {{apiKey: \'{g.marked("AIza", length=35)}\', "secret": "{g.token(16)}"}};</script>'
        f"<!-- {g.jwt()} -->"
        f"<p>{html.escape(g.password())} is not known here, {login} is</p>"
    )
    garden.secrets.pop(-1)  # a password that nothing marks as one is nobody's to find
    soap = f"<a:Envelope><wsse:Password Type='text'>{g.password()}</wsse:Password>"
    soap += f"<apiToken>{g.token(16)}</apiToken></a:Envelope>"
    events = f"event: a\ndata: {json.dumps({'token': g.token(16)})}\n\ndata: mail {g.email()}\n\n"
    lines = "".join(json.dumps({"n": at, "secret": g.token(16)}) + "\n" for at in range(2))
    messages = [
        {"type": "send", "time": 1.5, "opcode": 1, "data": json.dumps({"op": "auth", "token": g.token()})},
        {"type": "receive", "time": 1.6, "opcode": 1, "data": f"session={g.hexadecimal()};hello {g.email()}"},
        {"type": "send", "time": 1.7, "opcode": 2, "data": packed(json.dumps({"password": g.password()}))},
    ]
    graphql = {
        "query": "mutation L($password: String!) { login }",
        "variables": {"password": g.password(), "input": {"otp": g.digits()}},
    }
    text = f"Authorization: Bearer {g.token()}\ncurl -u x -H 'Cookie: sid={g.token(20)}' 'http://h/?sig={g.hexadecimal(64)}'\nPASSWORD={g.password()}\n"
    return [
        _exchange("GET", url, asked, answered, _json(jsonish)),
        _exchange("GET", f"{BASE}/a", (("Authorization", digest),), (), b"{}"),
        _exchange("GET", f"{BASE}/b", (("Authorization", aws),), (), b"{}"),
        _exchange(
            "POST", f"{BASE}/form", (("Content-Type", "application/x-www-form-urlencoded"),), (), b"{}", form.encode()
        ),
        _exchange(
            "POST",
            f"{BASE}/up",
            (("Content-Type", "multipart/form-data; boundary=XyZ"),),
            (),
            b"{}",
            (multipart + "--XyZ--\r\n").encode(),
        ),
        _exchange(
            "GET",
            f"{BASE}/token/{g.token(20)}/page;jsessionid={g.hexadecimal(32)}",
            (),
            (("Content-Type", "text/html; charset=utf-8"),),
            page.encode(),
        ),
        _exchange("POST", f"{BASE}/soap", (("Content-Type", "text/xml"),), (), b"", soap.encode()),
        _exchange("GET", f"{BASE}/events", (), (("Content-Type", "text/event-stream"),), events.encode()),
        _exchange("GET", f"{BASE}/lines", (), (("Content-Type", "application/x-ndjson"),), lines.encode()),
        _exchange("POST", f"{BASE}/graphql", (), (), b"{}", _json(graphql)),
        _exchange("GET", f"{BASE}/users/{encoded(g.email())}/{login}", (), (), f"you sent {login}".encode()),
        Exchange(
            Request("GET", f"{BASE}/ws"),
            None,
            error=f"refused: bad token {login}",
            meta={"messages": messages, "note": text},
        ),
        _exchange("GET", f"{BASE}/log", (), (("Content-Type", "text/plain"),), text.encode()),
    ]


def recording(garden: Garden) -> Recording:
    return Recording(tuple(exchanges(garden)))


def left(data: bytes, secrets: list[str]) -> list[str]:
    """The secrets that stand in `data`: plain, percent-encoded, escaped, or in base64 wherever it begins."""
    text = data.decode("utf-8", "replace").lower()
    return [secret for secret in secrets if any(way.lower() in text for way in _ways(secret))]


def _ways(secret: str) -> set[str]:
    plain = {secret, quote(secret, safe=""), quote_plus(secret), html.escape(secret), json.dumps(secret)[1:-1]}
    plain |= {quote(way, safe="") for way in plain}
    shifted = {packed("x" * shift + secret)[2 * shift : -4] for shift in range(3)} if len(secret) > 8 else set()
    return plain | shifted | {way.replace("+", "-").replace("/", "_") for way in shifted}


def _json(value: Json) -> bytes:
    return json.dumps(value).encode()


def _exchange(method: str, url: str, asked: Headers, answered: Headers, body: bytes, sent: bytes = b"") -> Exchange:
    kind: Headers = (
        () if any(name == "Content-Type" for name, _ in answered) else (("Content-Type", "application/json"),)
    )
    return Exchange(Request(method, url, asked, sent), Response(200, (*kind, *answered), body))
