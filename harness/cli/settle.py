"""Asking a person what only a person can settle: on a terminal, from a pipe, or by `--settle`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from harness.lens.answer import ABSENT
from harness.model.errors import UsageError
from harness.model.json_text import Json, parse
from harness.model.paths import format_path
from harness.report.text import line, sample
from harness.shims.addressed import addressed
from harness.shims.choices import with_then
from harness.shims.document import ERROR, Ambiguous, Entry, Lost, Shim
from harness.shims.settling import Bench, none_taken, open_places, with_entry
from harness.shims.yaml_writing import ambiguous_text, entry_key, lost_text, step_text

_WANTED = re.compile(r"(?P<match>\S+ \S+) (?P<path>\$.*?)=(?P<answer>.*)", re.DOTALL)
_NONE, _STOP = "none", "stop"
_SHOWN = 60


class _Stop(Exception):
    """The person has had enough: what is open stays open."""


def ask(shim: Shim, bench: Bench, console: Console) -> Shim:
    """The shim with what a person answers, question by question. The end of the input is `stop`."""
    asked: set[tuple[str, str]] = set()
    while (question := _next(shim, asked)) is not None:
        entry, place = question
        asked.add(_key(entry, place))
        try:
            if isinstance(place, Ambiguous):
                shim = _choose(shim, entry, place, bench, console)
            else:
                shim = _stand_in(shim, entry, place, console)
        except _Stop:
            return shim
    return shim


def settle(shim: Shim, wanted: str, bench: Bench) -> Shim:
    """The shim with one answer given as `GET /x $.total=1`. Raises UsageError where it fits no open place, or not this one."""
    said = _WANTED.fullmatch(wanted)
    if said is None:
        raise UsageError(f"--settle {wanted!r}", hint="it is written as 'GET /articles/{id} $.total=1'")
    meant = [(entry, place) for entry, place in _settleable(shim) if _is_meant(entry, place, said)]
    found = [each for each in meant if isinstance(each[1], Ambiguous)] or meant
    if len(found) != 1:
        known = (
            "; ".join(dict.fromkeys(f"{entry.match} {_names(place)[0]}" for entry, place in open_places(shim)))
            or "none"
        )
        several = f"{len(found)} places" if found else "no place"
        raise UsageError(f"--settle {wanted!r} speaks of {several}", hint=f"what is open: {line(known)}")
    [(entry, place)] = found
    if isinstance(place, Lost):
        return with_entry(shim, entry, with_then(entry, place, _then(said["answer"])))
    return _taken(shim, entry, place, said["answer"], bench)


def _settleable(shim: Shim) -> Iterator[tuple[Entry, Ambiguous | Lost]]:
    """What is open, and lost places that nothing demands."""
    for entry in shim.entries:
        yield from ((entry, each) for each in entry.ambiguous if each.choices)
        yield from ((entry, each) for each in entry.lost)


def _is_meant(entry: Entry, place: Ambiguous | Lost, said: re.Match[str]) -> bool:
    return entry.match == said["match"] and said["path"] in _names(place)


def _names(place: Ambiguous | Lost) -> list[str]:
    """How it may be called: where it stands, and what its choices would restore."""
    choices = place.choices if isinstance(place, Ambiguous) else ()
    return [*(format_path([*addressed(choice.step)][-1]) for choice in choices), place.path]


def _next(shim: Shim, asked: set[tuple[str, str]]) -> tuple[Entry, Ambiguous | Lost] | None:
    return next(((entry, place) for entry, place in open_places(shim) if _key(entry, place) not in asked), None)


def _key(entry: Entry, place: Ambiguous | Lost) -> tuple[str, str]:
    return entry_key(entry), ambiguous_text(place) if isinstance(place, Ambiguous) else lost_text(place)


def _choose(shim: Shim, entry: Entry, place: Ambiguous, bench: Bench, console: Console) -> Shim:
    _title(console, entry, place.path, place.reason)
    for at, choice in enumerate(place.choices, 1):
        console.print(Text(f"  {at}  {line(step_text(choice.step))}  {line(choice.evidence)}"), soft_wrap=True)
        for each in bench.examples(shim, entry, place, choice):
            values = f"old {_value(each.old)}, so it would be {_value(each.made)}"
            console.print(Text(f"       {line(each.place)}: {values}", "dim"), soft_wrap=True)
    words = [*map(str, range(1, len(place.choices) + 1)), _NONE, _STOP]
    return _taken(shim, entry, place, _answered(console, words), bench)


def _taken(shim: Shim, entry: Entry, place: Ambiguous, answer: str, bench: Bench) -> Shim:
    if answer == _NONE:
        return none_taken(shim, entry, place)
    if not answer.isdecimal() or not 1 <= int(answer) <= len(place.choices):
        hint = f"1 to {len(place.choices)}, or {_NONE}"
        raise UsageError(f"{answer!r} is no choice for {entry.match} {place.path}", hint=hint)
    return bench.taken(shim, entry, place, place.choices[int(answer) - 1])


def _stand_in(shim: Shim, entry: Entry, place: Lost, console: Console) -> Shim:
    _title(console, entry, place.path, f"{place.reason}. OLD's contract demands it")
    choices = ["leave it out", "null", "a default", f"an {ERROR} instead of the answer"]
    for at, choice in enumerate(choices, 1):
        console.print(f"  {at}  {choice}")
    match _answered(console, ["1", "2", "3", "4", _STOP]):
        case "2":
            then: Json = None
        case "3":
            then = _default(console)
        case "4":
            then = ERROR
        case _:
            return shim
    return with_entry(shim, entry, with_then(entry, place, then))


def _default(console: Console) -> Json:
    while True:
        try:
            return parse(_line(console, 'the default, as JSON ("text", 0, false, [])').encode())
        except ValueError:
            console.print("  that is not JSON: a text stands in quotes")


def _then(answer: str) -> Json:
    if answer == ERROR:
        return ERROR
    try:
        return parse(answer.encode())
    except ValueError as error:
        hint = f'null, {ERROR}, or a default such as 0, [], "a text in quotes"'
        raise UsageError(f"{answer!r} is not JSON", hint=hint) from error


def _title(console: Console, entry: Entry, path: str, reason: str) -> None:
    console.print(
        Text.assemble("\n", (f"{line(entry.match)}  {line(path)}", "bold"), f"  {line(reason)}"), soft_wrap=True
    )


def _answered(console: Console, words: list[str]) -> str:
    while (answer := _line(console, ", ".join(words))) not in words:
        console.print(Text(f"  {line(answer)!r} is none of these"))
    if answer == _STOP:
        raise _Stop
    return answer


def _line(console: Console, prompt: str) -> str:
    console.print(Text(f"{prompt}: "), end="", soft_wrap=True)
    read = sys.stdin.readline()
    if not read:
        console.print()
        raise _Stop
    return read.strip()


def _value(value: Json) -> str:
    return "nothing" if value is ABSENT else sample(value, _SHOWN)
