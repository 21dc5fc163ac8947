from __future__ import annotations

import io

import pytest
from rich.console import Console

from harness.model.verification import Field, Score, Verification
from harness.report.verification_text import VERIFICATION_FORMATS, print_verification, render_verification_text
from tests.report.verifications import FINE, FULL, ODD


def test__render_verification_text__of_everything__tells_the_worst_first_in_100_columns() -> None:
    text = render_verification_text(FULL)
    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    labels = [each.split()[0] for each in lines if each[:1].strip() and not each.startswith("leaves")]
    assert labels == [
        *("spoilt", "wrong", "wrong", "wrong", "ambiguous", "lost", "lost", "noise", "more", "equal"),
        *("2", "unseen", "contract", "contract", "mutants", "mutants", "warning", "note", "next", "fails"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "spoilt    GET /a   $.kept   2 of 10\n          old 1, new 1, with the shim 3, in call c0 at /a/0",
        "wrong     GET /a   $.m   1 of 10\n          old 1, new 3, also with the shim, in call c0 at /a/0",
        "wrong     GET /b   $.z   1 of 2   the shim does not say so",
        'new was asked "GET /n", the shim forwards "GET /p"',
        "ambiguous   GET /a   $.q   5 of 10   x or y",
        "GET /a   $.gone0, $.gone1, $.gone2, $.gone3 and 2 more places   60 of 60   it is gone",
        "GET /a   $.silent   3 of 3   the shim does not say so",
        "10 values at 1 place vary from run to run",
        "1 place that old never had: GET /a header x-new",
        "equal       1 place in all answers",
        "      12   1,208     308   1,108      40      50      10  all",
        "2 calls of 12 not known to the shim",
        "learned 3 times, each time without another part of the calls",
        "91.6 % of 1,200 leaves equal old in the parts left out, 25.0 % without a shim; 1 spoilt, 10",
        "inferred from old.har, 12 answers: 2 breaches without the shim, 1 with it",
        "GET /a   $.id   is missing, in 2 answers, and in 1 answer of old's own",
        "200 mutated answers (seed 7): 1 defect found",
        "a value was invented: GET /a   a value   4711 (3 mutants)",
        'answer {"a":null}',
        "`backfit check ENVIRONMENT` runs the plugin itself",
        "fails   1 value spoilt, 3 values wrong that the shim claims to restore, 1 defect shown by mutants",
    ],
)
def test__render_verification_text__of_everything__says(said: str) -> None:
    def flat(text: str) -> str:
        return " ".join(text.split())

    assert flat(said) in flat(render_verification_text(FULL))


def test__render_verification_text__of_a_shim_without_fault__passes() -> None:
    text = render_verification_text(FINE)
    assert text.splitlines()[0].split() == ["equal", "1", "place", "in", "all", "answers"]
    assert "passes   nothing spoilt" in text


def test__render_verification_text__of_odd_names__shows_them_and_obeys_none() -> None:
    text = render_verification_text(ODD)
    assert "\x1b" not in text
    assert "\u2028" not in text
    assert "/a[/b][bold]\\x1b]0;x\\x07\\u2028" in "".join(part.strip() for part in text.splitlines())


def test__render_verification_text__of_very_many_places__tells_twenty_of_a_sort() -> None:
    fields = tuple(Field("GET /a", f"$.f{at}", 1, wrong=1, claimed=1) for at in range(50))
    text = render_verification_text(Verification("x", "o", "n", Score(fields=fields)))
    assert text.count("\nwrong") == 20
    assert "and 30 more lines: --format json has all places" in text


@pytest.mark.parametrize("width", [20, 60, 200])
def test__print_verification__at_any_width__prints(width: int) -> None:
    console = Console(file=io.StringIO(), width=width)
    with console.capture() as capture:
        print_verification(FULL, console)
    assert "fails" in capture.get()
    assert set(VERIFICATION_FORMATS) == {"text", "json"}
