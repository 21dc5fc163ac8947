from __future__ import annotations

import struct

import pytest

from harness.environments.network.inside import RESPONSE_CODES, change, name_asked, refusal, run


def question(name: str, flags: int = 0x0100, more: bytes = b"") -> bytes:
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part)
    return struct.pack(">HHHHHH", 7, flags, 1, 0, 0, 0) + labels + b"\0\0\1\0\1" + more


@pytest.mark.parametrize("name", ["erp.example", "a", ""])
def test__name_asked__of_a_question__is_its_name_in_lower_case(name: str) -> None:
    assert name_asked(question(name.upper())) == name


@pytest.mark.parametrize("broken", [b"", b"\0" * 11, question("erp.example")[:-7], b"\0" * 12 + b"\xff"])
def test__name_asked__of_what_is_no_question__is_something_and_no_error(broken: bytes) -> None:
    assert isinstance(name_asked(broken), str)


@pytest.mark.parametrize(("how", "code"), [("fails", 2), ("missing", 3)])
@pytest.mark.parametrize("flags", [0x0000, 0x0100])
def test__refusal__of_a_question__repeats_it_with_the_code(how: str, code: int, flags: int) -> None:
    asked = question("erp.example", flags)
    answer = refusal(question("erp.example", flags, more=b"an EDNS record"), RESPONSE_CODES[how])
    number, answered, *counts = struct.unpack(">HHHHHH", answer[:12])
    assert (number, counts, answer[12:]) == (7, [1, 0, 0, 0], asked[12:])
    assert answered == 0x8080 | flags | code


def test__run__a_command_that_fails__is_told_with_what_it_said() -> None:
    with pytest.raises(RuntimeError, match=r"^sh -c echo no such rule >&2; exit 2: no such rule$"):
        run([["true"], ["sh", "-c", "echo no such rule >&2; exit 2"], ["sh", "-c", "exit 9"]])


def test__change__between_phases__begins_the_new_rules_before_the_old_ones_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    monkeypatch.setattr(
        "harness.environments.network.inside.run", lambda commands: done.extend(" ".join(each) for each in commands)
    )
    narrow, wide = {"rules": [["INPUT", "a"]], "queues": [["tc", "narrow"]]}, {"rules": [], "queues": []}
    cut = {"rules": [["INPUT", "b"]], "queues": [["tc", "narrow"]]}
    change(wide, narrow)
    change(narrow, cut)
    change(cut, wide)
    assert done == [
        *("iptables -I INPUT a", "tc narrow"),
        *("iptables -I INPUT b", "iptables -D INPUT a"),
        *("iptables -D INPUT b", "tc qdisc del dev eth0 root"),
    ]
