"""The limits as an operator sets them, and the settings that can't be."""

import pytest
from pydantic import ValidationError

from services.gateway.settings import Settings
from shared.serving import RefusedError, require


def test_limits_are_set_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRAN_LIMITS__CALLS_PER_MINUTE", "7")
    monkeypatch.setenv("CADRAN_LIMITS__TRUSTED_PROXIES", '["10.0.0.4", "172.16.0.0/12", "::1"]')
    limits = Settings().limits
    assert (limits.calls_per_minute, limits.refusals_per_minute) == (7, 60)
    assert limits.trusted_proxies == ["10.0.0.4/32", "172.16.0.0/12", "::1/128"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CALLS_PER_MINUTE", "-1"),
        ("CALL_SECONDS", "0"),
        ("HEADER_BYTES", "0"),
        ("TRUSTED_PROXIES", '["*"]'),
        ("TRUSTED_PROXIES", '["proxy"]'),
        ("TRUSTED_PROXIES", '["10.0.0.4/8"]'),
    ],
)
def test_a_limit_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CADRAN_LIMITS__{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_keys_are_not_read_from_an_address_that_others_could_forge(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        database_url="postgresql+asyncpg://c:d@h/b", jwks="http://issuer/jwks.json", kafka={"servers": "kafka:9092"}
    )
    with pytest.raises(RefusedError, match="CADRAN_JWKS est une adresse que d’autres pourraient contrefaire"):
        require(settings)
