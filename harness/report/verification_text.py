"""A shim's verification on a terminal: what is not as OLD had it first, then the counts, the other proofs, and the verdict."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from harness.model.summary import Agreement
from harness.model.verification import (
    Breach,
    ContractCheck,
    Example,
    Field,
    MutationProof,
    Said,
    Score,
    Survivor,
    Unseen,
    Verification,
)
from harness.report import words
from harness.report.layout import GAP, grid
from harness.report.text import clip, count, line, percent
from harness.report.verification import render_verification_json

_WIDTH = 100
_SHOWN = 20
"""Places of one sort; JSON has them all."""
_PLACES = 4
_VALUE = 40
_COLUMNS = ("pairs", "leaves", "before", "now", "noise", "lost", "wrong")
_STYLES = {"spoilt": "bold red", "wrong": "red", "ambiguous": "yellow", "lost": "yellow"}
"""What a place that is not as OLD had it is listed as, the worst first."""

Row = tuple[str, str]
"""What a line is about, and what it says."""


def render_verification_text(verification: Verification) -> str:
    """The report in plain text, for a file: 100 columns, no colour."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        print_verification(verification, console)
    return "".join(f"{text.rstrip()}\n" for text in capture.get().splitlines())


VERIFICATION_FORMATS: Mapping[str, Callable[[Verification], str]] = {
    "text": render_verification_text,
    "json": render_verification_json,
}
"""Those of `backfit shim verify`."""


def print_verification(verification: Verification, console: Console) -> None:
    """Print the places that are not as OLD had them, the worst first, the counts by operation, the other proofs, the verdict."""
    _print(_differences(verification.score), console)
    _print_counts(verification.score, console)
    _print(_proofs(verification), console)
    verdict, colour = ("passes", "bold green") if verification.passes else ("fails", "bold red")
    console.print(Text.assemble((verdict, colour), " " * GAP, _because(verification)))


def _print(rows: Iterable[Row], console: Console) -> None:
    table = grid(2, [(Text(label, _STYLES.get(label, "dim")), Text(said)) for label, said in rows])
    if table.row_count:
        console.print(table)
        console.print()


def _differences(score: Score) -> Iterator[Row]:
    """Every place that is not as OLD had it, the worst first; then what is."""
    for label in _STYLES:
        told = [_told(alike) for alike in _alike(score.fields, label)]
        yield from ((label, text) for text in told[:_SHOWN])
        if len(told) > _SHOWN:
            yield label, f"and {count(len(told) - _SHOWN, 'more line')}: --format json has all places"
    noisy = [field for field in score.fields if field.noisy]
    if noisy:
        yield (
            "noise",
            f"{_values(sum(each.noisy for each in noisy))} at {count(len(noisy), 'place')} vary from run to run",
        )
    added = [field for field in score.fields if field.added]
    if added:
        yield "more", f"{count(len(added), 'place')} that old never had: {_names(added)}"
    equal = sum(field.seen == field.equal > 0 for field in score.fields)
    yield "equal", f"{count(equal, 'place')} in all answers"


def _alike(fields: Iterable[Field], label: str) -> Iterable[list[Field]]:
    """Places of one operation of which the same is to be said; each by itself where an example is to be shown."""
    found: dict[tuple[str, ...], list[Field]] = {}
    for field in sorted(fields, key=lambda field: -field.claimed):
        if _label(field) == label:
            found.setdefault((field.operation, field.said, field.place if field.wrong else ""), []).append(field)
    return found.values()


def _label(field: Field) -> str:
    """What a place is listed as; "" where nothing is wrong with it."""
    if field.spoilt:
        return "spoilt"
    if field.claimed or (field.wrong and not field.said):
        return "wrong"
    if field.wrong or field.lost:
        return "ambiguous" if field.said is Said.AMBIGUOUS else "lost"
    return ""


def _told(fields: Sequence[Field]) -> str:
    first = fields[0]
    bad, seen = sum(each.wrong + each.lost for each in fields), sum(each.seen for each in fields)
    told = [line(first.operation), _places([each.place for each in fields]), f"{bad:,} of {seen:,}", _why(fields)]
    shown = f"\n{_example(first, first.example)}" if first.example and first.wrong else ""
    return (" " * GAP).join(filter(None, told)) + shown


def _places(places: Sequence[str]) -> str:
    more = f" and {count(len(places) - _PLACES, 'more place')}" if len(places) > _PLACES else ""
    return ", ".join(map(line, places[:_PLACES])) + more


def _why(fields: Sequence[Field]) -> str:
    reasons = {field.reason for field in fields}
    if fields[0].said:
        return line(reasons.pop()) if len(reasons) == 1 else "for reasons that the shim names"
    return "" if fields[0].claimed or fields[0].spoilt else "the shim does not say so"


def _example(field: Field, example: Example) -> str:
    """`old 1, new 2, with the shim 3, in call c0 at /a/0`."""
    old, new, shimmed = (clip(line(text), _VALUE) or "absent" for text in (example.old, example.new, example.shimmed))
    if field.place == "request":
        told = f"new was asked {old}, the shim forwards {shimmed}"
    elif new == shimmed:
        told = f"old {old}, new {new}, also with the shim"
    else:
        told = f"old {old}, new {new}, with the shim {shimmed}"
    where = f" at {line(example.place)}" if example.place else ""
    return f"{told}, in call {line(example.call)}{where}"


