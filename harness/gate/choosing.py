"""Which of a workspace's contracts is about a comparison: the one that has every call that was compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.contract.contract import Contract
from harness.contract.reading import read_contract
from harness.contract.workspace import contract_files
from harness.model.errors import BadFile
from harness.model.exchange import Exchange
from harness.replay.selection import reason_to_skip


@dataclass(frozen=True)
class Chosen:
    """The contract to judge by, None where there is not exactly one; `told` is what must be said of that, a line each."""

    contract: Contract | None = None
    told: tuple[str, ...] = ()


def chosen(calls: Iterable[Exchange], workspace: Path = Path()) -> Chosen:
    """The one contract that knows all of `calls` (what is a page's own document or file is none) and says what is read.

    A contract that cannot be read is told, and not used.
    """
    asked = [each.request for each in calls if reason_to_skip(each) is None]
    covering, told = list[Contract](), list[str]()
    for file in contract_files(workspace) if asked else ():
        try:
            contract = read_contract(file)
        except BadFile as error:
            told.append(f"this contract is left out: {error}")
            continue
        if contract.is_telling and all(map(contract.covers, asked)):
            covering.append(contract)
    match covering:
        case []:
            return Chosen(None, tuple(told))
        case [only]:
            said = (
                f"judged by what {only.title} reads: {only.source} has all of these calls (--no-contract leaves it out)"
            )
            return Chosen(only, (*told, said))
    named = ", ".join(each.source for each in covering)
    return Chosen(None, (*told, f"several contracts have these calls: choose one with --contract ({named})"))
