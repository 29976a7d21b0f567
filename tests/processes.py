"""Processes that the tests start: each ends with the tests, however the tests end."""

import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_STOP_SECONDS = 20
_UNTIL_THE_PIPE_CLOSES = 'exec 3<&0; { cat <&3 >/dev/null; kill "$$"; } & exec "$@" </dev/null 3<&-'
_STOP_ANOTHER = (
    'cat >/dev/null; kill -QUIT "$0"; for _ in $(seq 500); do [ -e "$1" ] || break; sleep 0.02; done; rm -rf "$2"'
)


def start(command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a command that is stopped when this process ends, were it killed; Ctrl-C does not reach it before.

    `env` is its whole environment, ours where it is not given.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            ["sh", "-c", _UNTIL_THE_PIPE_CLOSES, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=env,
        )


def stop(process: subprocess.Popen[bytes]) -> int:
    """Have it end in order, and within bounded time. Returns its exit status."""
    process.terminate()
    try:
        return process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    finally:
        assert process.stdin
        process.stdin.close()


@contextmanager
def running(
    command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A command as long as the block lasts."""
    process = start(command, log=log, env=env)
    try:
        yield process
    finally:
        stop(process)


@contextmanager
def ending_with_us(pid: int, pid_file: Path, folder: Path) -> Iterator[None]:
    """Stop a process that detached itself when the block ends, or this process does; then remove its folder."""
    guardian = subprocess.Popen(
        ["sh", "-c", _STOP_ANOTHER, str(pid), str(pid_file), str(folder)], stdin=subprocess.PIPE, start_new_session=True
    )
    assert guardian.stdin
    try:
        yield
    finally:
        guardian.stdin.close()
        guardian.wait(_STOP_SECONDS)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
