from __future__ import annotations

import pytest

from harness.intake.fact import LONGEST, Fact, agree, clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 1.2 \t3 ", "1.2 3"),
        ("a\nb\r\x00c", "a b c"),
        ("x\x1b[31m\u202ey\u2028z\x85", "x [31m y z"),
        ("\ud800", ""),
        ("git+https://me:s3cret@host/x and http://t@h:1", "git+https://host/x and http://h:1"),
        ("客户 – ✔", "客户 – ✔"),
        (17, "17"),
    ],
)
def test__clean__whatever_it_is__is_one_printable_line_without_a_password(text: object, expected: str) -> None:
    assert clean(text) == expected


def test__clean__an_endless_text__ends() -> None:
    assert len(clean("x" * 10_000_000)) == LONGEST


@pytest.mark.parametrize(
    ("subject", "one", "other", "expected"),
    [
        ("browser", "112", "112.0.5615.138", True),
        ("browser", "112.0.5615.138", "112", True),
        ("browser", "112", "1120", False),
        ("browser", "112", "114", False),
        ("browser", "de", "de-CH", True),
        ("browser", "de-CH", "de-DE", False),
        ("browser-os", "windows", "Windows", True),
        ("pip", "1.0", "1.0.1", False),
        ("plugin", "1.0", "1.0", True),
    ],
)
def test__agree__two_values__may_be_less_exact_but_not_other(
    subject: str, one: str, other: str, expected: bool
) -> None:
    assert agree(Fact(subject, "version", one), Fact(subject, "version", other)) is expected


def test__key__of_packages__is_the_same_in_each_writing() -> None:
    assert Fact("pip", "Report_Tool", "1").key == Fact("pip", "report-tool", "2").key
    assert Fact("plugin", "Report_Tool", "1").key != Fact("plugin", "report-tool", "1").key