def _names(fields: list[Field]) -> str:
    first = ", ".join(f"{line(each.operation)} {line(each.place)}" for each in fields[:3])
    return first + (", …" if len(fields) > 3 else "")


def _values(number: int) -> str:
    return count(number, "value")


def _print_counts(score: Score, console: Console) -> None:
    width = max(map(len, _COLUMNS)) + 2
    total = words.total(score.agreement)
    rows = [
        (style, _counts(each), line(each.operation))
        for style, each in (*(("", each) for each in score.agreement), ("bold", total))
    ]
    rows[-1] = ("bold", rows[-1][1], "all")
    for style, cells, operation in [("dim", _COLUMNS, "operation"), *rows]:
        console.print(Text("".join(f"{cell:>{width}}" for cell in cells) + f"  {operation}", style), soft_wrap=True)
    reading = "leaves of old's JSON bodies; before, now: those that are equal without and with the shim"
    console.print(Text(f"{reading}\n{count(score.unknown, 'call')} of {score.calls:,} not known to the shim\n", "dim"))


def _counts(each: Agreement) -> tuple[str, ...]:
    numbers = (each.pairs, each.leaves, each.equal_before, each.equal_after, each.noisy, each.lost, each.wrong)
    return tuple(f"{number:,}" for number in numbers)


def _proofs(verification: Verification) -> Iterator[Row]:
    if verification.unseen is not None:
        yield "unseen", _unseen(verification.unseen)
    if verification.contract is not None:
        yield from (("contract", text) for text in _contract(verification.contract))
    if verification.mutations is not None:
        yield from (("mutants", text) for text in _mutations(verification.mutations))
    yield from (("warning", line(text)) for text in verification.warnings)
    yield from (("note", line(text)) for text in verification.notes)
    yield "next", "`backfit check ENVIRONMENT` runs the plugin itself behind the shim"


def _unseen(unseen: Unseen) -> str:
    """Of shims that were learned as this one was."""
    new, known = words.total(unseen.unseen.agreement), words.total(unseen.learned.agreement)
    after, before = percent(new.equal_after, new.leaves), percent(new.equal_before, new.leaves)
    return (
        f"learned {unseen.folds} times, each time without another part of the calls\n"
        f"{after} of {new.leaves:,} leaves equal old in the parts left out, {before} without a shim; "
        f"{unseen.unseen.spoilt:,} spoilt, {new.wrong:,} wrong, {new.lost:,} lost\n"
        f"{percent(known.equal_after, known.leaves)} in the calls that were learned from"
    )


def _contract(contract: ContractCheck) -> Iterator[str]:
    source = f"inferred from {line(contract.source)}" if contract.inferred else line(contract.source)
    standing = [each for each in contract.breaches if each.after]
    before = sum(bool(each.before) for each in contract.breaches)
    found = f"{count(before, 'breach', 'breaches')} without the shim, {len(standing):,} with it"
    yield f"{source}, {count(contract.checked, 'answer')}: {found}"
    alike: dict[tuple[str, ...], list[Breach]] = {}
    for each in standing:
        own = f", and in {count(each.old, 'answer')} of old's own" if each.old else ""
        what = f"{line(each.message)}, in {count(each.after, 'answer')}{own}"
        alike.setdefault((line(each.operation), what), []).append(each)
    for (operation, what), breaches in [*alike.items()][:_SHOWN]:
        yield (" " * GAP).join((operation, _places([each.place for each in breaches]), what))
    if len(alike) > _SHOWN:
        yield f"and {count(len(alike) - _SHOWN, 'more line')}"


def _mutations(proof: MutationProof) -> Iterator[str]:
    bad = len(proof.survivors)
    outcome = f"{count(bad, 'defect')} found" if bad else "none threw, none was given a value from nowhere"
    watched = f"{_values(proof.watched)} that no step is about came out as they were"
    yield f"{count(proof.mutants, 'mutated answer')} (seed {proof.seed}): {outcome}" + ("" if bad else f", {watched}")
    yield from map(_survivor, proof.survivors[:_SHOWN])


def _survivor(each: Survivor) -> str:
    where = f"{line(each.operation)}   {line(each.place)}   {line(each.detail, 120)}"
    return (
        f"{each.harm}: {where} ({count(each.times, 'mutant')})\n"
        f"call {line(each.call)}, {line(each.mutation)}\n"
        f"answer {line(each.answer, 200)}\n"
        f"became {line(each.result, 200)}"
    )


def _because(verification: Verification) -> str:
    score = verification.score
    survivors = len(verification.mutations.survivors) if verification.mutations else 0
    reasons = [
        f"{_values(score.spoilt)} spoilt" if score.spoilt else "",
        f"{_values(score.claimed)} wrong that the shim claims to restore" if score.claimed else "",
        f"{count(survivors, 'defect')} shown by mutants" if survivors else "",
    ]
    lost = sum(field.lost for field in score.fields)
    fine = f"nothing spoilt, nothing wrong that the shim claims to restore; {_values(lost)} lost"
    return ", ".join(filter(None, reasons)) or fine
