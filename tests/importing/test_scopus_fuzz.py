"""Whatever the bytes, the importer answers: no exception, and every row is either a record or refused."""

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from .scopus_files import EARLIER, EARLIER_ROW, LATER, LATER_ROW, export, imported

WHOLE = export(LATER, *[LATER_ROW] * 3, quoting=csv.QUOTE_ALL).encode()
PLAIN = export(EARLIER, *[EARLIER_ROW] * 3).encode()
SCRAPS = [
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"\x00",
    b"\xff\xfe",
    b"0000",
    b"8,5E+10",
    b"NA",
    b"&#xD800;",
    b"[",
    b"(",
]


def _answers(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = imported(Path(folder), content)
    assert reading.received == len(reading.records) + reading.rejected
    assert reading.is_refused or not reading.rejected
    assert all(record.key for _, record in reading.records)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(content: bytes) -> None:
    _answers(content)


@given(st.text(alphabet='"\n\r,;\t\ufeff aZ2-s.0é作[](){}<@', max_size=200))
def test_any_text_under_a_good_header_is_answered(text: str) -> None:
    _answers(WHOLE.partition(b"\n")[0] + b"\n" + text.encode())


@settings(max_examples=200)
@given(
    whole=st.sampled_from([WHOLE, PLAIN]),
    places=st.lists(st.tuples(st.integers(0, 2_500), st.sampled_from(SCRAPS)), min_size=1, max_size=6),
)
def test_a_file_with_scraps_in_it_is_answered(whole: bytes, places: list[tuple[int, bytes]]) -> None:
    for place, scrap in places:
        whole = whole[:place] + scrap + whole[place + len(scrap) :]
    _answers(whole)


@given(whole=st.sampled_from([WHOLE, PLAIN]), start=st.integers(0, 2_500), length=st.integers(0, 2_500))
def test_a_file_cut_anywhere_is_answered(whole: bytes, start: int, length: int) -> None:
    _answers(whole[start : start + length])


@given(st.permutations(LATER), st.integers(1, len(LATER)), st.sampled_from([",", ";", "\t", "|"]))
def test_any_columns_in_any_order_with_any_delimiter_are_answered(
    columns: list[str], kept: int, delimiter: str
) -> None:
    text = export(columns[:kept], LATER_ROW, LATER_ROW, quoting=csv.QUOTE_ALL)
    _answers(text.replace('","', f'"{delimiter}"').encode())


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), min_size=5, max_size=5), max_size=5))
def test_any_cells_under_known_headings_are_answered(rows: list[list[str]]) -> None:
    header = ["Authors", "Author(s) ID", "Title", "Authors with affiliations", "EID"]
    _answers(export(header, *(dict(zip(header, row, strict=True)) for row in rows)).encode(errors="replace"))
