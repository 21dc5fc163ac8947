from __future__ import annotations

import re
from dataclasses import replace

from harness.shims.document import HAND, Shim
from harness.shims.marks import beside, mark, signed
from harness.shims.yaml_file import parse_shim, shim_text
from harness.shims.yaml_writing import rows_of
from tests.shims.answers import entry


def test__mark__of_rows__is_eight_letters_and_tells_them_apart() -> None:
    marks = {mark(("GET /a", "response", f"drop: {at}")) for at in range(2000)}
    assert len(marks) == 2000
    assert all(re.fullmatch("[a-p]{8}", each) for each in marks)
    assert mark(("a", "b")) != mark(("ab",))


def test__signed__a_shim__marks_what_backfit_wrote_and_no_step_by_hand() -> None:
    written = entry("GET /a", {"drop": {"keys": ["x"]}}, {"drop": {"keys": ["z"]}}, otherwise=True)
    mine = replace(written, response=(written.response[0], replace(written.response[1], by=HAND)))
    marks = signed(Shim(entries=(mine,))).learned
    keys = {row.text: row.key for row in rows_of(Shim(entries=(mine,)))}
    assert mark(keys["drop: {keys: [x]}"]) in marks
    assert mark(keys["drop: {keys: [z]}"]) not in marks
    assert mark(keys["match: GET /a"]) in marks
    few = next(row for row in rows_of(Shim(entries=(mine,))) if row.comment)
    assert mark(beside(few.key, few.comment)) in marks


def test__signed__written_and_read__is_the_same() -> None:
    shim = signed(Shim(entries=(entry("GET /a", *({"drop": {"keys": [f"k{at}"]}} for at in range(40))),)))
    assert parse_shim(shim_text(shim)) == shim
    assert max(map(len, shim_text(shim).splitlines())) <= 120
