"""`backfit replay`: a recording sent once more, to a server that runs somewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.addresses import base_url
from harness.model.errors import UsageError
from harness.model.exchange import Headers, Recording
from harness.record.har import read_har, write_har
from harness.replay.binding import NOT_BOUND
from harness.replay.ids import with_ids
from harness.replay.links import find_links
from harness.replay.redirects import FOLLOWED
from harness.replay.replay import Replayed
from harness.replay.replay import replay as send_again
from harness.report.terminal import progress
from harness.report.text import printable_lines

EPILOG = """\
Examples:

backfit replay contracts/my-plugin/recording.har --upstream http://127.0.0.1:8080 -o new.har

backfit replay old.har --second old-again.har --upstream http://127.0.0.1:8080 --unsafe -o new.har && backfit diff old.har new.har

Recordings hold no secrets: a call that needs one gets it by --header-env Authorization=MY_VARIABLE, and it is not stored.
"""


def replay(
    recording: Annotated[Path, typer.Argument(help="A HAR.")],
    upstream: Annotated[
        str, typer.Option("--upstream", metavar="URL", help="Where the server is, e.g. http://127.0.0.1:8080.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Keep the answers as a HAR.")
    ] = None,
    second: Annotated[
        Path | None,
        typer.Option(
            "--second",
            metavar="FILE",
            help="The same scenario recorded once more: which values of answers come back in later calls is seen by comparison."
            " Without it, what is beyond doubt is linked: long random ids and tokens, Location, what a POST made.",
        ),
    ] = None,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Send calls as well that may change the server (POST, PUT, DELETE …).")
    ] = False,
    headers: Annotated[
        list[str] | None, typer.Option("--header", metavar="'NAME: VALUE'", help="Send this header with every call.")
    ] = None,
    secrets: Annotated[
        list[str] | None,
        typer.Option("--header-env", metavar="NAME=VARIABLE", help="The same, its value from an environment variable."),
    ] = None,
) -> None:
    """Send the calls of a recording to a server, in order, each as the earlier answers ask for.

    Ids, tokens, versions and cursors that an answer gave stand in later calls as this server gave them. Cookies are kept,
    redirects followed. Every exchange is accounted for: replayed, or left out for a stated reason.
    """
    added = (*_written(headers or []), *_from_environment(secrets or []))
    first = with_ids(read_har(recording))
    links = find_links(first, read_har(second) if second else None)
    with progress(Console(stderr=True)) as tell:
        replayed = send_again(_with_headers(first, added), base_url(upstream), links=links, unsafe=unsafe, tell=tell)
    if output is not None:
        kept = {exchange.id: exchange.request for exchange in first.exchanges}
        answers = (replace(each, request=kept[each.id]) for each in replayed.recording.exchanges)
        write_har(output, Recording(tuple(answers)))
    print(printable_lines("\n".join(_told(replayed, len(links), output))))


def _told(replayed: Replayed, links: int, output: Path | None) -> Iterable[str]:
    accounting = replayed.accounting
    exchanges = replayed.recording.exchanges
    yield f"{accounting.replayed} of {accounting.recorded} exchanges replayed, {links} values linked to earlier answers"
    yield from (f"  left out: {count} × {reason}" for reason, count in accounting.skipped.items())
    for exchange in exchanges:
        call = f"{exchange.request.method} {exchange.request.path}"
        if exchange.error:
            yield f"  no answer: {call}: {exchange.error}"
        if places := exchange.meta.get(NOT_BOUND):
            yield f"  sent as recorded, for no answer tells another value: {call}: {', '.join(places)}"
        if went := exchange.meta.get(FOLLOWED):
            yield f"  redirected: {call}: {', '.join(went)}"
    refused = sum(each.response is not None and each.response.status in (401, 403) for each in exchanges)
    if refused:
        yield f"  {refused} answered 401 or 403: recordings hold no secrets, give one with --header-env Authorization=VARIABLE"
    if output is not None:
        yield f"wrote {output}"


def _with_headers(recording: Recording, added: Headers) -> Recording:
    """Every call with the headers, in place of those that it has."""
    names = {name.lower() for name, _ in added}

    def headers(had: Headers) -> Headers:
        return tuple(pair for pair in had if pair[0].lower() not in names) + added

    exchanges = (
        replace(each, request=replace(each.request, headers=headers(each.request.headers)))
        for each in recording.exchanges
    )
    return replace(recording, exchanges=tuple(exchanges)) if added else recording


def _written(headers: list[str]) -> Headers:
    pairs = [header.partition(":") for header in headers]
    for name, colon, value in pairs:
        if not colon or not name.strip() or not (name + value).isprintable():
            raise UsageError(f"{name + colon + value!r} is no header", where="--header", hint="write 'Name: value'")
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


def _from_environment(secrets: list[str]) -> Headers:
    pairs = [secret.partition("=") for secret in secrets]
    for name, _, variable in pairs:
        if not name or variable not in os.environ:
            what = f"there is no environment variable {variable!r}" if variable else f"{name!r} names no variable"
            raise UsageError(what, where="--header-env", hint="write Authorization=MY_VARIABLE, and export MY_VARIABLE")
    return tuple((name, os.environ[variable]) for name, _, variable in pairs)
