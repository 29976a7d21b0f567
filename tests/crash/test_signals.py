"""Ending: Ctrl-C and SIGTERM end in order at any moment, and SIGKILL leaves a folder that starts again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import oracle
from tests.crash.changing import stored
from tests.crash.instances import Place, launched, new_place, running

SIGNALS = pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
_BEGINNING = [("key", "1", "after"), ("migration", "3", "before"), ("owner-event", "150", "before"),
              ("owner-commit", "1", "after"), ("projection", "2", "before"), ("mark-sent", "1", "after")]  # fmt: skip
_COMMAND = Path(sys.executable).parent / "cadran"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


@SIGNALS
async def test_a_signal_ends_it_in_order(place: Place, name: str) -> None:
    async with running(place) as process:
        process.send(signal.Signals[name])
        assert await process.ended(within=5) == 0
        assert process.complained == ""
        assert "Traceback" not in process.said
    async with running(place):
        assert oracle.incoherences(await stored(place)) == []


@SIGNALS
async def test_a_signal_ends_it_while_a_reader_keeps_its_connection(place: Place, name: str) -> None:
    async with running(place) as process, place.client() as client:
        assert (await client.get("/v1/contracts")).status_code == 200
        process.send(signal.Signals[name])
        assert await process.ended(within=5) == 0


@SIGNALS
@pytest.mark.parametrize("point", _BEGINNING, ids="-".join)
async def test_a_signal_during_start_up_ends_it_without_a_trace(
    place: Place, name: str, point: tuple[str, str, str]
) -> None:
    """A process that has not begun to serve has nothing to end in order: the signal ends it, and a shell sees that."""
    async with launched(place, bomb=(*point, name)) as process:
        assert await process.ended() == -signal.Signals[name]
        assert process.complained == ""
        assert "Traceback" not in process.said
    async with running(place):
        assert oracle.incoherences(await stored(place)) == []


def test_ctrl_c_while_python_is_still_importing_leaves_no_trace(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", str(_COMMAND), "run"]
    env = os.environ | {"CADRAN_DATA": str(tmp_path / "var")}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr
        imported = next(line for line in process.stderr if line.endswith(b" fastapi.exceptions\n"))
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert imported
    assert process.returncode != 0
    assert b"Traceback" not in rest
