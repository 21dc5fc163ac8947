"""The rest of it is driven by tests/record/test_recorder.py and test_mitm.py, in the process that it is made for."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of what mitmproxy imports
    from mitmproxy import http
    from mitmproxy.test import tflow, tutils

    from harness.record.mitm_addon import ToRecorder


def asked(tls: bool, **parts: object) -> http.Request:
    flow = tflow.tflow(req=tutils.treq(**parts))
    flow.client_conn.tls = tls
    ToRecorder(7).requestheaders(flow)
    return flow.request


@pytest.mark.parametrize(
    ("tls", "scheme", "host", "path", "line"),
    [
        (True, b"https", b"erp.example", b"/a|b?c", "https://erp.example/a|b?c"),
        (True, b"http", b"localhost:8443", b"/a", "https://localhost:8443/a"),
        (False, b"http", b"erp.example:81", b"/", "http://erp.example:81/"),
        (False, b"https", b"erp.example", b"/", "https://erp.example/"),
        (True, b"https", b"erp.example", b"*", "https://erp.example/"),
        (True, b"https", None, b"/a", "https://address/a"),
    ],
)
def test__to_recorder__any_call__is_led_there_and_says_what_was_asked(
    tls: bool, scheme: bytes, host: bytes | None, path: bytes, line: str
) -> None:
    headers = http.Headers(((b"host", host), (b"Proxy-Connection", b"x"), (b"A", b"1")) if host else ((b"A", b"1"),))
    request = asked(tls, scheme=scheme, path=path, headers=headers, host="address", port=443)
    assert (request.path, request.scheme, request.host, request.port) == (line, "http", "127.0.0.1", 7)
    assert request.headers.fields == (((b"host", host), (b"A", b"1")) if host else ((b"A", b"1"),))
    assert request.stream is True


def test__to_recorder__an_answer_and_a_socket__are_not_held() -> None:
    flow = tflow.twebsocketflow()
    assert flow.response is not None
    assert flow.websocket is not None
    ToRecorder(7).responseheaders(flow)
    assert flow.response.stream is True
    assert flow.websocket.messages
    ToRecorder(7).websocket_message(flow)
    assert not flow.websocket.messages
