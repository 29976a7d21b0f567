"""The envelope, whatever is put in it and whatever arrives: it opens to the same, or is said to be unreadable."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.events.catalogue import read
from shared.events.envelope import Event, Headers, UnreadableMessageError, open_message, seal
from shared.events.schema import FACTS
from tests.facts import event_of, observation, sealed_headers

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=10,
)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
EVENTS = st.builds(
    Event,
    id=TEXTS,
    source=TEXTS,
    type=TEXTS,
    subject=TEXTS,
    time=st.datetimes(timezones=ZONES),
    sequence=st.integers(min_value=0),
    data=st.dictionaries(TEXTS, JSON),
    correlation_id=TEXTS,
    causation_id=TEXTS,
)
GOOD_HEADERS = sealed_headers(observation())
NAMES = st.sampled_from([name for name, _ in GOOD_HEADERS] + ["CE_ID", "x"]) | st.text()
HEADERS = st.lists(st.tuples(NAMES, st.binary() | TEXTS.map(str.encode)))


def opens(value: bytes | None, headers: Headers) -> bool:
    """Whether it opens; whatever else than our own error it raises, it raises here."""
    try:
        read(open_message(value, headers), FACTS)
    except UnreadableMessageError:
        return False
    return True


@given(EVENTS)
def test_an_event_opens_to_what_was_sealed(event: Event) -> None:
    _key, value, headers = seal(event)
    assert open_message(value, headers) == event


@given(EVENTS)
def test_a_message_is_keyed_by_its_subject(event: Event) -> None:
    key, _value, headers = seal(event)
    assert key == dict(headers)["ce_subject"] == dict(headers)["ce_partitionkey"]


@given(st.integers(0, 9_999_999_999), st.integers(0, 9_999_999_999))
def test_versions_sort_as_text_as_they_do_as_numbers(one: int, other: int) -> None:
    texts = [dict(seal(event_of(observation(version)))[2])["ce_sequence"] for version in (one, other)]
    assert (texts[0] < texts[1]) == (one < other)


@given(value=st.none() | st.binary() | JSON.map(str).map(str.encode), headers=HEADERS.map(tuple))
@example(value=b"[" * 100_000, headers=GOOD_HEADERS)
@example(value=b"9" * 5_000, headers=GOOD_HEADERS)
@example(value=b"\xff\xfe{\x00}\x00", headers=GOOD_HEADERS)
def test_an_arbitrary_message_is_unreadable_and_nothing_worse(value: bytes | None, headers: Headers) -> None:
    assert not opens(value, headers)


@given(extra=HEADERS.map(tuple), value=st.binary())
def test_a_good_message_with_anything_added_opens_or_is_unreadable(extra: Headers, value: bytes) -> None:
    _key, good, headers = seal(event_of(observation()))
    opens(good, (*headers, *extra))
    opens(value, headers)


@given(data=st.dictionaries(st.sampled_from(sorted(event_of(observation()).data)), JSON))
def test_data_of_another_shape_opens_or_is_unreadable(data: dict[str, object]) -> None:
    event = event_of(observation())
    _key, value, headers = seal(
        Event(
            id=event.id,
            source=event.source,
            type=event.type,
            subject=event.subject,
            time=event.time,
            sequence=event.sequence,
            data=event.data | data,
            correlation_id=event.correlation_id,
            causation_id=event.causation_id,
        )
    )
    opens(value, headers)


@pytest.mark.parametrize("sequence", ["-1", "1e3", "1.0", "", " ", "0x1", "9" * 5_000])
def test_a_sequence_that_is_no_version_is_unreadable(sequence: str) -> None:
    _key, value, _headers = seal(event_of(observation()))
    assert not opens(value, sealed_headers(observation(), sequence=sequence))


def test_a_header_without_a_value_is_unreadable() -> None:
    """Kafka allows it, whatever our types say."""
    _key, value, headers = seal(event_of(observation()))
    assert not opens(value, (*headers, ("ce_note", None)))  # type: ignore[arg-type]


def test_the_time_is_that_of_the_event_to_the_microsecond() -> None:
    _key, value, headers = seal(event_of(observation()))
    assert dict(headers)["ce_time"] == b"2023-04-03T09:30:15.123456Z"
    assert open_message(value, headers).time == datetime.fromisoformat("2023-04-03T09:30:15.123456+00:00")
