"""`backfit env …`: environments made from a ticket, brought up to stay, looked into, compared, and cleaned up after."""

from __future__ import annotations

import typer

from harness.cli.lazy import At, group

COMMANDS = {
    "from-report": At("env_report", "from_report"),
    "questions": At("env_questions", "questions"),
    "list": At("env_status", "list_", "LIST_EPILOG"),
    "up": At("env_up", "up"),
    "status": At("env_status", "status", "STATUS_EPILOG"),
    "logs": At("env_inside", "logs", "LOGS_EPILOG"),
    "shell": At("env_inside", "shell", "SHELL_EPILOG"),
    "exec": At("env_inside", "exec_", "EXEC_EPILOG", kind="AfterDashes"),
    "open": At("env_open", "open_"),
    "snapshot": At("env_snapshot", "snapshot"),
    "restore": At("env_snapshot", "restore", "RESTORE_EPILOG"),
    "down": At("env_down", "down"),
    "doctor": At("env_doctor", "doctor"),
    "diff": At("env_diff", "diff"),
    "lock": At("env_lock", "lock"),
    "prune": At("env_prune", "prune"),
}

app = typer.Typer(
    cls=group(COMMANDS),
    help="Environments: make one from a ticket, start it and look around, compare it, lock it.",
    epilog="Example: backfit env up bike-shop --side new",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def _group() -> None:
    """What makes a group of it: its commands are loaded when they are called."""
