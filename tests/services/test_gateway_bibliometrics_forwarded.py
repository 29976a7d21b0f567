"""The files that are sent in take minutes to read: the door waits for them, and for nothing else."""

import httpx
import pytest
from fastapi import FastAPI

from services.gateway import forwarding


@pytest.mark.parametrize(
    ("path", "seconds"),
    [
        ("/bibliometrics/v1/imports", 600),
        ("/bibliometrics/v1/imports?contract=essai", 600),
        ("/bibliometrics/v1/imports/12/files", 600),
        ("/bibliometrics/v1/importsx", 30),
        ("/bibliometrics/v1/publications", 30),
        ("/bibliometrics/x/bibliometrics/v1/imports", 30),
        ("/indicators/bibliometrics/v1/imports", 30),
        ("/indicators/v1/imports", 30),
    ],
)
async def test_only_the_imports_are_waited_for(path: str, seconds: int) -> None:
    waited = []

    async def answer(request: httpx.Request) -> httpx.Response:
        waited.append(request.extensions["timeout"])
        return httpx.Response(200, stream=httpx.ByteStream(b"ok"))

    app = FastAPI()
    async with httpx.AsyncClient(timeout=forwarding.TIMEOUT, transport=httpx.MockTransport(answer)) as behind:
        owners = dict.fromkeys(("bibliometrics", "indicators"), "http://owner.test")
        forwarding.install(app, owners, behind)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://door.test") as caller:
            assert (await caller.post(path, content=b"EID")).status_code == 200
    assert waited == [{"connect": 3, "read": seconds, "write": 30, "pool": 30}]
