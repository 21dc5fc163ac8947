"""The page that a check is shown to people with: one file that needs no network, runs no script, and prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from harness.atomic import write_atomically
from harness.model.json_text import Json, serialize
from harness.model.outcome import PluginRun, Side, Verdict
from harness.model.summary import Agreement, CheckSummary
from harness.report import findings, outcomes, text, uses, words
from harness.report.json_report import as_json
from harness.report.page import page
from harness.report.screenshots import pictures

_TONES = {
    Verdict.OK: "good",
    Verdict.FIXED: "good",
    Verdict.BROKEN_SHIMMED: "mended",
    Verdict.BROKEN: "bad",
    Verdict.BROKEN_ON_OLD: "unsure",
    Verdict.FLAKY: "unsure",
    Verdict.ENVIRONMENT_FAILED: "unsure",
}
_KEY = re.compile(r"(\s*(?:- )*)([^\s:#'\"\[\]{}]+)(?=:(?:\s|$))")
_COMMENT = re.compile(r"""((?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)\#)*)((?<!\S)\#.*)""", re.VERBOSE)


@dataclass(frozen=True)
class _Seen:
    """What the scenario saw on one side: short enough to show, and exact enough to compare (1 is not 1.0)."""

    text: str
    exact: bytes


_NOT_SEEN = _Seen("not seen", b"")


@dataclass(frozen=True)
class _Observation:
    """What the scenario saw in one place, on each side in the order of the runs."""

    name: str
    seen: tuple[_Seen, ...]

    @property
    def differs(self) -> bool:
        """Whether the sides do not all say the same."""
        return len({seen.exact for seen in self.seen}) > 1


def write_html(summary: CheckSummary, path: Path) -> None:
    """Write the page to `path`, with the screenshots of `summary.folder` in it. Raises BackfitError where it cannot."""
    write_atomically(path, [render_html(summary).encode()])


def render_html(summary: CheckSummary) -> str:
    """The page's text. A screenshot that cannot be read is named in its place."""
    told, infos = findings.split(summary.changes)
    observed = list(_observations(summary.runs))
    return page(
        "report.html.j2",
        filters={"lines": _lines, "yaml": _yaml},
        SIDES=words.SIDES,
        words=words,
        uses=uses,
        outcomes=outcomes,
        shares=_shares,
        summary=summary,
        tone=_TONES[summary.verdict],
        told=told,
        infos=infos,
        pictures=list(pictures(summary)),
        has_errors=any(map(outcomes.told, summary.runs)),
        stood=list(outcomes.stood(summary.runs)),
        missing=[side for side in Side if side not in {run.side for run in summary.runs}],
        differing=[row for row in observed if row.differs],
        agreeing=[row for row in observed if not row.differs],
        total=words.total(summary.shim.agreement if summary.shim else ()),
    )


def _lines(message: str) -> str:
    return text.clip(text.printable_lines(message), 4000)


def _shares(agreement: Agreement, equal: int) -> tuple[float, float]:
    """How far a bar of `equal` leaves goes, and the part of wrong ones behind it, in percent of its length."""
    whole = agreement.leaves or 1
    return round(100 * equal / whole, 2), round(100 * agreement.wrong / whole, 2)


def _observations(runs: Sequence[PluginRun]) -> Iterator[_Observation]:
    sides = [dict(_leaves("", run.observations)) for run in runs]
    for name in dict.fromkeys(name for side in sides for name in side):
        yield _Observation(name, tuple(side.get(name, _NOT_SEEN) for side in sides))


def _leaves(name: str, value: Json, levels: int = 3) -> Iterator[tuple[str, _Seen]]:
    """The members of nested objects under dotted names; lists, and what lies deeper, stay whole."""
    if isinstance(value, Mapping) and levels and (value or not name):
        for key, item in value.items():
            yield from _leaves(f"{name}.{key}" if name else key, item, levels - 1)
    else:
        yield name, _Seen(text.sample(value, 160), serialize(as_json(value)))


def _yaml(mapping: str) -> Markup:
    """YAML with its keys and comments marked, a line a line."""
    return Markup("\n").join(_yaml_lines(text.printable_lines(mapping).splitlines()))


def _yaml_lines(lines: Iterable[str]) -> Iterator[Markup]:
    for whole in lines:
        parts = _COMMENT.fullmatch(whole)
        code, comment = parts.groups() if parts else (whole, "")
        marked = Markup("<i>{}</i>").format(comment) if comment else Markup()
        key = _KEY.match(code)
        if key:
            head = Markup("{}<b>{}</b>").format(*key.groups())
            yield head + code[key.end() :] + marked
        else:
            yield Markup("{}{}").format(code, marked)
