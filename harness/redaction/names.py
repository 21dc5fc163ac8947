"""What the name of a header, member, parameter, field or cookie says of its value."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from harness.redaction.words import words


class Says(Enum):
    """What a name says."""

    SECRET = auto()
    """The value is one, whatever it looks like: `password`, `access_token`, `x-api-key`."""
    MAYBE = auto()
    """The value is one if it looks like one: `key`, `session`, `signature`, `code`."""
    PHONE = auto()
    CARD = auto()
    RANDOM = auto()
    """The value may look random, and is no secret: `id`, `etag`, `sha256`, `cursor`, `nextPageToken`."""
    NOTHING = auto()


_SECRETS = words(
    "password passwords passwd passwort pwd passphrase passcode pass pw secret secrets credential credentials "
    "authorization bearer jwt apikey appkey accesskey secretkey privatekey authkey token sessionid sessid "
    "phpsessid jsessionid csrf xsrf otp totp pin cvv cvc cvv2 ssn pwhash mnemonic"
)
_SECRET_ENDS = (
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "token",
    "sessionid",
    "sessid",
    "credentials",
    "privatekey",
    "secretkey",
    "accesskey",
)
"""Of words in which names are written without anything between: `csrfmiddlewaretoken`."""

_KEYS = words(
    "api access secret private auth master encryption signing signature account service shared subscription "
    "storage ssh gpg functions function license licence write admin deploy integration webhook hmac jwt rsa "
    "session security crypt aes app consumer"
)
"""What makes a key a secret, standing before it."""

_MAYBE = words(
    "key keys auth session sess sid signature sig hmac mac code state ticket tgt cookie challenge verifier "
    "assertion samlresponse samlrequest relaystate nonce opaque invite invitation activation verification reset "
    "magic tokens salt authenticator seed cred creds login grant otac"
)
_PAGES = words("page next prev previous continuation cursor sync start end resume skip after before last first")
_WORDS_OF_MODELS = words(
    "bos eos pad unk mask stop special prompt completion input output total max min num count cached"
)
_ASIDE = words(
    "value values raw text string plain b64 base64 encoded header hash new old current confirm confirmation again "
    "repeat repeated"
)
"""What a name may have behind its word and still be that: `password_confirmation`, `token_value`."""

_ASKING = words("is has have show hide use uses no with without require requires needs enable allow min max")
"""How names begin that ask something about a secret: `has_password`."""

_RANDOM = words(
    "id ids uid guid uuid hash sha sha1 sha256 sha384 sha512 md5 crc32 digest etag checksum integrity fingerprint "
    "thumbprint rev revision commit version versions cursor image images thumbnail icon avatar photo picture logo "
    "file files filename path href src mappings build chunk chunks slug ref refs oid cid trace traceparent "
    "tracestate span request correlation idempotency etags blob"
)
_PHONES = words("phone phones telephone mobile tel fax msisdn cell cellphone whatsapp phonenumber mobilenumber")
_CARDS = words("pan cardnumber ccnumber creditcard ccnum")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LONGEST = 120


@lru_cache(maxsize=16_384)
def says(name: str) -> Says:
    """What a name says; its words may stand apart (`api-key`, `api_key`) or together (`apiKey`)."""
    words = [word.lower() for word in _WORD.findall(name[:_LONGEST])]
    while len(words) > 1 and (words[-1] in _ASIDE or words[-1].isdecimal()):
        words.pop()
    if not words:
        return Says.NOTHING
    joined, last, before = "".join(words), words[-1], set(words[:-1])
    if words[0] not in _ASKING and _is_secret(joined, last, before):
        return Says.SECRET
    if joined in _CARDS or joined.endswith(("cardnumber", "creditcard")):
        return Says.CARD
    if last in _PHONES or (last in ("number", "no", "nr") and before & _PHONES):
        return Says.PHONE
    if (
        last in _RANDOM
        or joined in _RANDOM
        or (last == "key" and "public" in before)
        or (last in ("token", "tokens") and before & _PAGES)
    ):
        return Says.RANDOM
    return Says.MAYBE if last in _MAYBE else Says.NOTHING


def _is_secret(joined: str, last: str, before: set[str]) -> bool:
    if last == "token" or (last.endswith("token") and last not in _SECRETS):
        return not before & (_PAGES | _WORDS_OF_MODELS)
    if joined in _SECRETS or last in _SECRETS or joined == "sessionkey":
        return True
    if last == "id":
        return bool(before & {"session", "sess", "jsession", "phpsess"})
    if last == "key":
        return bool(before & _KEYS) and "public" not in before
    return last.endswith(_SECRET_ENDS)
