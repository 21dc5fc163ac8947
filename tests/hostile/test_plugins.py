"""Plugins that mean harm, in their container: what they try does not come off, and the next run works."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import docker
import pytest

from harness.environments import Environment, load_environment
from harness.environments.engine import connect, labels
from harness.environments.layers import host_image
from harness.environments.plugin_container import PluginContainer
from harness.environments.plugin_image import plugin_image
from harness.model.outcome import PluginRun, Result, Side
from harness.record.scenario import run_scenario
from harness.record.scenario_file import Command
from harness.record.setting import Reached, Setting

pytestmark = [pytest.mark.docker, pytest.mark.slow]

ENVIRONMENT = """
schema: backfit/environment/v1
customer: Victim
host: {memory: 192M}
system: {name: s, start: x, ready: {http: /}, old: {pip: []}, new: {pip: []}}
plugin: {name: p}
scenario: scenario.py
"""
TRIES = """
import ctypes, json, os, pathlib, socket, subprocess, urllib.request

AIMS = json.loads(pathlib.Path("aims.json").read_text())
LIBC = ctypes.CDLL(None, use_errno=True)


def reach(host, port, kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as way:
        way.settimeout(3)
        way.connect((host, port))
        way.send(b"x")


def write(path):
    os.close(os.open(path, os.O_WRONLY | (0 if os.path.exists(path) else os.O_CREAT)))


def call(name, *arguments):
    if getattr(LIBC, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)


def trace_the_first_process():
    call("ptrace", 16, 1, 0, 0)
    call("ptrace", 17, 1, 0, 0)


def see_processes_of_others():
    seen = [pathlib.Path("/proc", each, "cmdline").read_bytes() for each in os.listdir("/proc") if each.isdecimal()]
    assert any(AIMS["command"].encode() in each for each in seen)


def follow_outputs_of_the_first_process():
    os.listdir("/proc/1/fd")


TRIED = {
    "resolve a name": lambda: socket.getaddrinfo(AIMS["name"], 80),
    "reach the internet": lambda: reach("1.1.1.1", 53),
    "reach the internet by UDP": lambda: reach("1.1.1.1", 53, socket.SOCK_DGRAM),
    "reach the metadata of a cloud": lambda: reach("169.254.169.254", 80),
    "reach another port of the host": lambda: reach("127.0.0.1", AIMS["port"]),
    "reach the host by its bridge": lambda: reach(AIMS["gateway"], AIMS["port"]),
    "reach another container": lambda: reach(AIMS["container"], 8000),
    "speak to Docker": lambda: socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"),
    "read another environment": lambda: pathlib.Path(AIMS["other"]).read_text(),
    "read a variable of Backfit's": lambda: os.environ["BACKFIT_TEST_SECRET"],
    "see processes of others": see_processes_of_others,
    "read the first process's variables": lambda: pathlib.Path("/proc/1/environ").read_bytes(),
    "follow the first process's files": follow_outputs_of_the_first_process,
    "trace the first process": trace_the_first_process,
    "end the first process": lambda: (os.kill(1, 9), os.kill(1, 2), write("/nowhere/x")),  # and then go on
    "write to its environment": lambda: write("aims.json"),
    "add to its environment": lambda: write("new-file"),
    "write beside its environment": lambda: write(AIMS["beside"]),
    "write to the system's folders": lambda: write("/usr/bin/python3"),
    "write to /etc": lambda: write("/etc/passwd"),
    "write to what is lent": lambda: write("/run/backfit/plugin_init.py"),
    "write to the kernel": lambda: write("/proc/sys/kernel/core_pattern"),
    "write to sysrq": lambda: write("/proc/sysrq-trigger"),
    "write to its limits": lambda: write("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
    "become root": lambda: os.setuid(0),
    "mount": lambda: call("mount", b"none", b"/tmp", b"tmpfs", 0, None),
    "make a device": lambda: os.mknod("/tmp/disk", 0o60600, os.makedev(254, 0)),
    "have a user namespace": lambda: call("unshare", 0x10000000),
    "open a raw socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
    "load a module": lambda: call("init_module", None, 0, b""),
    "set the clock": lambda: __import__("time").clock_settime(0, 0.0),
}


def run(system):
    done = []
    for name in AIMS.get("only") or TRIED:
        try:
            TRIED[name]()
        except (OSError, KeyError, AssertionError):
            continue
        done.append(name)
    return {"came off": done}
"""
HARMLESS = (
    "reach another port of the host",
    "reach the host by its bridge",
    "reach another container",
    "speak to Docker",
    "read another environment",
    "see processes of others",
    "write to its environment",
    "add to its environment",
    "write beside its environment",
)
"""What comes off without a sandbox, and hurts nobody: so that each of these attempts can."""

NODE = """
const fs = require("fs"), net = require("net"), dns = require("dns"), dgram = require("dgram");
const { execSync } = require("child_process");
const aims = JSON.parse(fs.readFileSync("aims.json"));
const reach = (host, port) => new Promise((done, failed) => {
  const way = net.connect({ host, port, timeout: 3000 }, () => done(way.destroy()));
  way.on("error", failed); way.on("timeout", () => failed(way.destroy()));
});
const tried = {
  "resolve a name": () => dns.promises.lookup(aims.name),
  "reach another port of the host": () => reach("127.0.0.1", aims.port),
  "reach the host by its bridge": () => reach(aims.gateway, aims.port),
  "reach another container": () => reach(aims.container, 8000),
  "speak to Docker": () => new Promise((d, f) => net.connect("/var/run/docker.sock", d).on("error", f)),
  "send by UDP": () => new Promise((done, failed) => {
    const way = dgram.createSocket("udp4");
    way.send("x", aims.port, aims.gateway, (error) => { way.close(); error ? failed(error) : done(); });
  }),
  "read another environment": () => fs.readFileSync(aims.other),
  "write to its environment": () => fs.writeFileSync("aims.json", "x"),
  "write beside its environment": () => fs.writeFileSync(aims.beside, "x"),
  "write by a shell": () => execSync("echo x >/usr/bin/x"),
};
(async () => {
  const done = [];
  for (const [name, act] of Object.entries(tried)) await Promise.resolve().then(act).then(() => done.push(name), () => {});
  console.log(JSON.stringify({ "came off": done }));
  process.exit(0);
})();
"""


@pytest.fixture
def victim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment, with another one beside it; the images' locks are shared with other tests."""
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path_factory.getbasetemp().parent / "cache"))
    monkeypatch.setenv("BACKFIT_TEST_SECRET", "a secret of Backfit's")
    for name in ("victim", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "environment.yaml").write_text(ENVIRONMENT)
        (tmp_path / name / "scenario.py").write_text("def run(system): pass")
    return load_environment(tmp_path / "victim")


