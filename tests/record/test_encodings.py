from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from harness.record.encodings import decoded

TEXT = b'{"rows": [1, 2, 3]}' * 100


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("gzip", lambda body: gzip.compress(body[:50]) + gzip.compress(body[50:])),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstandard.compress),
    ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
    ("identity", bytes),
    ("", bytes),
]


@pytest.mark.parametrize(("coding", "encode"), CODINGS)
def test__decoded__in_each_coding__is_the_body_and_never_past_the_limit(
    coding: str, encode: Callable[[bytes], bytes]
) -> None:
    assert decoded(encode(TEXT), coding) == TEXT
    if coding not in ("identity", "") and "," not in coding:
        assert decoded(encode(TEXT), coding, 100) == TEXT[:100]
    assert decoded(b"", coding) == b""


@pytest.mark.parametrize(("coding", "encode"), CODINGS[:7])
def test__decoded__of_a_body_cut_on_its_way__is_what_came(coding: str, encode: Callable[[bytes], bytes]) -> None:
    packed = encode(TEXT)
    assert TEXT.startswith(decoded(packed[: len(packed) // 2], coding))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "rot13"])
def test__decoded__of_what_is_not_in_its_coding__raises(coding: str) -> None:
    with pytest.raises(ValueError, match=coding):
        decoded(b"not in any coding", coding)
