"""The customer's side of a run, from the environment's file and from what was installed."""

from __future__ import annotations

from pathlib import Path

from harness.corridor.going import Going
from harness.record.setting import Setting


def setting_of(going: Going) -> Setting:
    """Browser, machine and tools of the customer; nothing is watched yet."""
    environment, plugin = going.environment, going.plugin
    width, _, height = environment.viewport.partition("x")
    extension = environment.plugin.extension
    return Setting(
        browser=going.browser,
        offline=going.offline,
        locale=environment.host.locale,
        timezone=environment.host.timezone,
        viewport=(int(width), int(height)),
        extension=environment.folder / extension if extension else None,
        scripts=environment.plugin.scripts,
        host_api=environment.host_api,
        timeout=environment.timeout,
        python=plugin.python if plugin else None,
        path=[Path(folder) for folder in plugin.bin_folders] if plugin else (),
        modules=plugin.modules if plugin else None,
    )
