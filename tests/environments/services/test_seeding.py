from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from harness.environments.services.seeding import calls_of, files_of, make_call
from harness.environments.spec import SeedStep, Service
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write


class Echo(http.server.BaseHTTPRequestHandler):
    """Says what it was sent; /refused is refused."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.path, self.headers["Content-Type"], body))  # type: ignore[attr-defined]
        self.send_response(403 if self.path == "/refused" else 201)
        self.end_headers()
        self.wfile.write(b"not you")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[http.server.HTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as served:
        served.seen = []  # type: ignore[attr-defined]
        threading.Thread(target=served.serve_forever).start()
        yield served
        served.shutdown()


def test__make_call__with_and_without_body__sends_json(server: http.server.HTTPServer) -> None:
    url = f"http://127.0.0.1:{server.server_address[1]}"
    make_call(SeedStep(call="POST /a?b=1", body={"x": "é"}), url)
    make_call(SeedStep(call="POST /empty"), url)
    assert server.seen == [  # type: ignore[attr-defined]
        ("/a?b=1", "application/json", b'{"x": "\\u00e9"}'),
        ("/empty", None, b""),
    ]


def test__make_call__refused__says_the_status_and_the_answer(server: http.server.HTTPServer) -> None:
    with pytest.raises(EnvironmentFailed) as caught:
        make_call(SeedStep(call="POST /refused"), f"http://127.0.0.1:{server.server_address[1]}")
    assert str(caught.value).splitlines() == ["POST /refused: seed: status 403", "  its last lines:", "  | not you"]


def test__make_call__nobody_there__is_told() -> None:
    with pytest.raises(EnvironmentFailed, match="ConnectionRefusedError"):
        make_call(SeedStep(call="GET /"), "http://127.0.0.1:9")


def test__calls_of__several_services__keeps_their_order(write: Write) -> None:
    steps = "[{call: POST /1}, {run: x}, {call: POST /2}]"
    services = (
        f"services: {{a: {{debian: redis, seed: {steps}}}, b: {{debian: redis, seed: {{call: GET /3}}}}}}\nplugin:"
    )
    assert [step.call for step in calls_of(write({"plugin:": services}))] == ["POST /1", "POST /2", "GET /3"]


def test__files_of__service__by_the_name_in_its_folder(write: Write) -> None:
    environment = write({"plugin:": "services: {a: {debian: redis, files: b.txt}}\nplugin:"}, b__txt="")
    service: Service = environment.services["a"]
    assert files_of(service, environment.folder) == {"b.txt": environment.folder / "b.txt"}
