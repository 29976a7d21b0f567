"""At the end: no secret was told, and none of the services complained of a mistake of its own."""

import json

from tests.compose.journal import step
from tests.compose.stack import Stack


def test_no_secret_is_told(stack: Stack, token: str) -> None:
    secrets = {file.name: file.read_text("utf-8") for file in stack.secrets.iterdir() if file.stat().st_size}
    places = {
        "config": stack.compose("config"),
        "logs": stack.compose("logs", "--no-color"),
        "inspect": json.dumps(stack.containers()),
        "image": stack.docker("image", "inspect", "cadran-drill") + stack.docker("history", "cadran-drill"),
    }
    with step("no secret in config, logs, inspect and image"):
        told = [(name, place) for name, value in secrets.items() for place, said in places.items() if value in said]
        assert told == []
        assert token not in places["logs"]


def test_no_service_had_a_bug(stack: Stack) -> None:
    with step("no trace of a bug in the logs"):
        logs = stack.compose("logs", "--no-color", "indicators", "milestones", "bibliometrics", "gateway")
        assert "Traceback" not in logs, logs[logs.index("Traceback") - 2000 :][:6000]
