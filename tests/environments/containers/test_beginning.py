from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.environments.containers import DockerDriver
from harness.environments.containers.system import ContainerSystem
from harness.environments.engine import connect
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]

SERVER = """
import http.server, os, pathlib, socket, sys
def redis(*words):
    with socket.create_connection((os.environ["BACKFIT_CACHE_HOST"], int(os.environ["CACHE_PORT"])), 5) as line:
        line.sendall((" ".join(words) + "\\r\\n").encode())
        return line.recv(1000).decode().split("\\r\\n")[-2]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = (pathlib.Path("notes.txt").read_text() + redis("get", self.path[1:])).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def do_PUT(self):
        redis("set", self.path[1:], self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204); self.end_headers()
if __name__ == "__main__":
    with open("notes.txt", "a") as notes:
        notes.write("started with " + sys.argv[3] + "; ")
    http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
"""
SEED = """
import sys
sys.path.insert(0, '.')
import server
open('notes.txt', 'w').write('seeded beside ' + server.redis('get', 'a') + '; ')
"""
MIGRATE = "import server; server.redis('set', 'a', 'migrated-' + server.redis('get', 'a')); print('one table')"
SERVICES = """
services:
  cache:
    debian: redis-server
    seed: [{run: redis-cli set a 1}, {call: PUT /b, body: 2}]
plugin:"""
ENV = "files: [server.py]\n  seed: seed.py\n  env: {CACHE_PORT: '{cache.port}'}"


@pytest.fixture
def driver(run_id: str) -> Iterator[DockerDriver]:
    found = DockerDriver(connect(), run_id)
    yield found
    found.close()


def seen(system: ContainerSystem, name: str) -> str:
    found = get(f"{system.url}/{name}")
    system.stop()
    return found


def test__start__new_that_migrates__has_olds_data_brought_forward(driver: DockerDriver, write: Write) -> None:
    migrate = "options: two, migrate: 'python3 migrate.py', files: [migrate.py]"
    environment = write(
        {"plugin:": SERVICES, "files: [server.py]": ENV, "options: two": migrate},
        server__py=SERVER,
        seed__py=SEED,
        migrate__py=MIGRATE,
    )
    told: list[str] = []
    new = driver.start(environment, "new", told.append)
    lived = "seeded beside 1; started with one; started with two; "
    assert get(f"{new.url}/b") == f"{lived}2"
    assert get(f"{new.url}/a") == f"{lived}migrated-1"
    assert [line for line in told if "migrating" in line or "|" in line] == [
        "migrating tiny from old to new",
        "  | one table",
    ]
    new.stop()
    again = [driver.start(environment, "new", told.append), driver.start(environment, "old", told.append)]
    assert [seen(system, "a") for system in again] == [
        f"{lived}migrated-1",
        "seeded beside 1; started with one; started with one; 1",
    ]
    assert len([line for line in told if "migrating" in line]) == 1


def test__start__second_time__is_as_the_first_time(driver: DockerDriver, write: Write) -> None:
    environment = write(
        {"plugin:": SERVICES.replace(", {call: PUT /b, body: 2}", ""), "files: [server.py]": ENV},
        server__py=SERVER,
        seed__py=SEED,
    )
    first = driver.start(environment, "old", ignore)
    before = get(f"{first.url}/a")
    first.run(["sh", "-c", "echo spoiled >> notes.txt; rm server.py"])
    first._deployment.crew.services["cache"].run(["redis-cli", "set", "a", "spoiled"])
    first.stop()
    assert before == "seeded beside 1; started with one; 1"
    assert seen(driver.start(environment, "old", ignore), "a") == before


def test__start__migration_that_fails__shows_its_last_lines(driver: DockerDriver, write: Write) -> None:
    failing = "options: two, migrate: \"sh -c 'echo no column x >&2; exit 3'\""
    with pytest.raises(EnvironmentFailed) as caught:
        driver.start(write({"options: two": failing}), "new", ignore)
    assert str(caught.value).splitlines() == [
        "sh -c 'echo no column x >&2; exit 3': migration: failed with exit code 3 (docker)",
        "  its last lines:",
        "  | no column x",
        "  | (new-once ended with exit code 3)",
    ]
