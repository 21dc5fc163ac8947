"""Files that a page loads from the internet, got beforehand: from the environment's folder or an npm package."""

from __future__ import annotations

import difflib
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from harness.atomic import write_atomically
from harness.model.errors import BackfitError, EnvironmentFailed, UsageError

_NPM = re.compile(r"npm:(?P<package>(?:@[\w.-]+/)?\w[\w.-]*)@(?P<version>\d[\w.+-]*)/(?P<path>.+)", re.ASCII)
_TIMEOUT = 300.0


def resolve_offline(environment_dir: Path, spec: str, cache: Path) -> Path:
    """The file that `spec` names: `npm:PACKAGE@VERSION/PATH` (kept in `cache`), or a path below `environment_dir`.

    Raises UsageError for a spec that is wrong or leads outside, EnvironmentFailed where npm cannot get the package.
    """
    if not spec.startswith("npm:"):
        return _below(environment_dir, spec)
    named = _NPM.fullmatch(spec)
    if named is None:
        hint = "write npm:PACKAGE@VERSION/PATH, with a whole version, as in npm:chart.js@2.9.4/dist/Chart.bundle.min.js"
        raise UsageError(f"cannot read {spec!r}", where="offline", hint=hint)
    package, version, path = named["package"], named["version"], _inside(named["path"], spec)
    kept = cache / "offline" / package.replace("/", "+") / version / path
    if not kept.is_file():
        content = _from_npm(f"{package}@{version}", path, spec)
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(kept, [content])
    return kept


def _below(folder: Path, spec: str) -> Path:
    file = (folder / spec).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise _outside(spec)
    if not file.is_file():
        raise UsageError(
            f"there is no file {spec!r}", where=str(folder), hint="name a file of the environment's folder"
        )
    return file


def _inside(path: str, spec: str) -> PurePosixPath:
    inner = PurePosixPath(path)
    if inner.is_absolute() or ".." in inner.parts:
        raise _outside(spec)
    return inner


def _outside(spec: str) -> BackfitError:
    return UsageError(f"{spec!r} leads outside", where="offline", hint="name a path below the folder, without ..")


def _from_npm(package: str, path: PurePosixPath, spec: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="backfit-npm-") as folder:
        _npm_pack(package, Path(folder))
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as packed:
            # Members stand below one folder, mostly but not always called `package`.
            files = {PurePosixPath(*PurePosixPath(m.name).parts[1:]): m for m in packed.getmembers() if m.isfile()}
            member = packed.extractfile(files[path]) if path in files else None
            if member is None:
                near = difflib.get_close_matches(str(path), map(str, files), n=3, cutoff=0.4)
                hint = f"near it are: {', '.join(near)}" if near else None
                raise UsageError(f"{package} holds no file {path}", where=f"offline: {spec}", hint=hint)
            return member.read()


def _npm_pack(package: str, folder: Path) -> None:
    command = ["npm", "pack", package, "--ignore-scripts", "--pack-destination", str(folder)]
    where = f"offline: {package}"
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=_TIMEOUT)
    except FileNotFoundError as error:
        raise EnvironmentFailed("npm is not installed", where=where, hint="install Node.js with npm") from error
    except subprocess.TimeoutExpired as error:
        raise EnvironmentFailed(f"npm pack did not end within {_TIMEOUT:.0f} s", where=where) from error
    except subprocess.CalledProcessError as error:
        said = " / ".join(error.stderr.strip().splitlines()[-3:])
        hint = "check the name, the version and the connection to the npm registry"
        raise EnvironmentFailed(f"npm pack failed: {said}", where=where, hint=hint) from error
