from __future__ import annotations

import http.server
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.environments import Environment
from harness.environments.engine import Engine, connect
from harness.environments.layers import host_image
from harness.environments.plugin_container import PluginContainer
from harness.model.errors import EnvironmentFailed, UsageError
from harness.record.bounded import Ended
from tests.environments.tiny import Write, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
HOST = {"host: {timezone: Europe/London}": "host: {memory: 128M, umask: '0027', hosts: {erp.example: system}}"}
WORDS = "import os, pathlib, sys, time; here = pathlib.Path(os.environ['TMPDIR'])\n"


class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


class Program:
    """Runs Python text in the plugin's container."""

    def __init__(self, sandbox: PluginContainer, folder: Path, scratch: Path) -> None:
        self.sandbox, self.folder, self.scratch = sandbox, folder, scratch

    def __call__(self, text: str, *, timeout: float = 60, ports: tuple[int, ...] = ()) -> Ended:
        return self.sandbox.run(
            ["python3", "-c", WORDS + text],
            folder=self.folder,
            scratch=self.scratch,
            environment={"PATH": "/usr/bin:/bin", "TMPDIR": str(self.scratch), "NAME": "a value"},
            timeout=timeout,
            ports=ports,
            gives=["told", "out"],
        )


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.fixture
def environment(write: Write) -> Environment:
    return write(HOST, data__txt="the environment's")


@pytest.fixture
def program(engine: Engine, environment: Environment, run_id: str, tmp_path: Path) -> Iterator[Program]:
    sandbox = PluginContainer(engine, host_image(engine, environment, False, run_id, ignore), environment, run_id)
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o700)
    yield Program(sandbox, environment.folder, scratch)
    mine = {"label": f"backfit.run={run_id}"}
    assert engine.client.api.containers(all=True, filters=dict(mine)) == []


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("print('out'); print('err', file=sys.stderr)", Ended(0, "out\n", "err\n")),
        ("sys.exit(3)", Ended(3, "", "")),
        ("os.kill(os.getpid(), 11)", Ended(-11, "", "")),
        (
            "print(os.environ['NAME'], pathlib.Path('data.txt').read_text())",
            Ended(0, "a value the environment's\n", ""),
        ),
        ("print(os.getuid(), oct(os.umask(0)))", Ended(0, "10001 0o27\n", "")),
        ("import socket; print(socket.gethostbyname('erp.example'))", Ended(0, "127.0.0.1\n", "")),
        ("print('begins', flush=True); time.sleep(600)", Ended(None, "begins\n", "")),
        ("time.sleep(600) if os.fork() else sys.exit(7)", Ended(None, "", "")),
        ("a = [bytearray(1 << 20) for _ in range(1000)]", Ended(-9, "", "", "out of memory (128M)")),
    ],
)
def test__run__a_program__ends_as_it_would_on_the_machine(program: Program, text: str, ended: Ended) -> None:
    assert program(text, timeout=60 if ended.code is not None else 1.5) == ended


def test__run__program_that_is_not_there__is_told_by_name(program: Program) -> None:
    with pytest.raises(UsageError, match="cannot run no-such: No such file or directory"):
        program.sandbox.run(["no-such"], folder=program.folder, scratch=program.scratch, environment={}, timeout=9)


def test__run__image_without_python__says_what_is_missing(
    program: Program, engine: Engine, environment: Environment
) -> None:
    program.sandbox = PluginContainer(engine, "no/such:image", environment, "run-x")
    with pytest.raises(EnvironmentFailed, match="No such image"):
        program("")


def test__run__what_is_given_and_what_is_wanted__go_in_and_out(program: Program) -> None:
    (program.scratch / "given").mkdir(mode=0o700)
    (program.scratch / "given/job").write_text("in")
    (program.scratch / "given/job").chmod(0o600)
    program(
        "(here / 'told').write_text((here / 'given/job').read_text() + ' and out')\n"
        "(here / 'out/deep').mkdir(parents=True); (here / 'out/deep/file').write_bytes(bytes(3 << 20))\n"
        "(here / 'more').write_text('not asked for')"
    )
    assert (program.scratch / "told").read_text() == "in and out"
    assert (program.scratch / "out/deep/file").read_bytes() == bytes(3 << 20)
    assert sorted(each.name for each in program.scratch.iterdir()) == ["given", "out", "told"]


def test__run__past_its_time__what_it_told_until_then_is_there(program: Program) -> None:
    assert program("(here / 'told').write_text('half'); time.sleep(600)", timeout=2).code is None
    assert (program.scratch / "told").read_text() == "half"


def test__run__another_run__sees_nothing_of_the_one_before(program: Program) -> None:
    everywhere = "[p for p in ('/tmp', '/var/tmp', '/dev/shm', os.environ['TMPDIR'])]"
    assert program(f"for p in {everywhere}: pathlib.Path(p, 'mark').write_text('x')").code == 0
    found = program(f"print([p for p in {everywhere} if pathlib.Path(p, 'mark').exists()])")
    assert found.stdout == "[]\n"


def test__run__folder_that_only_its_owner_may_read__is_read_all_the_same(program: Program) -> None:
    program.folder.chmod(0o700)
    (program.folder / "data.txt").chmod(0o600)
    assert program("print(pathlib.Path('data.txt').read_text())").stdout == "the environment's\n"


def test__run__files_in_the_home_folder__are_there(program: Program) -> None:
    """root's home is closed to others in most images."""
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        (file := Path(folder) / "deep/file").parent.mkdir()
        file.write_text("text")
        program.folder = file.parent
        assert program("print(pathlib.Path('file').read_text())").stdout == "text\n"


def test__run__ports__lead_to_this_machine_under_the_same_numbers(program: Program) -> None:
    with serving() as port:
        ask = f"import urllib.request as u; print([u.urlopen('http://127.0.0.1:{port}').status for _ in range(50)])"
        assert program(ask, ports=(port,)).stdout == f"{[200] * 50}\n"
        assert "Connection refused" in program(ask).stderr
