"""Speaking to a Kafka that wants to know who speaks: passwords, certificates, and why it refuses, in bounded time."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.bus import BusUnavailableError
from shared.bus.kafka import KafkaBus
from shared.settings import KafkaSettings
from tests.listening import OnBroker, Recorder, event, new_topic
from tests.secured_kafka import PASSWORD, Secured, secured
from tests.waiting import eventually


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    with secured(tmp_path_factory.mktemp("keys")) as broker:
        yield broker


@asynccontextmanager
async def bus_with(kafka: Secured, **settings: Any) -> AsyncIterator[KafkaBus]:
    buses = OnBroker(kafka.broker, **settings)
    bus = buses.open()
    assert isinstance(bus, KafkaBus)
    yield bus
    await buses.close()


async def refusal(kafka: Secured, **settings: Any) -> str:
    """Why a bus with these settings publishes nothing, which it says in less time than it has."""
    async with bus_with(kafka, send_seconds=10, **settings) as bus:
        began = monotonic()
        with pytest.raises(BusUnavailableError) as raised:
            await bus.publish(new_topic(), [event()])
        assert monotonic() - began < 9
    return str(raised.value)


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
async def test_events_pass_over_an_encrypted_connection_with_a_password(kafka: Secured, mechanism: str) -> None:
    topic, listener = new_topic(), Recorder()
    async with bus_with(kafka, **kafka.named(mechanism)) as bus, bus.listening([topic], listener):
        await bus.publish(topic, [event(version=1), event(version=2)])
        await eventually(lambda: listener.has(2))
    assert listener.versions() == [1, 2]


async def test_events_pass_with_a_client_s_certificate_whose_key_has_a_password(kafka: Secured) -> None:
    topic, listener = new_topic(), Recorder()
    async with bus_with(kafka, **kafka.certified()) as bus, bus.listening([topic], listener):
        await bus.publish(topic, [event()])
        await eventually(lambda: listener.has(1))


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-512"])
async def test_a_wrong_password_is_said_and_never_repeated(
    kafka: Secured, mechanism: str, caplog: pytest.LogCaptureFixture
) -> None:
    reason = await refusal(kafka, **kafka.named(mechanism, "un-autre-s3cret"))
    assert "refuse ce nom ou ce mot de passe : vérifiez CADRAN_KAFKA__SASL_USERNAME et __SASL_PASSWORD" in reason
    assert "s3cret" not in reason + caplog.text


async def test_a_listener_with_a_wrong_password_says_so_and_leaves_at_once(kafka: Secured) -> None:
    async with bus_with(kafka, **kafka.named("SCRAM-SHA-512", "un-autre-s3cret")) as bus:
        with capture_logs() as logs:
            async with bus.listening([new_topic()], Recorder()):

                async def told() -> bool:
                    return bool(logs)

                await eventually(told)
            assert "CADRAN_KAFKA__SASL_USERNAME" in logs[0]["error"]
            assert "s3cret" not in str(logs)


async def test_a_broker_that_another_authority_signed_is_not_spoken_to(kafka: Secured) -> None:
    reason = await refusal(kafka, **kafka.named("SCRAM-SHA-512") | {"ca_file": kafka.stranger})
    assert "n’est pas reconnu (unable to get local issuer certificate) : vérifiez CADRAN_KAFKA__CA_FILE" in reason


async def test_a_caller_without_the_certificate_that_is_asked_for_is_refused(kafka: Secured) -> None:
    settings = {name: value for name, value in kafka.certified().items() if not name.startswith(("cert", "key"))}
    assert "coupe la connexion : vérifiez CADRAN_KAFKA__SECURITY_PROTOCOL et __CERT_FILE" in await refusal(
        kafka, **settings
    )


async def test_speaking_in_clear_to_an_encrypted_port_is_said_within_bounded_time(kafka: Secured) -> None:
    assert "vérifiez CADRAN_KAFKA__SECURITY_PROTOCOL" in await refusal(kafka, servers=kafka.by_password)


async def test_speaking_over_tls_to_a_plain_port_is_said_within_bounded_time(kafka: Secured) -> None:
    settings = kafka.named("PLAIN") | {"servers": kafka.broker.servers}
    assert "vérifiez CADRAN_KAFKA__SECURITY_PROTOCOL" in await refusal(kafka, **settings)


def test_settings_never_show_a_password(kafka: Secured) -> None:
    assert PASSWORD not in repr(KafkaSettings(**kafka.named("PLAIN")))
