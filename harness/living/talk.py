"""How a command talks to a keeper: one line of JSON there, one line back, over a Unix socket that only its user reaches."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.model.errors import BackfitError, EnvironmentFailed, ExitCode, UsageError

Answer = Callable[[dict[str, Any]], Mapping[str, Any]]
"""From a question to its answer. A BackfitError that it raises is raised where the question was asked."""

_LONGEST = 4 * 1024 * 1024
_SPOKEN = 5.0
"""Seconds in which who connects must have asked."""


def failure(error: BackfitError) -> dict[str, Any]:
    """An error as a value of JSON."""
    return {"code": int(error.exit_code), "what": error.what, "where": error.where, "hint": error.hint}


def failed(told: Mapping[str, Any]) -> BackfitError:
    """The error again, of the kind that gives the same exit code."""
    kinds: dict[int, type[BackfitError]] = {ExitCode.USAGE: UsageError, ExitCode.INDETERMINATE: EnvironmentFailed}
    return kinds.get(told["code"], BackfitError)(told["what"], where=told["where"], hint=told["hint"])


def ask(path: Path, question: Mapping[str, Any], timeout: float = 10.0) -> dict[str, Any]:
    """The keeper's answer. Raises what it raised, and EnvironmentFailed where none comes in `timeout` seconds."""
    try:
        with _short(path) as name, socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(timeout)
            connection.connect(name)
            connection.sendall(json.dumps(question).encode() + b"\n")
            answer: dict[str, Any] = json.loads(_line(connection))
    except (OSError, ValueError) as error:
        hint = "backfit env down ends it, by force where it must"
        raise EnvironmentFailed(f"the keeper does not answer: {error}", where=str(path.parent), hint=hint) from error
    if "failed" in answer:
        raise failed(answer["failed"])
    return answer


@contextmanager
def answering(path: Path, answer: Answer) -> Iterator[None]:
    """Answers questions at `path`, each on a thread of its own, for as long as the block goes on."""
    with _short(path) as name, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        path.chmod(0o600)
        listening.listen(16)
        thread = threading.Thread(target=_serve, args=(listening, answer), name="backfit-keeper", daemon=True)
        thread.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, answer: Answer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:  # the block has ended
            return
        threading.Thread(target=_answer, args=(connection, answer), daemon=True).start()


def _answer(connection: socket.socket, answer: Answer) -> None:
    with connection:
        try:
            connection.settimeout(_SPOKEN)
            question = json.loads(_line(connection))
            connection.settimeout(None)
            try:
                told = dict(answer(question))
            except BackfitError as error:
                told = {"failed": failure(error)}
            connection.sendall(json.dumps(told).encode() + b"\n")
        except (OSError, ValueError):  # who asked went away, or asked nothing that can be read
            return


def _line(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as stream:
        line = stream.readline(_LONGEST)
    if not line.endswith(b"\n"):
        raise ValueError("it hung up")
    return line


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name for the socket that fits: a socket's path may have some hundred bytes, a workspace's may be longer."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
