"""http.client, on which urllib.request, urllib3 and others stand: which request a response answers, and its parts."""

from __future__ import annotations

import functools
from typing import Any

from ..following import answer_by, status, stream
from ..header_reads import headers, headers_at
from ..notebook import quietly
from ..pieces import pieces


def _client(module: Any) -> None:
    connection, response = module.HTTPConnection, module.HTTPResponse
    _remember_requests(connection)
    answer_of = answer_by(request_of)
    for name in ("read", "read1", "readinto"):
        pieces(response, name, answer_of)
    for name in ("readline", "readlines", "__iter__"):
        stream(response, name, answer_of)
    for name in ("status", "code"):
        status(response, name, answer_of)
    for name in ("headers", "msg"):
        headers_at(response, name, answer_of)
    headers(module.HTTPMessage, "get", "get_all")


def request_of(response: Any) -> tuple[str, str]:
    """Method and URL of the request that a response of http.client answers; empty where it is not known."""
    found = response.__dict__.get("_backfit_request", ("", ""))
    return found[0], found[1]


def _remember_requests(connection: Any) -> None:
    putrequest, getresponse = connection.putrequest, connection.getresponse

    @functools.wraps(putrequest)
    def put(self: Any, method: str, url: str, *more: Any, **named: Any) -> Any:
        self._backfit_request = method, _absolute(self, url)
        return putrequest(self, method, url, *more, **named)

    @functools.wraps(getresponse)
    def get(self: Any, *more: Any, **named: Any) -> Any:
        response = getresponse(self, *more, **named)
        response._backfit_request = self.__dict__.get("_backfit_request", ("", ""))
        return response

    connection.putrequest, connection.getresponse = put, get


@quietly
def _absolute(connection: Any, url: str) -> str:
    if "://" in url.partition("?")[0]:
        return url  # as a proxy wants it
    scheme = "https" if connection.default_port == 443 else "http"
    host, port = connection._tunnel_host or connection.host, connection._tunnel_port or connection.port
    shown = f"[{host}]" if ":" in host else host
    default = 443 if scheme == "https" else 80
    return f"{scheme}://{shown}{'' if port in (None, default) else f':{port}'}{url}"


PATCHES = {"http.client": _client}