def contained(environment: Environment, *, node: bool = False) -> Setting:
    """A setting whose programs run in a container."""
    engine = connect()
    image = host_image(engine, environment, node, "run-hostile", lambda _: None)
    return Setting(sandbox=PluginContainer(engine, image, environment, "run-hostile"), timeout=60)


def python(environment: Environment, setting: Setting, text: str) -> PluginRun:
    (environment.folder / "scenario.py").write_text(text)
    return run_scenario(
        environment.folder / "scenario.py", Reached("http://127.0.0.1:9"), Side.NEW, environment.folder.parent, setting
    )


@contextmanager
def aims(environment: Environment, *only: str) -> Iterator[None]:
    """What a plugin could aim at: a port of this machine, another container, a file of another environment's."""
    engine = docker.from_env()
    image = host_image(connect(), environment, False, "run-hostile", lambda _: None)
    server = engine.containers.run(
        image,
        entrypoint=["python3", "-u", "-m", "http.server", "8000", "--directory", "/usr/share/doc"],
        detach=True,
        labels=labels("run-hostile", "aim"),
    )
    try:
        with socket.create_server(("0.0.0.0", 0), backlog=50) as listening:
            while b"Serving" not in server.logs():
                time.sleep(0.05)
            server.reload()
            network = server.attrs["NetworkSettings"]["Networks"]["bridge"]
            wanted = {
                "name": "example.com",
                "port": listening.getsockname()[1],
                "gateway": network["Gateway"],
                "container": network["IPAddress"],
                "other": str(environment.folder.parent / "other/environment.yaml"),
                "beside": str(environment.folder.parent / "beside"),
                "command": "pytest",
                "only": only,
            }
            (environment.folder / "aims.json").write_text(json.dumps(wanted))
            yield
    finally:
        server.remove(force=True, v=True)
        engine.close()


def test__python__whatever_it_tries__nothing_comes_off(victim: Environment) -> None:
    with aims(victim):
        run = python(victim, contained(victim), TRIES)
    assert (run.result, run.observations) == (Result.WORKS, {"came off": []}), run


def test__python__without_a_container__what_is_harmless_comes_off(victim: Environment) -> None:
    with aims(victim, *HARMLESS):
        run = python(victim, Setting(), TRIES)
    assert run.observations == {"came off": [*HARMLESS]}, "else the attempts prove nothing"


@pytest.mark.npm
def test__node__whatever_it_tries__nothing_comes_off(victim: Environment) -> None:
    (victim.folder / "plugin.cjs").write_text(NODE)
    command = Command("node plugin.cjs", victim.folder)
    with aims(victim):
        run = run_scenario(
            command, Reached("http://127.0.0.1:9"), Side.NEW, victim.folder, contained(victim, node=True)
        )
    assert (run.result, run.observations) == (Result.WORKS, {"came off": []}), run


