"""The frame of a SciVal export: its preamble, its header, its rows and its footer."""

from datetime import date
from pathlib import Path

import pytest

from services.bibliometrics.importing.reading import Severity

from .scival_files import ROW, codes, export, finding, one, preamble, read_text, table, text


def test_the_preamble_says_which_set_it_is_and_when_it_was_exported(tmp_path: Path) -> None:
    reading = read_text(tmp_path, export(ROW))

    assert (reading.layout, reading.dataset) == ("scival-csv", "Publications at Institut Inventé")
    assert (reading.extracted_on, reading.updated_on) == (date(2026, 3, 3), date(2026, 2, 25))
    assert (reading.announced, reading.received, reading.rejected) == (1, 1, 0)
    assert not reading.is_refused
    assert codes(reading) == []


def test_every_record_carries_its_line_and_its_set(tmp_path: Path) -> None:
    ((line, record),) = read_text(tmp_path, export(ROW)).records

    assert line == 13
    assert record.datasets == ("Publications at Institut Inventé",)
    assert (record.eid, record.doi, record.year) == ("85000000001", "10.5555/lune.1", 2024)
    assert (record.title, record.source_title) == ("Soudure des alliages lunaires", "Annals of Lunar Metallurgy")


@pytest.mark.parametrize("written", ["3 March 2026", "2026-03-03", "03/03/2026", "46084", "3 Mar 2026"])
def test_a_day_is_read_in_each_of_its_forms(tmp_path: Path, written: str) -> None:
    content = text(preamble(exported=written), table(ROW))

    assert read_text(tmp_path, content).extracted_on == date(2026, 3, 3)


def test_a_day_that_is_none_is_said(tmp_path: Path) -> None:
    reading = read_text(tmp_path, text(preamble(exported="31 February 2026"), table(ROW)))

    assert reading.extracted_on is None
    assert "31 February 2026" in finding(reading, "preamble_date").message


@pytest.mark.parametrize(
    "count",
    ["7,660 publications match the selected filter options:", "7660 publications", "7 660 publications"],
)
def test_the_announced_count_may_part_its_thousands(tmp_path: Path, count: str) -> None:
    assert read_text(tmp_path, export(ROW, count=count)).announced == 7660


def test_a_thousands_comma_may_have_parted_two_cells(tmp_path: Path) -> None:
    content = export(ROW, count="COUNT").replace("COUNT", "7,660 publications match the selected filter options:")

    assert read_text(tmp_path, content).announced == 7660


def test_a_file_with_fewer_rows_than_announced_is_refused_with_both_numbers(tmp_path: Path) -> None:
    reading = read_text(tmp_path, export(ROW, count="3 publications"))

    found = finding(reading, "truncated")
    assert found.severity is Severity.ERROR
    assert "3 publications" in found.message
    assert "que 1" in found.message


def test_a_file_with_more_rows_than_announced_is_to_be_looked_at(tmp_path: Path) -> None:
    reading = read_text(tmp_path, export(ROW, one(EID="2-s2.0-85000000002"), count="1 publication"))

    assert finding(reading, "more_than_announced").severity is Severity.WARNING
    assert len(reading.records) == 2


def test_a_header_alone_with_no_publication_announced_is_an_empty_result(tmp_path: Path) -> None:
    reading = read_text(tmp_path, text(preamble("0 publications"), [list(ROW)], [[], ["© 2026 Elsevier"]]))

    assert (reading.announced, reading.received, reading.is_refused) == (0, 0, False)


@pytest.mark.parametrize("lines", [0, 1, 5, 40])
def test_the_header_is_found_wherever_it_is(tmp_path: Path, lines: int) -> None:
    notes = [["Note", f"n° {each}"] for each in range(lines)]

    assert len(read_text(tmp_path, text(preamble(), notes, table(ROW))).records) == 1


def test_an_export_without_its_preamble_is_read_and_its_silence_said(tmp_path: Path) -> None:
    reading = read_text(tmp_path, text(table(ROW)))

    assert len(reading.records) == 1
    assert (reading.announced, reading.extracted_on) == (None, None)
    assert "Date exported" in finding(reading, "preamble").message


def test_bare_quotes_in_the_name_of_a_set_are_read(tmp_path: Path) -> None:
    content = export(ROW).replace("Publications at Institut Inventé", '"Les "Lunaires" réunis"')
    reading = read_text(tmp_path, content)

    assert "Lunaires" in reading.dataset
    assert [line for line, _ in reading.records] == [13]
    assert not reading.is_refused


def test_filters_are_said(tmp_path: Path) -> None:
    options = [["Publication types", "Article"], [], ["Truncated fields", "Some Authors cells are truncated"]]
    reading = read_text(tmp_path, text(preamble(filtered="Chemistry"), options, table(ROW)))

    message = finding(reading, "filters").message
    assert "Filtered by Chemistry ; Publication types Article" in message
    assert "Truncated" not in message


def test_a_row_of_another_width_is_an_error_with_its_line(tmp_path: Path) -> None:
    content = text(preamble("3 publications"), table(ROW), [["Titre", "trop", "court"], [*ROW.values(), "de trop"]])
    reading = read_text(tmp_path, content)

    errors = [each for each in reading.findings if each.code == "width"]
    assert [each.row for each in errors] == [14, 15]
    assert (reading.received, len(reading.records), reading.rejected) == (3, 1, 2)


def test_after_fifty_errors_the_others_are_counted(tmp_path: Path) -> None:
    content = text(preamble("61 publications"), table(ROW), [["court", "court"]] * 60)
    errors = [each for each in read_text(tmp_path, content).findings if each.code == "width"]

    assert len(errors) == 51
    assert errors[-1].row is None
    assert "10 autres lignes" in errors[-1].message


def test_single_cells_after_the_data_are_a_footer(tmp_path: Path) -> None:
    content = export(ROW) + "\n* the nearest year\n"
    reading = read_text(tmp_path, content)

    assert reading.received == 1
    assert not reading.is_refused


def test_a_single_cell_between_two_publications_is_an_error(tmp_path: Path) -> None:
    rows = table(ROW, one(EID="2-s2.0-85000000002"))
    content = text(preamble("3 publications"), rows[:2], [["reste d’une ligne"]], rows[2:])
    reading = read_text(tmp_path, content)

    assert finding(reading, "width").row == 14
    assert len(reading.records) == 2


def test_years_out_of_the_announced_range_are_counted(tmp_path: Path) -> None:
    years = ["2024", "2019", "2026", "2026"]
    rows = [one(Year=year, EID=f"2-s2.0-8500000000{rank}") for rank, year in enumerate(years)]

    assert "3 publications" in finding(read_text(tmp_path, export(*rows)), "years").message
    assert "2019 (1), 2026 (2)" in finding(read_text(tmp_path, export(*rows)), "years").message


def test_a_range_may_have_no_end(tmp_path: Path) -> None:
    content = text(preamble(range="2013 to >2018"), table(ROW))

    assert "years" not in codes(read_text(tmp_path, content))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_file_saved_again_by_a_spreadsheet_is_read_with_a_warning(tmp_path: Path, delimiter: str) -> None:
    reading = read_text(tmp_path, text(preamble(), table(ROW), delimiter=delimiter))

    assert finding(reading, "delimiter").severity is Severity.WARNING
    assert reading.records[0][1].eid == "85000000001"


def test_utf_16_is_read(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, export(ROW), "utf-16").records) == 1
