"""A comparison as a comment on a pull request: the verdict first, the worst in full, the rest folded, under 60 kB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.model.change import Change
from harness.model.reads import OperationUse
from harness.model.summary import Accepted, DiffSummary
from harness.report import diff_words, uses
from harness.report.checked import CheckedDiff
from harness.report.findings import apart, explanation, place, split, tally
from harness.report.markdown_text import code, html_code, html_text, prose

LIMIT = 60_000
"""Bytes. GitHub refuses a comment of more than 65,536 characters."""
_LAST_LINE = 200
"""Bytes that the line about what is left out may take."""
_OPEN = 5
"""More findings than these are folded: a comment is read in a column of other comments."""
_DIFFERENCES = 5
_PLACES = 12
_CODE = frozenset({"old", "new", "differs", "id"})
_LABELS = {"ask": "question", "id": "fingerprint"}


@dataclass(frozen=True)
class _Section:
    """So many rows that may be cut at the end, made as they are needed, and what must stand around those that are left."""

    count: int
    rows: Iterable[str]
    before: str = ""
    after: str = ""


def render_markdown(summary: DiffSummary) -> str:
    """The comment. What does not fit is left out from the end, with a line that says how much."""
    told, infos = split(summary.findings)
    said = (*summary.notes, *diff_words.skipped(summary))
    head = f"### Backfit · {prose(diff_words.verdict(summary))}\n\n{_compared(summary)}\n\n"
    sections = [
        _Section(len(said), (f"- {prose(each)}\n" for each in said), after="\n"),
        _Section(len(told[:_OPEN]), map(_opened, told[:_OPEN])),
        _Section(len(told[_OPEN:]), map(_folded, told[_OPEN:])),
        *(_list(tally(group), len(group), map(_row, group)) for group in apart(infos)),
        _list(f"{len(summary.accepted):,} accepted", len(summary.accepted), map(_accepted, summary.accepted)),
        _uses(summary.uses if isinstance(summary, CheckedDiff) else ()),
    ]
    return head + "".join(_fitting(sections, LIMIT - _LAST_LINE - _bytes(head)))


def _fitting(sections: Iterable[_Section], room: int) -> Iterator[str]:
    left_out = 0
    for section in sections:
        room -= _bytes(section.before) + _bytes(section.after)
        taken: list[str] = []
        for row in section.rows:
            room -= _bytes(row)
            if room < 0:
                break
            taken.append(row)
        if taken:
            yield "".join([section.before, *taken, section.after])
        left_out += section.count - len(taken)
    if left_out:
        yield f"**… and {left_out:,} more, which do not fit into a comment:** `--format json` and `html` have them all.\n"


def _bytes(text: str) -> int:
    return len(text.encode())


def _compared(summary: DiffSummary) -> str:
    return f"{code(summary.old)} → {code(summary.new)}: {prose(diff_words.tallied(summary))}"


def _opened(change: Change) -> str:
    return f"**{change.level}** {prose(change.title)}: {code(change.operation)} {code(place(change))}\n\n{_details(change)}\n"


def _folded(change: Change) -> str:
    where = f"{html_code(change.operation)} {html_code(place(change))}"
    summary = f"<b>{change.level}</b> {html_text(change.title)}: {where}"
    return f"<details><summary>{summary}</summary>\n\n{_details(change)}\n</details>\n\n"


def _details(change: Change) -> str:
    rows = explanation(change, 120, _DIFFERENCES)
    return "".join(f"- {_labelled(label)}{code(text) if label in _CODE else prose(text)}\n" for label, text in rows)


def _labelled(label: str) -> str:
    return "" if label == "what" else f"{_LABELS.get(label, label)}: "


def _list(title: str, count: int, rows: Iterable[str]) -> _Section:
    before = f"<details><summary>{html_text(title)}</summary>\n\n"
    return _Section(count, (f"- {row}\n" for row in rows), before, "\n</details>\n\n")


def _uses(found: Sequence[OperationUse]) -> _Section:
    """A line an operation: the page has the places one by one."""
    rows = (f"{code(use.operation)} {_code_list(use)}" for use in found)
    return _list(f"What the plugin reads: {uses.summary(found)}", len(found), rows)


def _code_list(use: OperationUse) -> str:
    places = uses.read_places(use)
    if not (use.watched and places):
        return prose(uses.in_one_line(use))
    more = f" and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
    return ", ".join(map(code, places[:_PLACES])) + more


def _accepted(each: Accepted) -> str:
    return f"{_row(each.change)}: {prose(diff_words.acceptance(each))}"


def _row(change: Change) -> str:
    return f"{prose(change.title)} {code(change.operation)} {code(place(change))} {code(change.fingerprint)}".rstrip()
