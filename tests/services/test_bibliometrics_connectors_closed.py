"""What keeps connectors shut: off unless turned on, hosts that are allowed, and keys that nobody reads."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog
from pydantic import ValidationError
from sqlalchemy import select

from services.bibliometrics.connectors import ConnectorSettings
from services.bibliometrics.connectors.addresses import ForbiddenAddressError, check
from services.bibliometrics.domain.publication import Source
from services.bibliometrics.settings import Settings
from services.bibliometrics.tables import FetchPageRow
from shared.database import Database

from .bibliometrics_calls import plain
from .bibliometrics_fetches import FETCHES, HAL, SCOPUS, Town, alone, posted, settings_of, town
from .scopus_server import EXCEEDED, KEY, TOKEN, ScopusServer, entry, error

OFFICIAL = ("api.elsevier.com", "api.archives-ouvertes.fr")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with alone(tmp_path) as found:
        yield found


@pytest.mark.parametrize("asked", [SCOPUS, HAL])
async def test_both_are_off_until_they_are_turned_on(database: Database, tmp_path: Path, asked: dict[str, str]) -> None:
    problem = await Town(database, tmp_path, ConnectorSettings()).fetch(asked, 409)
    name = f"CADRAN_CONNECTORS__{asked['source'].upper()}__ENABLED"
    assert "n’est pas activé" in problem["detail"]
    assert name in problem["detail"]


async def test_scopus_needs_a_key(database: Database, tmp_path: Path) -> None:
    settings = ConnectorSettings.model_validate({"scopus": {"enabled": True}})
    problem = await Town(database, tmp_path, settings).fetch(SCOPUS, 409)
    assert "CADRAN_CONNECTORS__SCOPUS__API_KEY" in problem["detail"]


async def test_only_who_defines_may_ask(database: Database, tmp_path: Path) -> None:
    service = Town(database, tmp_path, ConnectorSettings()).service()
    for roles, status in (((), 401), (("reader",), 403), (("contributor",), 403)):
        async with service.client(*roles) as client:
            assert (await client.post(FETCHES, json=SCOPUS)).status_code == status
            assert (await client.post(f"{FETCHES}/une/resume")).status_code == status


def test_the_official_hosts_are_the_ones_allowed() -> None:
    assert ConnectorSettings().allowed_hosts == OFFICIAL
    assert ConnectorSettings().scopus.base_url == "https://api.elsevier.com"
    assert ConnectorSettings().hal.base_url == "https://api.archives-ouvertes.fr"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.test",
        "http://api.elsevier.com",
        "ftp://api.elsevier.com",
        "https://api.elsevier.com@elsewhere.test",
        "https://api.elsevier.com:x@api.elsevier.com",
        "https://api.elsevier.com.elsewhere.test",
        "http://127.0.0.1:8000",
        "api.elsevier.com",
        "",
    ],
)
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        check(address, OFFICIAL)


@pytest.mark.parametrize("address", ["https://api.elsevier.com", "https://API.Elsevier.com/", "http://127.0.0.1:8000"])
def test_an_allowed_address_is_taken_in_the_clear_on_this_machine_alone(address: str) -> None:
    check(address, (*OFFICIAL, "127.0.0.1"))


def test_a_host_that_is_not_allowed_keeps_the_service_from_starting() -> None:
    hal = {"enabled": True, "base_url": "https://elsewhere.test"}
    with pytest.raises(ValidationError, match="» n’est pas permis"):
        ConnectorSettings.model_validate({"hal": hal})


async def test_a_host_that_is_not_allowed_is_not_asked(database: Database, tmp_path: Path) -> None:
    scopus = ScopusServer()
    async with town(database, tmp_path, Source.SCOPUS, scopus) as asking:
        asking.settings = asking.settings.model_copy(update={"allowed_hosts": OFFICIAL})
        problem = await asking.fetch(SCOPUS, 409)
    assert "« 127.0.0.1 » n’est pas permis" in plain(problem["detail"])
    assert scopus.asked == []


def test_an_operator_sets_them_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRAN_CONNECTORS__SCOPUS__ENABLED", "true")
    monkeypatch.setenv("CADRAN_CONNECTORS__SCOPUS__API_KEY", KEY)
    monkeypatch.setenv("CADRAN_CONNECTORS__SCOPUS__INST_TOKEN", TOKEN)
    monkeypatch.setenv("CADRAN_CONNECTORS__ALLOWED_HOSTS", '["api.elsevier.com"]')
    found = Settings().connectors
    assert (found.scopus.enabled, found.hal.enabled) == (True, False)
    assert (found.scopus.api_key.get_secret_value(), found.scopus.inst_token.get_secret_value()) == (KEY, TOKEN)
    assert found.allowed_hosts == ("api.elsevier.com",)


def test_settings_show_no_key_even_when_they_are_wrong() -> None:
    assert KEY not in repr(settings_of(Source.SCOPUS, "http://127.0.0.1"))
    with pytest.raises(ValidationError) as refused:
        settings_of(Source.SCOPUS, "https://elsewhere.test")
    assert KEY not in str(refused.value)


async def test_no_key_is_told_or_kept(database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Even where the source repeats them, in a result or in a refusal."""
    echo = f"Invalid API Key: {KEY} with {TOKEN}"
    scopus = ScopusServer([entry(each, **{"prism:volume": KEY}) for each in range(60)])
    scopus.troubles = {2: EXCEEDED, 4: error(401, "APIKEY_INVALID", echo)}
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as logs:
        async with town(database, tmp_path, Source.SCOPUS, scopus) as asking:
            answers = [await posted(asking, SCOPUS) for _ in range(3)]
            async with database.reading() as session:
                pages = (await session.scalars(select(FetchPageRow.content))).all()
    assert [each.json()["status"] for each in answers] == ["paused", "failed", "done"]
    assert "« Invalid API Key: … with … »" in answers[1].json()["message"].replace("\xa0", " ")
    told = "".join([*(each.text for each in answers), *pages, caplog.text, str(logs)])
    assert KEY not in told
    assert TOKEN not in told
