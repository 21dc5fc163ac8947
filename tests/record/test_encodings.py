from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from harness.record.encodings import decoded, unpacked

TEXT = b'{"rows": [1, 2, 3]}' * 100


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("gzip", lambda body: gzip.compress(body[:50], mtime=0) + gzip.compress(body[50:], mtime=0)),
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


@pytest.mark.parametrize(("coding", "encode"), CODINGS)
def test__unpacked__in_each_coding__is_the_whole_body(coding: str, encode: Callable[[bytes], bytes]) -> None:
    assert unpacked(encode(TEXT), coding) == TEXT
    assert unpacked(encode(TEXT), coding, len(TEXT)) == TEXT
    assert unpacked(b"", coding) == b""


@pytest.mark.parametrize(("coding", "encode"), [row for row in CODINGS if row[0] not in ("identity", "", "zstd")])
def test__unpacked__of_a_body_cut_on_its_way__raises(coding: str, encode: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="not whole"):
        unpacked(encode(TEXT)[:-3], coding)


@pytest.mark.parametrize(("coding", "encode"), [row for row in CODINGS if row[0] not in ("identity", "")])
def test__unpacked__past_the_limit__raises(coding: str, encode: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="larger than"):
        unpacked(encode(TEXT), coding, len(TEXT) - 1)


def test__decoded__of_many_tiny_members__takes_no_copy_of_the_rest_for_each() -> None:
    assert decoded(gzip.compress(b"x", mtime=0) * 50_000, "gzip") == b"x" * 50_000


@pytest.mark.parametrize("undo", [decoded, unpacked])
def test__codings__without_end__are_refused(undo: Callable[[bytes, str], bytes]) -> None:
    with pytest.raises(ValueError, match="5 codings"):
        undo(TEXT, "gzip," * 4)
