"""What is changed in which module, once the plugin has imported it: one file a kind of library."""

from __future__ import annotations

from typing import Any, Callable

from . import aiohttp_client, decoders, http_client, httpx_client, models, requests_client, urllib3_client, writers

PATCHES: dict[str, Callable[[Any], None]] = {
    **aiohttp_client.PATCHES,
    **decoders.PATCHES,
    **http_client.PATCHES,
    **httpx_client.PATCHES,
    **models.PATCHES,
    **requests_client.PATCHES,
    **urllib3_client.PATCHES,
    **writers.PATCHES,
}