HOGS = {
    "fork bomb": ("while True:\n        suppressed(os.fork)", ("did not end within 6 s", "out of memory (192M)")),
    "memory hog": ("held = [bytearray(1 << 20) for _ in range(10_000)]", "out of memory (192M)"),
    "disk fill": ("fill(here / 'fill', bytes(1 << 20))", "ended early, with exit code 1"),
    "disk fill at once": (
        "os.posix_fallocate(os.open('/tmp/fill', os.O_CREAT | os.O_WRONLY), 0, 1 << 36)",
        "No space left",
    ),
    "many files": ("for number in range(10**7):\n        (here / str(number)).touch()", ""),
    "flood of words": ("while True:\n        os.write(1, b'x' * 65536)", "did not end within 6 s"),
    "endless journal": (
        "fill(here / 'journal', b'{\"page\": \"' + b'x' * 4000 + b'\"}\\n')",
        "ended early, with exit code 1",
    ),
}
HOG = """
import os, pathlib
here = pathlib.Path(os.environ["TMPDIR"])
def suppressed(act):
    try: act()
    except OSError: pass
def fill(path, piece):
    with path.open("ab", buffering=0) as file:
        while file.write(piece): pass
def run(system):
    {act}
"""


@pytest.mark.parametrize("name", HOGS)
def test__hog__takes_what_it_can_get__is_stopped_and_the_next_run_works(victim: Environment, name: str) -> None:
    act, said = HOGS[name]
    setting = contained(victim)
    run = python(victim, replace(setting, timeout=6), HOG.format(act=act))
    ends = (said,) if isinstance(said, str) else said  # which limit is met first is the machine's business
    assert (run.result, any(end in run.headline for end in ends)) == (Result.BROKEN, True), run.headline
    after = python(victim, setting, "def run(system): return {'headline': 'still here'}")
    assert (after.result, after.headline) == (Result.WORKS, "still here")


REPLACED = """
import os, pathlib
here = pathlib.Path(os.environ["TMPDIR"])
def run(system):
    for name in ("reads.ndjson", "host-calls.ndjson", "journal"):
        (here / name).unlink(missing_ok=True)
        {act}
    os._exit(0)
"""


@pytest.mark.parametrize("sandboxed", [True, False], ids=["container", "process"])
@pytest.mark.parametrize(
    "act",
    [
        "os.mkfifo(here / name)",
        "(here / name).symlink_to('/dev/zero')",
        "(here / name).symlink_to({secret!r})",
        "(here / name).mkdir()",
        "(here / name).write_bytes(b'[' * 100_000 + b'\\n{{\"returned\": 5}}\\n{{\"page_error\": [1]}}\\n7\\nnull\\n\\xff\\n')",
    ],
    ids=["pipe", "device", "link", "folder", "nonsense"],
)
def test__outputs__are_something_else__nothing_is_followed_and_nothing_hangs(
    victim: Environment, tmp_path: Path, act: str, sandboxed: bool
) -> None:
    secret = tmp_path / "secret"
    secret.write_text('{"returned": {"stolen": true}}\n')
    setting = contained(victim) if sandboxed else Setting()
    setting = replace(setting, reads=tmp_path / "reads", host_calls=tmp_path / "host", timeout=20)
    run = python(victim, setting, REPLACED.format(act=act.format(secret=str(secret))))
    assert (run.result, run.headline) == (Result.BROKEN, "the plugin's process ended early, with exit code 0")
    assert run.observations == {}
    for kept in (tmp_path / "reads", tmp_path / "host"):
        assert "stolen" not in (kept.read_text(errors="replace") if kept.exists() else "")


PAGE = """
import json, pathlib
aims = json.loads(pathlib.Path(__file__).with_name("aims.json").read_text())
ASK = "(url) => fetch(url, {mode: 'no-cors'}).then(() => 'reached', () => 'refused')"
def run(page, system):
    found = {}
    page.goto("about:blank")
    for name in ("gateway", "container"):
        port = aims["port"] if name == "gateway" else 8000
        found[name] = page.evaluate(ASK, f"http://{aims[name]}:{port}/")
    found["port"] = page.evaluate(ASK, f"http://127.0.0.1:{aims['port']}/")
    for path in (aims["other"], "/var/run/docker.sock"):
        try:
            page.goto("file://" + path)
            found[path] = page.content()
        except Exception as error:
            found[path] = "refused"
    return {"found": sorted(set(found.values()))}
"""


@pytest.mark.browser
def test__page__asks_for_files_and_other_machines__gets_none(victim: Environment) -> None:
    text = ENVIRONMENT.replace("memory: 192M", "memory: 2G") + "browser: chromium\n"
    (victim.folder / "environment.yaml").write_text(text)
    environment = load_environment(victim.folder)
    engine = connect()
    image = plugin_image(engine, environment, "run-hostile", lambda _: None)
    sandbox = PluginContainer(engine, image.name, environment, "run-hostile")
    with aims(environment):
        setting = Setting(browser=image.browser, runner=image.runner, sandbox=sandbox, timeout=90)
        run = python(environment, setting, PAGE)
    assert (run.result, run.observations) == (Result.WORKS, {"found": ["refused"]}), run
    assert [shot.file for shot in run.screenshots] == ["screenshots/new-end.png"]
