"""What a check comes to: the verdict, the changes as the plugin experienced them, and the reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from harness.atomic import write_atomically
from harness.changes.findings import findings, remarks, skipped
from harness.changes.study import Study
from harness.contract.reading import read_contract
from harness.contract.workspace import folder_name
from harness.corridor.going import Going
from harness.corridor.keeping import contract_file
from harness.environments.recipe import normalised
from harness.gate.contract_reads import contract_reads
from harness.gate.gate import decide as gate
from harness.gate.ignore import Ignore
from harness.gate.judge import judged
from harness.gate.reads import Reads
from harness.gate.reads_file import read_reads
from harness.gate.rules import all_rules
from harness.model.change import Change, Level, Undone
from harness.model.outcome import Result, Side, Verdict, decide, on_faulty_network
from harness.model.reads import NOT_READ
from harness.model.summary import CheckSummary, ShimSummary
from harness.report.checked import diff_of
from harness.report.diff_report import render_json
from harness.report.html import write_html
from harness.report.json_report import write_json
from harness.report.junit import write_junit
from harness.schema.discriminators import discriminator
from harness.schema.operations import learn_operations
from harness.shims.document import Entry, Shim
from harness.shims.program import Program
from harness.shims.verify import verify
from harness.shims.yaml_file import shim_text

_PLACES_TOLD = 5


def shim_file(going: Going) -> Path:
    """Where the run keeps its shim."""
    return going.folder / f"{folder_name(going.versions['old'])}..{folder_name(going.versions['new'])}.shim.yaml"


def summary_of(going: Going) -> CheckSummary:
    """What is known of the check without its evidence; nothing can be said yet, and that is its verdict."""
    environment = going.environment
    return CheckSummary(
        run_id=going.run_id,
        environment=environment.name,
        customer=environment.customer,
        system=environment.system.name,
        old_version=going.versions.get("old", "?"),
        new_version=going.versions.get("new", "?"),
        plugin=environment.plugin.name,
        plugin_version=_plugin_version(going),
        driver=going.driver.name,
        driver_reason=going.reason,
        browser=environment.browser.name if environment.browser else "",
        verdict=Verdict.ENVIRONMENT_FAILED,
        folder=str(going.folder),
        started=going.started.isoformat(timespec="seconds"),
        runs=tuple(going.runs),
        accounting=going.accounting,
        seconds=going.clock.seconds,
        uses=going.uses,
        faulty=tuple(going.faulty),
    )


def concluded(
    summary: CheckSummary, going: Going, found: Study, shim: Shim, ignore: Ignore | None = None
) -> CheckSummary:
    """The summary with the verdict, and with what the evidence shows. Raises BadFile where `ignore` does not fit it."""
    results = {run.side: run.result for run in going.runs}
    old, new, shimmed = (results.get(side, Result.NOT_RUN) for side in (Side.OLD, Side.NEW, Side.SHIMMED))
    silent = "the plugin made no call that can be replayed: what changed between the versions cannot be seen"
    told = gate(
        as_experienced(judged(findings(found), _reads(going)), shimmed),
        old=summary.old_version,
        new=summary.new_version,
        today=date.today(),
        ignore=ignore,
        environment=summary.environment,
        rules=all_rules(),
    )
    return replace(
        summary,
        verdict=on_faulty_network(decide(old, new, shimmed), going.faulty),
        changes=told.findings,
        accepted=told.accepted,
        skipped=skipped(found),
        rules=told.rules,
        shim=_shim_summary(going, found, shim),
        notes=(*going.notes, *remarks(found), *(() if found.pairing.pairs else (silent,))),
    )


def _reads(going: Going) -> Reads | None:
    """What the plugin reads: as somebody wrote it down for the environment, and where that says nothing, as it was seen."""
    contract = read_contract(contract_file(going))
    seen = replace(contract_reads(contract), source="its run on old") if contract.is_telling else None
    written = going.environment.reads
    return seen if written is None else replace(read_reads(going.environment.folder / written), behind=seen)


def as_experienced(changes: list[Change], shimmed: Result) -> list[Change]:
    """What the shim cannot bring back, the plugin did without: it came to OLD's outcome behind the shim, with it missing."""
    if shimmed is not Result.WORKS:
        return changes
    return [
        replace(change, level=Level.INFO, reason=_done_without(change), question="")
        if change.undone is Undone.LOST and change.level is not Level.INFO
        else change
        for change in changes
    ]


def _done_without(change: Change) -> str:
    """What the reads say stands; else what the run behind the shim has shown."""
    unread = change.reason.startswith(NOT_READ)
    return change.reason if unread else "the plugin came to the same outcome without it, behind the shim"


def _plugin_version(going: Going) -> str:
    tools = going.place.tools
    if going.plugin_version or tools is None:
        return going.plugin_version
    return tools.versions.get(normalised(going.environment.plugin.name), "")


def _shim_summary(going: Going, found: Study, shim: Shim) -> ShimSummary:
    pairs = found.pairing.pairs
    operations = learn_operations([each.old for each in pairs])
    checked = verify(Program(shim, discriminator), pairs, operations.of, found.noise)
    return ShimSummary(
        file=str(shim_file(going)),
        steps=sum(1 for _ in shim.steps()),
        pairs=len(pairs),
        mapping=shim_text(shim),
        lost=tuple(lost_places(entry) for entry in shim.entries if entry.lost),
        ambiguous=tuple(
            f"{entry.match}  {each.path}: {each.reason}" for entry in shim.entries for each in entry.ambiguous
        ),
        agreement=checked.agreement,
    )


def lost_places(entry: Entry) -> str:
    """`GET /articles: $.total, $.next (2 places)`: which calls, and where; why stands in the shim's file."""
    places = [lost.path for lost in entry.lost]
    told = ", ".join(places[:_PLACES_TOLD]) + (", …" if len(places) > _PLACES_TOLD else "")
    return f"{entry.match}: {told} ({len(places)} {'place' if len(places) == 1 else 'places'})"


def write_reports(summary: CheckSummary) -> None:
    """The page, and what programs read, into the run's folder."""
    folder = Path(summary.folder)
    write_atomically(folder / "changes.json", [render_json(diff_of(summary, file=summary.environment)).encode()])
    write_json(summary, folder / "report.json")
    write_junit([summary], folder / "report.junit.xml")
    write_html(summary, folder / "report.html")


def exit_code(summary: CheckSummary, *, accept_shim: bool = False) -> int:
    """0 safe, 1 broken, 3 where nothing can be said; with `accept_shim` a plugin that works behind the shim is safe."""
    match summary.verdict:
        case Verdict.OK | Verdict.FIXED:
            return 0
        case Verdict.BROKEN_SHIMMED:
            return 0 if accept_shim else 1
        case Verdict.BROKEN:
            return 1
        case _:
            return 3
