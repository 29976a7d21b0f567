"""Settings that can't be: one line names the variable and says what to write, whatever the command."""

import os
import socket
from pathlib import Path

import pytest

from tests.conftest import COP, ROOT
from tests.crash.instances import Place, finished, new_place, running
from tests.crash.test_startup import plain, refused

_ADDRESS = "CADRAN_DATABASE_URL ne mène à aucune base : écrivez postgresql+asyncpg://"
_APART = {"CADRAN_KAFKA__SERVERS": "127.0.0.1:9", "CADRAN_JWKS": "/nulle-part"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("PORT", "abc", "PORT=abc : un nombre entier est attendu"),
        ("PORT", "99999", "PORT=99999 : un port est un nombre de 1 à 65535"),
        ("PORT", "0", "PORT=0 : un port est un nombre de 1 à 65535"),
        ("CADRAN_METRICS_PORT", "65536", "CADRAN_METRICS_PORT=65536 : doit être au plus 65535"),
        ("CADRAN_METRICS_PORT", "-1", "CADRAN_METRICS_PORT=-1 : doit être au moins 0"),
        ("CADRAN_LOG_LEVEL", "foo", "CADRAN_LOG_LEVEL=foo : valeur inconnue ; attendu : debug, info, warning"),
        ("CADRAN_LOG_FORMAT", "xml", "CADRAN_LOG_FORMAT=xml : valeur inconnue ; attendu : console, json"),
        ("CADRAN_HOST", "nulle-part.invalid", "CADRAN_HOST=nulle-part.invalid n’est pas une adresse de cette machine"),
        ("CADRAN_HOST", "192.0.2.1", "CADRAN_HOST=192.0.2.1 n’est pas une adresse de cette machine"),
        ("CADRAN_HOST", "a..b", "CADRAN_HOST=a..b n’est pas une adresse de cette machine"),
    ],
)
async def test_a_setting_that_cannot_be_is_refused_by_name(
    place: Place, variable: str, value: str, reason: str
) -> None:
    assert reason in await refused(place, "run", **{variable: value})
    assert not place.data.exists()


async def test_contracts_that_are_no_folder_are_refused(place: Place) -> None:
    line = await refused(place, "run", CADRAN_CONTRACTS="/nonexistent")
    assert "CADRAN_CONTRACTS=/nonexistent n’est pas un dossier" in line
    assert not place.data.exists()


async def test_every_wrong_setting_is_named_at_once(place: Place) -> None:
    line = await refused(place, "run", PORT="abc", CADRAN_LOG_FORMAT="xml")
    assert "PORT=abc" in line
    assert "CADRAN_LOG_FORMAT=xml" in line


async def test_levels_and_formats_are_read_in_capitals_and_an_empty_one_is_none(place: Place) -> None:
    async with running(place, CADRAN_LOG_LEVEL="ERROR", CADRAN_LOG_FORMAT="JSON", CADRAN_METRICS_PORT=""):
        pass


async def test_a_taken_port_of_the_metrics_is_refused_before_anything_is_touched(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = await refused(place, "run", CADRAN_METRICS_PORT=port)
    assert f"l’adresse 127.0.0.1:{port} n’est pas libre : choisissez un autre port par CADRAN_METRICS_PORT" in line
    assert not place.data.exists()


@pytest.mark.parametrize(
    "url",
    ["foo", "postgresql://c:secret@h/b", "sqlite:///base", "foo://secret@h/b", "postgresql+asyncpg://c:secret@h:x/b"],
)
@pytest.mark.parametrize(
    "command",
    [
        ("serve", "gateway"),
        ("migrate", "gateway"),
        ("republish", "indicators"),
        ("serve", "milestones"),
        ("serve", "bibliometrics"),
    ],
    ids=" ".join,
)
async def test_an_address_of_no_database_is_refused_and_not_repeated(
    place: Place, command: tuple[str, str], url: str
) -> None:
    line = await refused(place, *command, CADRAN_DATABASE_URL=url, **_APART)
    assert _ADDRESS in line
    assert "secret" not in line


@pytest.mark.parametrize(
    "command",
    [("serve", "indicators"), ("migrate", "indicators"), ("serve", "milestones"), ("migrate", "bibliometrics")],
    ids=" ".join,
)
@pytest.mark.parametrize("port", ["9", "99999"])
async def test_a_database_that_is_away_is_said_in_one_line(place: Place, command: tuple[str, str], port: str) -> None:
    await refused(place, *command, CADRAN_DATABASE_URL=f"postgresql+asyncpg://c:d@127.0.0.1:{port}/b", **_APART)


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("CADRAN_PORT", "99999", "CADRAN_PORT=99999 : un port est un nombre de 1 à 65535"),
        ("CADRAN_KAFKA__PARTITIONS", "trois", "CADRAN_KAFKA__PARTITIONS=trois : un nombre entier est attendu"),
        ("CADRAN_OWNERS", "foo", "CADRAN_OWNERS : un objet JSON est attendu"),
        ("CADRAN_LOG_FORMAT", "xml", "CADRAN_LOG_FORMAT=xml : valeur inconnue"),
    ],
)
async def test_a_service_s_setting_that_cannot_be_is_refused_by_name(
    place: Place, variable: str, value: str, reason: str
) -> None:
    assert reason in await refused(place, "serve", "gateway", **{variable: value})


@pytest.mark.parametrize("given", ["é", "a\nb"])
async def test_a_token_that_is_none_is_refused(place: Place, given: str) -> None:
    line = await refused(place, "load", str(ROOT / "contracts" / COP), CADRAN_TOKEN=given)
    assert "CADRAN_TOKEN n’est pas un jeton" in line


async def test_an_address_that_is_none_is_refused(place: Place) -> None:
    url = "http://127.0.0.1:abc"
    line = await refused(place, "load", str(ROOT / "contracts" / COP), CADRAN_TOKEN="a.b.c", CADRAN_URL=url)
    assert f"CADRAN_URL={url} n’est pas une adresse" in line


async def test_the_welcome_names_the_folder_of_the_contract_and_the_command_from_the_root(place: Place) -> None:
    async with running(place) as process:
        said = plain(process.said)
    assert f"load {ROOT}/contracts/{COP} --dry-run" in said
    (command,) = (word for word in said.split() if word.startswith("TOKEN=$("))
    assert os.access(command.removeprefix("TOKEN=$("), os.X_OK)


@pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="this machine has no IPv6")
async def test_an_ipv6_host_stands_in_brackets(place: Place) -> None:
    with socket.create_server(("::1", place.port), family=socket.AF_INET6):
        line = await refused(place, "run", CADRAN_HOST="::1")
    assert f"l’adresse [::1]:{place.port} n’est pas libre : choisissez un autre port par PORT" in line


async def test_a_load_that_finds_nobody_names_the_address_that_the_settings_give(place: Place) -> None:
    await finished(place.folder / "token", "token", **place.env)
    line = await refused(place, "load", str(ROOT / "contracts" / COP), CADRAN_HOST="::1")
    assert f"http://[::1]:{place.port} ne répond pas" in line
