"""Secrets kept in files: a service that runs by itself reads any setting from the folder that it is told."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from services.bibliometrics.settings import Settings
from shared.sentences import typeset
from shared.settings import ServiceSettings

_CADRAN = str(Path(sys.executable).with_name("cadran"))
_ADDRESS = "postgresql+asyncpg://indicators@postgres/indicators"
_HARD = "p@ss:w/rd%40 é"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CADRAN_SECRETS_DIR", str(tmp_path))
    return tmp_path


def test_the_password_of_a_file_goes_into_an_address_without_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRAN_DATABASE_URL", _ADDRESS)
    (folder / "CADRAN_DATABASE_PASSWORD").write_text(f"{_HARD}\n", "utf-8")
    found = make_url(ServiceSettings().database_url)
    assert (found.username, found.password, found.host) == ("indicators", _HARD, "postgres")


def test_an_address_with_a_password_keeps_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql+asyncpg://indicators:mine@postgres/indicators"
    monkeypatch.setenv("CADRAN_DATABASE_URL", address)
    (folder / "CADRAN_DATABASE_PASSWORD").write_text("another", "utf-8")
    assert ServiceSettings().database_url == address


def test_a_whole_address_may_be_a_file(folder: Path) -> None:
    address = "postgresql+asyncpg://indicators:mine@postgres/indicators"
    (folder / "CADRAN_DATABASE_URL").write_text(address, "utf-8")
    assert ServiceSettings().database_url == address


def test_a_password_may_be_a_variable_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRAN_DATABASE_URL", _ADDRESS)
    monkeypatch.setenv("CADRAN_DATABASE_PASSWORD", "mine")
    assert make_url(ServiceSettings().database_url).password == "mine"


def test_a_variable_goes_before_the_file_of_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRAN_KAFKA__SASL_PASSWORD", "of the variable")
    (folder / "CADRAN_KAFKA__SASL_PASSWORD").write_text("of the file", "utf-8")
    assert ServiceSettings().kafka.sasl_password.get_secret_value() == "of the variable"


def test_nested_settings_mix_variables_and_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRAN_CONNECTORS__SCOPUS__ENABLED", "true")
    monkeypatch.setenv("CADRAN_KAFKA__SERVERS", "kafka:9092")
    (folder / "CADRAN_CONNECTORS__SCOPUS__API_KEY").write_text("the key\n", "utf-8")
    (folder / "CADRAN_KAFKA__SASL_PASSWORD").write_text("the password\n", "utf-8")
    settings = Settings()
    assert settings.connectors.scopus.enabled
    assert settings.connectors.scopus.api_key.get_secret_value() == "the key"
    assert (settings.kafka.servers, settings.kafka.sasl_password.get_secret_value()) == ("kafka:9092", "the password")


def test_an_empty_file_is_no_key(folder: Path) -> None:
    (folder / "CADRAN_CONNECTORS__SCOPUS__API_KEY").touch()
    assert Settings().connectors.scopus.api_key.get_secret_value() == ""


def test_what_cannot_be_an_address_is_left_to_be_refused_where_it_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CADRAN_DATABASE_URL", "nowhere")
    (folder / "CADRAN_DATABASE_PASSWORD").write_text("mine", "utf-8")
    assert ServiceSettings().database_url == "nowhere"


def test_a_password_is_not_shown_with_the_settings(folder: Path) -> None:
    (folder / "CADRAN_DATABASE_PASSWORD").write_text("to be hidden", "utf-8")
    assert "to be hidden" not in repr(ServiceSettings())


def test_a_folder_of_secrets_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    done = subprocess.run(
        [_CADRAN, "serve", "indicators"],
        env={"CADRAN_SECRETS_DIR": str(missing)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == typeset(f"Cadran ne peut pas continuer : {missing} : No such file or directory") + "\n"
