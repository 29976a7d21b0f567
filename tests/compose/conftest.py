"""The stack that every part of the drill works on, in the order of their names, and the steward who does."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.issuer import LocalIssuer
from tests.compose.journal import note, step
from tests.compose.stack import Stack, composing, environment
from tests.compose.stating import Caller
from tests.conftest import ROOT

CONTRACTS = ("cop-2018-2022", "cop-2023-2027")
_CADRAN = str(Path(sys.executable).with_name("cadran"))
Cadran = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def token(prepared: Stack) -> str:
    return LocalIssuer(prepared.folder).token(subject="essai", roles=["administrator"], days=1)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything that is needed to start, and nothing started; gone with its volumes at the end."""
    folder = tmp_path_factory.mktemp("compose")
    issuer = LocalIssuer(folder)
    issuer.prepare()
    stack = Stack(folder, environment(folder, issuer.public))
    note(f"with {' '.join(composing())}, project {stack.env['COMPOSE_PROJECT_NAME']}, {stack.env['CADRAN_PUBLISH']}")
    with step("the image is built"):
        stack.docker("build", "--quiet", "--tag", "cadran-drill", "--file", str(ROOT / "deploy/Dockerfile"), str(ROOT))
    with step("deploy/secrets.sh makes the passwords"):
        stack.script("secrets.sh", str(stack.secrets))
    yield stack
    with step("down, with the volumes"):
        stack.remove()


@pytest.fixture(scope="session")
def stack(prepared: Stack) -> Stack:
    """Started, by the health of what each needs."""
    with step("up: migrations, topics, and every service healthy"):
        prepared.up()
    return prepared


@pytest.fixture
def caller(stack: Stack, token: str) -> Caller:
    return Caller(stack.doors()[0], token)


@pytest.fixture
def cadran(stack: Stack, token: str) -> Cadran:
    """A command of the operator's own machine, through the published door."""

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        env = {**stack.env, "CADRAN_URL": stack.doors()[0], "CADRAN_TOKEN": token}
        command = [_CADRAN, *arguments]
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)

    return run
