from __future__ import annotations

import base64
import hashlib
import ssl

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from harness.record.recorder import recorder
from harness.record.trust import bundle, spki_hash
from tests.record.plugs import ADDRESS


def test__trust__in_a_recorder__is_its_ca_with_this_machines_own_and_the_hash_of_its_key() -> None:
    with recorder("http://127.0.0.1:1", known_as=[ADDRESS]) as made:
        ca = made.reached.ca
        assert ca is not None
        own = x509.load_pem_x509_certificate(ca.read_bytes())
        both = x509.load_pem_x509_certificates(bundle(ca).read_bytes())
        assert own in both
        assert len(both) > 50
        ssl.create_default_context(cafile=bundle(ca))
        key = own.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert spki_hash(ca) == base64.b64encode(hashlib.sha256(key).digest()).decode()
        assert ca.stat().st_uid == ca.parent.stat().st_uid
        assert ca.parent.stat().st_mode & 0o077 == 0
    assert not ca.parent.exists()
