"""Whatever its bytes, a file is a Reading whose rows are all accounted for."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from services.bibliometrics.importing.reading import Reading

from .scival_files import FIELD_WEIGHTED, Cell, export, one, preamble, read_bytes, table, workbook

_ROWS = [
    one(
        **{
            "EID": f"2-s2.0-8500000000{rank}",
            "Number of Authors": "2",
            "Full date": "2024-03-01",
            "Citations": "3",
            FIELD_WEIGHTED: "7",
            "Sustainable Development Goals (2023)": "SDG 3: Health| SDG 12: Consumption",
        }
    )
    for rank in range(4)
]
_TEXT = export(*_ROWS).encode("utf-8-sig")
_WORKBOOK = workbook(preamble("4 publications"), table(*_ROWS))
_NAMES = st.sampled_from(list(_ROWS[0]))
_CELLS = st.one_of(st.text(max_size=30), st.sampled_from(["-", "", "|", "; ", "1e9", "٣", "²", "9" * 5000, "0", "-1"]))
_CHANGES = st.lists(
    st.tuples(st.integers(0, len(_TEXT) - 1), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=6
)
_FUZZ = settings(max_examples=150, deadline=None)


def _mutated(content: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    for place, inserted, removed in changes:
        start = place % max(len(content), 1)
        content = content[:start] + inserted + content[start + removed :]
    return content


def _read(content: bytes) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        reading = read_bytes(Path(folder), content)
    assert reading.received == len(reading.records) + reading.rejected
    assert reading.rejected == 0 or reading.is_refused
    return reading


@_FUZZ
@given(_CHANGES)
def test_a_damaged_text(changes: list[tuple[int, bytes, int]]) -> None:
    _read(_mutated(_TEXT, changes))


@_FUZZ
@given(_CHANGES)
def test_a_damaged_workbook(changes: list[tuple[int, bytes, int]]) -> None:
    _read(_mutated(_WORKBOOK, changes))


@_FUZZ
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda each: each.encode("utf-8", "replace"))))
def test_any_bytes(content: bytes) -> None:
    _read(content)


@_FUZZ
@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b"]),
    st.binary(max_size=80),
)
def test_any_bytes_after_a_known_beginning(beginning: bytes, content: bytes) -> None:
    _read(beginning + content)


@_FUZZ
@given(st.dictionaries(_NAMES, _CELLS, min_size=1))
def test_any_cells(changes: dict[str, Cell]) -> None:
    _read(export(one(**{**_ROWS[0], **changes})).encode("utf-8", "replace"))


@_FUZZ
@given(st.dictionaries(_NAMES, st.one_of(st.floats(allow_nan=False, allow_infinity=False), _CELLS), min_size=1))
def test_any_cells_of_a_workbook(changes: dict[str, Cell]) -> None:
    printable = {name: cell if isinstance(cell, float) else f"x{cell}" for name, cell in changes.items()}

    _read(workbook(preamble(), table(one(**{**_ROWS[0], **printable}))))
