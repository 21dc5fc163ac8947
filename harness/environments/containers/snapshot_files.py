"""A snapshot as one file, for another day or a colleague: what it is of, the workspace, the services' data."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import zstandard
from pydantic import TypeAdapter, ValidationError

from harness.environments.containers.snapshot import Facts, Snapshot
from harness.environments.containers.system import ContainerSystem
from harness.environments.store import writing_to
from harness.model.errors import BadFile, UsageError
from harness.written import suggestion

_FORMAT = "backfit/snapshot/v1"
_FACTS, _DATA = "facts.json", "data.tar"


def export_snapshot(system: ContainerSystem, name: str, file: Path) -> None:
    """Writes a snapshot of the running system to `file`, a tar.zst. Raises UsageError where it has no such snapshot."""
    snapshots = system.kept.snapshots
    if name not in snapshots:
        raise UsageError(f"there is no snapshot '{name}'", hint=suggestion(name, snapshots))
    snapshot, room = snapshots[name], system.kept.folder()
    with writing_to(room):
        room.mkdir()
    members = {f"workspace-{number}.tar": tar for number, tar in enumerate(snapshot.workspace.values())}
    folders = dict(zip(members, snapshot.workspace, strict=True))
    if snapshot.data:
        members[_DATA] = room / _DATA
        system.kept.vault.write(snapshot.data, room / _DATA)
    facts = {"schema": _FORMAT, "facts": asdict(snapshot.facts), "workspace": folders}
    with writing_to(file):
        beside = file.with_name(f".{file.name}.part")
        with zstandard.open(beside, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
            _add_text(tar, _FACTS, json.dumps(facts))
            for member, path in members.items():
                tar.add(path, member)
        beside.rename(file)
    shutil.rmtree(room)


def import_snapshot(system: ContainerSystem, file: Path, name: str) -> None:
    """Makes what such a file holds the snapshot `name` of the running system.

    Raises BadFile where it is no such file, UsageError where it is of another side, version or description of services.
    """
    room = system.kept.folder()
    with writing_to(room):
        room.mkdir()
    facts, folders = _unpacked(file, room)
    snapshot = Snapshot(facts, {folder: room / member for member, folder in folders.items()})
    snapshot.check(system.facts, name)
    data = system.kept.vault.read(room / _DATA) if (room / _DATA).exists() else ""
    system.kept.snapshots[name] = Snapshot(facts, snapshot.workspace, data)


def _unpacked(file: Path, room: Path) -> tuple[Facts, Mapping[str, str]]:
    """What it is of, and which of its tars, which are in `room` then, is of which folder."""
    try:
        with zstandard.open(file, "rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or Path(member.name).name != member.name:
                    raise BadFile(f"unexpected entry '{member.name}'", where=str(file))
                with writing_to(room), (room / member.name).open("wb") as target:
                    shutil.copyfileobj(content, target)
        found = json.loads((room / _FACTS).read_bytes())
        if found["schema"] != _FORMAT:
            raise BadFile(f"its format is {found['schema']!r}", where=str(file), hint=f"known: {_FORMAT}")
        folders = TypeAdapter(dict[str, str]).validate_python(found["workspace"])
        if missing := [member for member in folders if not (room / member).is_file()]:
            raise BadFile(f"its entry {missing[0]!r} is missing", where=str(file))
        return TypeAdapter(Facts).validate_python(found["facts"]), folders
    except FileNotFoundError as error:
        raise BadFile("there is no such snapshot file", where=str(file)) from error
    except (tarfile.TarError, zstandard.ZstdError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise BadFile(f"this is not a snapshot: {error}", where=str(file)) from error


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    tar.addfile(entry, io.BytesIO(text.encode()))
