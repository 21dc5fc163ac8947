from __future__ import annotations

from tests.cli.conftest import Backfit


def test__env__alone__lists_its_commands_each_in_one_line(backfit: Backfit) -> None:
    result = backfit("env", "--help")
    listed = result.out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert {"list", "up", "status", "logs", "shell", "open", "exec", "down", "prune"} < {
        line.split()[0] for line in listed
    }
    assert all(len(line) <= 80 for line in listed)
