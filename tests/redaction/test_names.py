from __future__ import annotations

import pytest

from harness.redaction.names import Says, says


@pytest.mark.parametrize(
    ("expected", "names"),
    [
        (
            Says.SECRET,
            (
                "password passwd userPassword new_password"
                " password_confirmation client_secret clientSecret api_key apiKey X-API-Key"
                " api-key access_token accessToken token csrf_token csrfmiddlewaretoken X-CSRF-Token"
                " sessionId JSESSIONID PHPSESSID"
                " privateKey signing_key Authorization pin cvv otp ssn aws_secret_access_key password_hash"
                " db-password X-Vault-Token"
            ),
        ),
        (Says.MAYBE, "key session signature sig code state ticket nonce invite activation sid tokens"),
        (
            Says.RANDOM,
            "id user_id uuid etag sha256 integrity cursor nextPageToken page_token commit_hash avatar version publicKey sha1",
        ),
        (Says.PHONE, "phone mobile phone_number telephone fax"),
        (Says.CARD, "card_number cardNumber creditCard pan"),
        (
            Says.NOTHING,
            "name title secretary passenger tokenizer keyboard monkey author token_type has_password max_tokens_per_day",
        ),
    ],
)
def test__says__a_name__says_what_its_words_say(expected: Says, names: str) -> None:
    wrong = {name: says(name) for name in names.split() if says(name) is not expected}
    assert not wrong
