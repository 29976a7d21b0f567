"""The events as others read them: CloudEvents, JSON Schema, and yesterday's messages."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event

from services.gateway.projections import FACTS as PROJECTED
from shared.events import schema
from shared.events.catalogue import Fact, owner_of, read
from shared.events.envelope import Event, open_message, schema_of, seal
from tests.bibliometric_facts import COUNTS, LATER, SIGNED, measures
from tests.facts import assessment, contract, event_of, observation, rehearsal
from tests.milestone_facts import GOING, GROUP, STATED, comment, plan, progress

EXAMPLES = Path(schema.__file__).parent / "examples"
each_example = pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
each_fact = pytest.mark.parametrize("fact", schema.FACTS.values(), ids=schema.FACTS.keys())
each_sealed = pytest.mark.parametrize(
    "fact",
    [
        *(observation(7, note="« né »"), contract(), assessment(2), rehearsal(3, "14.50"), rehearsal(4)),
        *(plan(2), GOING, *STATED[:5], progress(GOING, GROUP, "partly_done", 6), comment(GOING, GROUP, "« Bientôt »")),
        *(measures(3), SIGNED, LATER, *COUNTS[3:5], *COUNTS[9:11], COUNTS[-1]),
    ],
    ids=lambda fact: f"{fact.subject}@{fact.version}",
)


def message_of(document: dict[str, Any]) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """A CloudEvent in JSON as a Kafka message in binary mode: value and headers."""
    attributes = {name: text for name, text in document.items() if name not in {"data", "datacontenttype"}}
    headers = [(f"ce_{name}", text.encode()) for name, text in attributes.items()]
    return json.dumps(document["data"]).encode(), (*headers, ("content-type", document["datacontenttype"].encode()))


def example(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def opened(path: Path) -> tuple[Event, Fact]:
    event = open_message(*message_of(example(path)))
    return event, read(event, schema.FACTS)


@each_sealed
def test_the_cloudevents_library_reads_what_we_seal(fact: Fact) -> None:
    event = event_of(fact)
    key, value, headers = seal(event)
    found = from_kafka_event(KafkaMessage(headers=dict(headers), key=key, value=value))
    assert found.get_attributes() == {
        "specversion": "1.0",
        "id": f"{fact.subject}@{fact.version}",
        "source": f"/cadran/{owner_of(fact.TYPE)}",
        "type": fact.TYPE,
        "subject": fact.subject,
        "time": event.time,
        "datacontenttype": "application/json",
        "dataschema": schema_of(fact.TYPE),
        "sequence": f"000000000{fact.version}",
        "partitionkey": fact.subject,
        "correlationid": "suivi-2022",
        "causationid": "requête-7",
    }
    assert found.get_data() == event.data


@each_sealed
def test_what_we_seal_says_the_same_once_opened(fact: Fact) -> None:
    _key, value, headers = seal(event_of(fact))
    event = open_message(value, headers)
    assert event == event_of(fact)
    assert read(event, schema.FACTS) == fact


@each_sealed
def test_what_we_write_conforms_to_its_schema(fact: Fact) -> None:
    jsonschema.validate(event_of(fact).data, schema.document(type(fact)))


def test_every_fact_that_is_projected_has_a_schema_and_an_example() -> None:
    assert schema.FACTS.keys() == PROJECTED.keys()
    assert {path.stem for path in schema.FOLDER.glob("*.json")} == schema.FACTS.keys()
    assert {path.stem for path in EXAMPLES.glob("*.json")} == schema.FACTS.keys()


@each_fact
def test_a_schema_that_was_generated_is_that_of_the_code(fact: type[Fact]) -> None:
    """Where it drifts: `python -m shared.events.schema`, or a new version of the event where readers would break."""
    assert (schema.FOLDER / f"{fact.TYPE}.json").read_text("utf-8") == schema.rendered(fact)


@each_fact
def test_a_schema_is_itself_valid_and_has_the_name_that_events_carry(fact: type[Fact]) -> None:
    document = schema.document(fact)
    jsonschema.Draft202012Validator.check_schema(document)
    assert document["$id"] == schema_of(fact.TYPE)


@each_example
def test_yesterday_s_message_still_opens(path: Path) -> None:
    """Nothing of it is dropped on the way, and nothing is made up."""
    event, fact = opened(path)
    assert event.type == fact.TYPE == path.stem
    assert (event.subject, event.sequence) == (fact.subject, fact.version)
    assert fact.model_dump(mode="json", exclude_unset=True) == example(path)["data"]


@each_example
def test_yesterday_s_message_conforms_to_today_s_schema(path: Path) -> None:
    event, fact = opened(path)
    jsonschema.validate(event.data, schema.document(type(fact)))
    assert example(path)["dataschema"] == schema_of(event.type)


@each_example
def test_a_newer_writer_s_extra_field_stops_no_reader(path: Path) -> None:
    event, fact = opened(path)
    event.data["weather"] = "beau"
    assert read(event, schema.FACTS) == fact
