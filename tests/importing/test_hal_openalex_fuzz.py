"""Whatever is given to the importers of HAL and OpenAlex, they answer with a reading that counts every item."""

import copy
import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_of

from services.bibliometrics.importing import hal, openalex
from services.bibliometrics.importing.reading import Reading
from tests.importing import hal_files, openalex_files
from tests.importing.test_hal_deposits import FULL

SCALARS = any_of.none() | any_of.booleans() | any_of.integers() | any_of.floats() | any_of.text(max_size=20)
KEYS = any_of.sampled_from(
    sorted({*FULL, *openalex_files.BEFORE, *openalex_files.AFTER, "docs", "response", "results"})
)
JSON = any_of.recursive(
    SCALARS | any_of.sampled_from(["\ud800", "W1", "hal-1", "2024-02-30", "_FacetSep_", "_JoinSep_", 10**30, -0.0]),
    lambda inner: (
        any_of.lists(inner, max_size=5) | any_of.dictionaries(KEYS | any_of.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=30,
)
EXAMPLES = 150
TOLERANT = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])


def both(folder: Path, content: bytes) -> list[Reading]:
    path = folder / "file"
    path.write_bytes(content)
    readings = [hal.read(path, "x", lambda _: None), openalex.read(path, "x", lambda _: None)]
    for each in readings:
        assert each.received == len(each.records) + each.rejected
        assert json.dumps([str(record) for _, record in each.records]).encode()
    return readings


@TOLERANT
@given(value=JSON)
def test_any_json(tmp_path: Path, value: Any) -> None:
    both(tmp_path, json.dumps(value).encode())
    both(tmp_path, json.dumps([{**FULL, "id": "W1"}, value]).encode())


@TOLERANT
@given(kind=any_of.sampled_from([FULL, openalex_files.BEFORE, openalex_files.AFTER]), data=any_of.data(), value=JSON)
def test_a_document_with_anything_in_any_of_its_places(
    tmp_path: Path, kind: dict[str, Any], data: any_of.DataObject, value: Any
) -> None:
    spoilt = copy.deepcopy(kind)
    place: Any = spoilt
    while True:
        step = data.draw(any_of.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        inner = place[step]
        if not isinstance(inner, dict | list) or not inner or data.draw(any_of.booleans()):
            place[step] = value
            break
        place = inner
    for reading in both(tmp_path, json.dumps([kind, spoilt]).encode()):
        for _, record in reading.records:
            assert str(record).encode()


@TOLERANT
@given(
    content=any_of.binary(max_size=300), start=any_of.sampled_from([b"", b"{", b'[{"', b"\x1f\x8b\x08", b"halId_s,\n"])
)
def test_any_bytes(tmp_path: Path, content: bytes, start: bytes) -> None:
    both(tmp_path, start + content)


@TOLERANT
@given(
    text=any_of.sampled_from([hal_files.SECTIONS, hal_files.PORTAL, hal_files.API]).map(str.encode)
    | any_of.sampled_from([FULL, openalex_files.BEFORE]).map(lambda work: f"{json.dumps(work)}\n".encode() * 2)
    | any_of.just(gzip.compress(f"{json.dumps(openalex_files.AFTER)}\n".encode() * 3)),
    place=any_of.integers(0, 3000),
    length=any_of.integers(0, 50),
    put=any_of.binary(max_size=10) | any_of.sampled_from([b'"', b";", b"\n", b"\r", b"\\", b"\xff\xfe", b"}", b"\x00"]),
)
def test_a_damaged_file(tmp_path: Path, text: bytes, place: int, length: int, put: bytes) -> None:
    both(tmp_path, text[:place] + put + text[place + length :])


@pytest.mark.parametrize("module", [hal, openalex])
@TOLERANT
@given(value=JSON)
def test_an_item_of_an_api_is_a_record_or_unfit(module: Any, value: Any) -> None:
    with suppress(module.UnfitError):
        assert module.record_of(value).key
