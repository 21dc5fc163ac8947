"""Run as a script: mitmproxy in a process of its own, which opens TLS and leads every call, of whatever host, to the recorder.

Each call is passed on in absolute form (RFC 9112, 3.2.2), so that the recorder knows which address the plugin asked.
It ends when its standard input does. It stands alone: mitmproxy and the standard library only.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import resource
import shutil
import sys
import threading
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from mitmproxy import http, options
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.tools.dump import DumpMaster

CA, SPKI = "mitmproxy-ca-cert.pem", "spki"
"""What is found in the folder when the first line has been written: the CA's certificate, and the hash of its key."""

_PATIENCE = 60.0
"""Seconds for listening, and for leaving."""


class ToRecorder:
    """Leads calls to the recorder at `port`; bodies and messages are let through and not held."""

    def __init__(self, port: int) -> None:
        self._port = port

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """A call's head has come."""
        request = flow.request
        asked = request.host_header
        # In the system's place it is the recorder's, whatever the plugin speaks.
        scheme = "https" if flow.client_conn.tls else request.scheme
        path = request.path if request.path.startswith("/") else "/"
        request.path = f"{scheme}://{asked or request.pretty_host}{path}"
        request.scheme, request.host, request.port = "http", "127.0.0.1", self._port
        if asked is not None:
            request.host_header = asked  # setting the host has changed it
        for name in ("Proxy-Connection", "Proxy-Authorization"):
            request.headers.pop(name, None)
        request.stream = True

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """An answer's head has come."""
        assert flow.response is not None
        flow.response.stream = True

    def websocket_message(self, flow: http.HTTPFlow) -> None:
        """A message has come; mitmproxy would hold them all until the socket is closed."""
        assert flow.websocket is not None
        flow.websocket.messages.clear()


async def serve(mode: str, port: int, folder: Path) -> None:
    """Serve on a free loopback port, which the first line on standard output tells, until standard input ends."""
    master = DumpMaster(options.Options(confdir=str(folder)), with_termlog=False, with_dumper=False)
    master.addons.add(ToRecorder(port))  # type: ignore[no-untyped-call]
    master.options.update(  # type: ignore[no-untyped-call]
        mode=[mode],
        listen_host="127.0.0.1",
        listen_port=0,
        connection_strategy="lazy",
        http2=False,  # the recorder speaks HTTP/1.1, and names keep the case in which they were written
        keep_host_header=True,
        rawtcp=False,  # what is not HTTP would go where it wants, past the recorder
        validate_inbound_headers=False,
    )
    threading.Thread(target=_tie, args=(master,), daemon=True).start()
    running = asyncio.create_task(master.run())
    server = master.addons.get("proxyserver")  # type: ignore[no-untyped-call]
    assert isinstance(server, Proxyserver)
    async with asyncio.timeout(_PATIENCE):
        while not (addresses := server.listen_addrs()):
            await asyncio.wait({running}, timeout=0.01)  # it ends by itself where it cannot listen
            if running.done():
                running.result()
                return
    (folder / SPKI).write_text(_spki((folder / CA).read_bytes()), encoding="ascii")
    sys.stdout.write(json.dumps({"port": addresses[0][1]}) + "\n")
    sys.stdout.flush()
    await running


def _tie(master: DumpMaster) -> None:
    """End when standard input does: then our parent has ended, or wants it so. A process that hangs is ended all the same."""
    sys.stdin.read()
    master.event_loop.call_soon_threadsafe(master.shutdown)
    time.sleep(_PATIENCE)
    os._exit(1)


def _spki(certificate: bytes) -> str:
    """What Chromium names a key by: base64 of the SHA-256 of its SubjectPublicKeyInfo."""
    key = x509.load_pem_x509_certificate(certificate).public_key()
    return base64.b64encode(
        hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    ).decode()


def main(mode: str, port: str, folder: str) -> None:
    """`mode` is mitmproxy's (`regular`, `reverse:http://127.0.0.1:PORT`), `port` the recorder's; `folder` holds the CA."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(serve(mode, int(port), Path(folder)))
    shutil.rmtree(folder, ignore_errors=True)  # our parent may have been killed, and the CA's key is in there


if __name__ == "__main__":
    main(*sys.argv[1:])
