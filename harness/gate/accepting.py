"""Entries are added to an ignore file as a person would: at its end, with every comment and the order left as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from harness.atomic import write_atomically
from harness.gate.ignore import Entry
from harness.gate.ignore_file import SCHEMA, read_ignore
from harness.model.errors import BadFile, UsageError
from harness.model.json_text import parse

_NEW = f"""\
# Changes that are accepted, and why. An entry that is expired or accepts nothing is an error.
schema: {SCHEMA}
accepted: []
"""
_NO_WRAP = 1_000_000
_COMMENT = 200
_INDENT = 2


def accept(file: Path, entries: Sequence[Entry], comments: Mapping[str, str]) -> None:
    """Append entries that have a fingerprint; `comments` (of one line) say by fingerprint what is accepted.

    Makes the file where none is. Raises UsageError for what is accepted already, BadFile where the file cannot be read;
    then nothing is written.
    """
    there = read_ignore(file).entries if file.exists() else ()
    for at, entry in enumerate(entries):
        for other in (*there, *entries[:at]):
            if other.fingerprint == entry.fingerprint and other.environment in ("", entry.environment):
                where = f"{file}:{other.line}" if other in there else None
                raise UsageError(f"{entry.fingerprint} is accepted already", where=where, hint="leave it out")
    text = file.read_text(encoding="utf-8-sig") if file.exists() else _NEW
    write_atomically(file, [_appended(text, entries, comments).encode()])


def reported(diff: Path, fingerprints: Sequence[str]) -> dict[str, str]:
    """What `backfit diff --format json` says of findings, by fingerprint: rule, operation and path in one line.

    Raises BadFile where the file is no such report, UsageError for a fingerprint that it does not have.
    """
    try:
        said = {each["fingerprint"]: each for each in parse(diff.read_bytes())["findings"]}
        lines = {name: "  ".join((each["rule"], each["operation"], each["path"])) for name, each in said.items()}
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(diff), hint="check the path") from error
    except (ValueError, TypeError, KeyError) as error:
        hint = "write it with: backfit diff OLD NEW --format json=FILE"
        raise BadFile("this is not the JSON of a diff", where=str(diff), hint=hint) from error
    missing = [name for name in fingerprints if name not in lines]
    if missing:
        raise UsageError(
            f"no finding has the fingerprint {missing[0]}", where=str(diff), hint="copy it from the report"
        )
    return {name: _one_line(lines[name]) for name in fingerprints}


def _one_line(text: str) -> str:
    """Fit for a comment: names in a recording are a stranger's."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)[:_COMMENT]


def _appended(text: str, entries: Sequence[Entry], comments: Mapping[str, str]) -> str:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _NO_WRAP
    top = yaml.load(text)
    rows = top.get("accepted") or CommentedSeq()
    offset = rows.lc.col if rows and not rows.fa.flow_style() else _INDENT
    for each in (top, rows):
        each.fa.set_block_style()
    yaml.indent(mapping=_INDENT, sequence=offset + _INDENT, offset=offset)
    for entry in entries:
        rows.append(_written(entry))
        if comments.get(entry.fingerprint):
            rows[-1].yaml_add_eol_comment(comments[entry.fingerprint], "fingerprint")
    top["accepted"] = rows
    out = StringIO()
    yaml.dump(top, out)
    return out.getvalue()


def _written(entry: Entry) -> CommentedMap:
    """All texts; those that YAML could take for numbers or dates come out in quotes."""
    expires = entry.expires.isoformat() if entry.expires else ""
    members = {
        "fingerprint": DoubleQuotedScalarString(entry.fingerprint),
        "environment": entry.environment,
        "reason": entry.reason,
        "owner": entry.owner,
        "expires": expires,
    }
    return CommentedMap((key, text) for key, text in members.items() if text)
