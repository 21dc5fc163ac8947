"""`backfit env up`: one side or both are brought up to stay, or found to be up already; all that were asked for, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from harness.environments.driver import Wanted
from harness.environments.spec import Environment, SideName
from harness.living.dwellers import Dweller, swept
from harness.living.keeper import Job
from harness.living.place import Place, State, place_of
from harness.living.starting import start
from harness.living.waking import Keeper, awake
from harness.model.errors import UsageError

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """How a side is to be up. `port` is one of 127.0.0.1; `frozen`: exactly as locked; `faults`: on the network as it is."""

    driver: Wanted = "auto"
    shim: Path | None = None
    port: int | None = None
    frozen: bool = False
    faults: bool = False


@dataclass(frozen=True)
class Settled:
    """A side that is up, and whether it was so before."""

    state: State
    before: bool


def bring_up(
    environment: Environment,
    sides: Sequence[SideName],
    wish: Wish,
    *,
    workspace: Path = Path(),
    keeper: Keeper | None = None,
    tell: Tell,
) -> list[Settled]:
    """Every one of `sides`, the first to be started by `keeper` where one is awake already. Where one fails, or on Ctrl-C,
    those that were not up before are ended again. What killed runs left is cleaned up meanwhile.

    Raises UsageError for a wish that cannot be, EnvironmentFailed where a side does not start.
    """
    if wish.shim and "new" not in sides:
        raise UsageError("a shim stands before the new version", hint="say --side new, or leave --shim out")
    if wish.faults and not environment.network.faulty:
        hint = "leave --faults out, or say there what is wrong: network: {links: {plugin-system: {latency: 300ms}}}"
        raise UsageError("nothing is wrong with this network", where=str(environment.path), hint=hint)
    if wish.port is not None and len(sides) > 1:
        raise UsageError("one port cannot lead to both versions", hint="say --side old or --side new")
    with ExitStack() as undone, ExitStack() as keepers:
        settled = []
        for side in sides:
            place = place_of(environment, side, workspace)
            found = _found(place, wish, side, tell)
            if found is None:
                free = keeper if keeper and not keeper.busy else keepers.enter_context(awake())
                state = _started(environment, side, wish, workspace, free, tell)
                undone.callback(Dweller(place, state).down)
                settled.append(Settled(state, before=False))
            else:
                settled.append(Settled(found, before=True))
        undone.pop_all()
    return settled


def _found(place: Place, wish: Wish, side: SideName, tell: Tell) -> State | None:
    """The side, where it is up as it is wished; what died is ended. Raises UsageError where it is up otherwise."""
    state = place.read()
    if state is None or state.gone:
        return None
    there = Dweller(place, state)
    if there.health() == "up":
        _same(state, _shim(wish, side), wish)
        return state
    if state.phase == "starting":
        raise UsageError(f"{state.name} is being started by another command", where=str(place.folder))
    tell(f"ending {state.name}, which does not run any more")
    there.down()
    return None


def _started(
    environment: Environment, side: SideName, wish: Wish, workspace: Path, keeper: Keeper, tell: Tell
) -> State:
    job = Job(
        path=str(environment.path.absolute()),
        workspace=str(workspace.absolute()),
        side=side,
        driver=wish.driver,
        shim=_shim(wish, side),
        port=wish.port,
        frozen=wish.frozen,
        faults=wish.faults,
    )

    def clean_up() -> None:
        for line in swept(workspace):
            tell(f"cleaned up after a run that was killed: {line}")

    return start(keeper, job, tell, meanwhile=clean_up)


def _shim(wish: Wish, side: SideName) -> str | None:
    return str(wish.shim.absolute()) if wish.shim and side == "new" else None


def _same(state: State, shim: str | None, wish: Wish) -> None:
    """Raises UsageError where it is up otherwise than it is wished."""
    at_port = wish.port is None or state.address.endswith(f":{wish.port}")
    as_wished = state.shim == (shim or "") and state.faults == wish.faults
    if at_port and as_wished and wish.driver in ("auto", state.driver):
        return
    behind = f", behind {state.shim}" if state.shim else ""
    faults = ", its network faulty" if state.faults else ""
    hint = f"backfit env down {state.environment} --side {state.side} first"
    raise UsageError(f"{state.name} is up already, with {state.driver}{behind}{faults}: {state.address}", hint=hint)
