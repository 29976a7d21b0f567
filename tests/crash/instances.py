"""Cadran in processes of its own, started from a warm one: run to the end, or kept running, stopped and killed."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.context import ForkServerProcess
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx

from shared.issuer import LocalIssuer
from tests.conftest import COP, ROOT
from tests.crash import failpoints
from tests.processes import free_port
from tests.waiting import eventually

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([failpoints.__name__])
_END_SECONDS = 30
_READY_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Process:
    """A `cadran` under way; what it says and what it complains of are files of a folder."""

    handle: ForkServerProcess
    folder: Path

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text("utf-8")

    @property
    def complained(self) -> str:
        return (self.folder / "complained").read_text("utf-8")

    @property
    def status(self) -> int | None:
        """The exit status; minus the signal's number where one killed it; None as long as it runs."""
        return self.handle.exitcode

    def send(self, number: signal.Signals) -> None:
        assert self.handle.pid
        os.kill(self.handle.pid, number)

    async def ended(self, within: float = _END_SECONDS) -> int:
        """Its exit status, once it has ended."""
        await eventually(self._has_ended, within=within)
        assert self.status is not None
        return self.status

    async def _has_ended(self) -> bool:
        return self.status is not None


@asynccontextmanager
async def started(folder: Path, *arguments: str, bomb: Sequence[str] = (), **env: str) -> AsyncIterator[Process]:
    """`cadran` with these arguments and variables; killed, where it still runs, at the end of the block."""
    handle = _CONTEXT.Process(target=_run, args=([*bomb, "--", *arguments], env, folder))
    await asyncio.to_thread(handle.start)
    process = Process(handle, folder)
    try:
        yield process
    finally:
        handle.kill()
        await asyncio.to_thread(handle.join)
        handle.close()


async def finished(folder: Path, *arguments: str, **env: str) -> tuple[int, str, str]:
    """`cadran` run to its end: the exit status, what it said, what it complained of."""
    async with started(folder, *arguments, **env) as process:
        return await process.ended(), process.said, process.complained


def _run(arguments: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
    parent = parent_process()
    assert parent
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in ((1, "said"), (2, "complained")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.update(env)
    failpoints.main(arguments)


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an instance keeps its data and listens, from one run to the next."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        return self.folder / "var"

    @property
    def env(self) -> dict[str, str]:
        return {
            "CADRAN_DATA": str(self.data),
            "CADRAN_CONTRACTS": str(self.shipped),
            "CADRAN_LIMITS__CALLS_PER_MINUTE": "0",
            "PORT": str(self.port),
        }

    @property
    def shipped(self) -> Path:
        """One contract is enough to crash with: each life loads it anew."""
        folder = self.folder / "shipped"
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / COP).symlink_to(ROOT / "contracts" / COP)
        return folder

    def client(self, *roles: str) -> httpx.AsyncClient:
        token = LocalIssuer(self.data).token(subject="test", roles=roles or ["administrator"], days=1)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=30)


def new_place(folder: Path) -> Place:
    return Place(folder, free_port())


@asynccontextmanager
async def launched(place: Place, *, bomb: Sequence[str] = (), **env: str) -> AsyncIterator[Process]:
    """`cadran run`, not waited for."""
    async with started(place.folder, "run", bomb=bomb, **place.env | env) as process:
        yield process


@asynccontextmanager
async def running(place: Place, *, bomb: Sequence[str] = (), **env: str) -> AsyncIterator[Process]:
    """`cadran run`, ready."""
    async with launched(place, bomb=bomb, **env) as process:
        await ready(place, process)
        yield process


async def ready(place: Place, process: Process) -> None:
    """Fails with what the process complained of where it ends instead."""
    assert await ready_or_dead(process, place.port), process.complained


async def ready_or_dead(process: Process, port: int) -> bool:
    """Wait for the one or the other. Returns whether it is ready."""

    async def either() -> bool:
        return process.status is not None or await _is_ready(port)

    await eventually(either, within=_READY_SECONDS)
    return process.status is None


async def _is_ready(port: int) -> bool:
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(f"http://127.0.0.1:{port}/health/ready")).is_success
    except httpx.TransportError:
        return False
