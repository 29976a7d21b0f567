"""Keys change without a restart: a new one is taken at once, a removed one is refused within a second, or a minute."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import httpx
import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from shared.application import Description, create_application
from shared.identity import Identity, Reader
from shared.issuer import AUDIENCE, ISSUER
from shared.problems import Unavailable
from tests.waiting import eventually

from .signing import caller, key, key_set, signed

OLD, NEW = key(), key()


@dataclass
class Issuer:
    """Where keys are published, for who asks over https."""

    document: str
    asked: int = 0
    status: int = 200

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await Response(self.document, self.status)(scope, receive, send)


def certificate(folder: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file that also says to believe it."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "issuer")])
    today = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / "issuer.pem"
    file.write_bytes(private.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return file


@asynccontextmanager
async def published(issuer: Issuer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Identity]:
    """Who checks tokens against the keys that are published at an https address."""
    file = certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(issuer, log_config=None, lifespan="off", ssl_certfile=file)
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        address = f"https://127.0.0.1:{listener.getsockname()[1]}/jwks.json"
        yield Identity(jwks=address, issuer=ISSUER, audience=AUDIENCE)
        server.should_exit = True
        await task


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "jwks.json"
    file.write_text(key_set(OLD))
    return file


@pytest.fixture
def identity(file: Path) -> Identity:
    return Identity(jwks=str(file), issuer=ISSUER, audience=AUDIENCE)


async def test_a_new_key_of_a_file_is_taken_at_once(identity: Identity, file: Path) -> None:
    assert await caller(identity, signed(OLD))
    assert await caller(identity, signed(NEW)) is None
    rewrite(file, key_set(OLD, NEW))
    assert await caller(identity, signed(NEW))
    assert await caller(identity, signed(OLD))


async def test_a_key_that_is_removed_from_a_file_is_refused_within_seconds(identity: Identity, file: Path) -> None:
    token = signed(OLD)
    assert await caller(identity, token)
    rewrite(file, key_set(NEW))
    await eventually(lambda: refused(identity, token), within=5)


def rewrite(file: Path, document: str) -> None:
    file.write_text(document)


async def refused(identity: Identity, token: str) -> bool:
    return identity.known(token) is None and await caller(identity, token) is None


async def test_over_http_keys_change_while_the_service_runs(identity: Identity, file: Path) -> None:
    about = Description(service="test", title="Test", summary="Test", version="0")
    app = create_application(about, identity=identity, checks={}, max_body=1000)

    @app.get("/who")
    async def who(caller: Reader) -> str:
        return caller.subject

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://cadran.test") as client:

        async def status(token: str) -> int:
            return (await client.get("/who", headers={"Authorization": f"Bearer {token}"})).status_code

        async def is_refused() -> bool:
            return await status(old) == 401

        old, new = signed(OLD), signed(NEW)
        assert [await status(old), await status(new)] == [200, 401]
        rewrite(file, key_set(NEW))
        assert await status(new) == 200
        await eventually(is_refused, within=5)


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"keys": []}', '{"keys": [{"kty": "EC"}]}'])
async def test_a_file_that_is_damaged_leaves_the_former_keys(identity: Identity, file: Path, damaged: str) -> None:
    assert await caller(identity, signed(OLD))
    rewrite(file, damaged)
    assert await caller(identity, signed(NEW)) is None
    assert await caller(identity, signed(OLD))
    rewrite(file, key_set(NEW))
    assert await caller(identity, signed(NEW))


async def test_where_keys_were_never_read_it_is_not_the_callers_fault(tmp_path: Path) -> None:
    identity = Identity(jwks=str(tmp_path / "none.json"), issuer=ISSUER, audience=AUDIENCE)
    with pytest.raises(Unavailable):
        await identity.check(signed(OLD))
    rewrite(tmp_path / "none.json", key_set(OLD))
    assert await caller(identity, signed(OLD))


async def test_keys_are_read_from_an_https_address_and_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer = Issuer(key_set(OLD))
    async with published(issuer, tmp_path, monkeypatch) as identity:
        assert await caller(identity, signed(OLD))
        issuer.document = key_set(NEW)
        await eventually(lambda: caller(identity, signed(NEW)), within=5)
        assert await caller(identity, signed(OLD)) is None


async def test_an_address_is_asked_once_however_many_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer = Issuer(key_set(OLD))
    async with published(issuer, tmp_path, monkeypatch) as identity:
        await asyncio.gather(*(identity.check(signed(OLD)) for _ in range(20)))
        assert issuer.asked == 1
        forged = [signed(NEW) for _ in range(20)]
        assert set(await asyncio.gather(*(caller(identity, token) for token in forged))) == {None}
        assert issuer.asked <= 3  # not more than once a second


async def test_a_key_that_is_removed_from_an_address_is_refused_within_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, token = Issuer(key_set(OLD, NEW)), signed(OLD)
    async with published(issuer, tmp_path, monkeypatch) as identity:
        assert await caller(identity, token)
        issuer.document = key_set(NEW)
        later = monotonic() + 61
        monkeypatch.setattr("shared.identity.keys.monotonic", lambda: later)
        assert identity.known(token) is None
        assert await caller(identity, token) is None


async def test_an_address_that_is_away_leaves_the_former_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, token = Issuer(key_set(OLD)), signed(OLD)
    async with published(issuer, tmp_path, monkeypatch) as identity:
        assert await caller(identity, token)
        issuer.status = 503
        later = monotonic() + 61
        monkeypatch.setattr("shared.identity.keys.monotonic", lambda: later)
        assert await caller(identity, token)


async def test_a_certificate_that_is_not_believed_gives_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with published(Issuer(key_set(OLD)), tmp_path, monkeypatch) as identity:
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(Unavailable):
            await identity.check(signed(OLD))
