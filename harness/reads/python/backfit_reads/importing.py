"""Changes modules just after the plugin imports them, so that nothing is imported that the plugin does not want."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Mapping

from .notebook import remark

Patch = Callable[[Any], None]


def follow(patches: Mapping[str, Patch]) -> None:
    """Apply each patch to the module of that name: now where it is there already, else as soon as it is imported."""
    for name, patch in patches.items():
        if name in sys.modules:
            _apply(patch, sys.modules[name])
    sys.meta_path.insert(0, _Follower(patches))


class _Follower:
    """Finds nothing by itself: it lets the others find a module, and has the patch applied after the module's own code."""

    def __init__(self, patches: Mapping[str, Patch]) -> None:
        self._patches = patches
        self._asking = False

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if self._asking or name not in self._patches:
            return None
        self._asking = True
        try:
            spec = self._found(name, path, target)
        finally:
            self._asking = False
        if spec is not None and spec.loader is not None:
            _afterwards(spec.loader, self._patches[name])
        return spec

    def _found(self, name: str, path: Any, target: ModuleType | None) -> ModuleSpec | None:
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec: ModuleSpec | None = find(name, path, target) if find and finder is not self else None
            if spec is not None:
                return spec
        return None


def _afterwards(loader: Any, patch: Patch) -> None:
    """Have `loader` apply the patch once it has executed its module; it keeps its class, which others may look at."""
    execute = loader.exec_module

    def executed(module: ModuleType) -> None:
        loader.__dict__.pop("exec_module", None)
        execute(module)
        _apply(patch, module)

    try:
        loader.exec_module = executed
    except AttributeError:
        remark(f"{type(loader).__name__} loads a module that could not be followed")


def _apply(patch: Patch, module: ModuleType) -> None:
    try:
        patch(module)
    except Exception as error:  # noqa: BLE001 (a library that we do not know is left alone, and that is said)
        remark(f"{module.__name__}{_version(module)} is unknown and not tracked: {type(error).__name__}: {error}"[:300])


def _version(module: ModuleType) -> str:
    package = sys.modules.get(module.__name__.partition(".")[0])
    version = getattr(package, "__version__", None) or getattr(package, "version", None)
    return f" {version}" if isinstance(version, str) else ""
