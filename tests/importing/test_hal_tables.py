"""The CSV files of HAL: those of its API, of its portals and of ExtrHAL."""

from datetime import date
from pathlib import Path

from services.bibliometrics.domain.publication import DocumentType
from tests.importing.hal_files import API, PORTAL, SECTIONS, codes, errors, read, read_text


def test_sections_with_their_headings_repeated_are_read_as_one_list(tmp_path: Path) -> None:
    reading = read_text(tmp_path, SECTIONS)
    assert reading.layout == "hal_csv"
    assert [(row, record.hal_id) for row, record in reading.records] == [
        (4, "hal-09990001"),
        (5, "hal-09990002"),
        (8, "halshs-09990003"),
    ]
    assert (reading.received, reading.rejected) == (3, 0)


def test_the_title_of_a_section_says_the_type(tmp_path: Path) -> None:
    records = [record for _, record in read_text(tmp_path, SECTIONS).records]
    assert [each.type for each in records] == [DocumentType.ARTICLE, DocumentType.ARTICLE, DocumentType.BOOK_CHAPTER]
    assert records[2].raw_type == "Chapitres d'ouvrage"


def test_a_row_of_a_section_is_read_under_its_own_headings(tmp_path: Path) -> None:
    article, _, chapter = (record for _, record in read_text(tmp_path, SECTIONS).records)
    assert (article.source_title, article.volume, article.pages) == ("Revue des dunes", "12", "1-9")
    assert (article.year, article.doi, article.pubmed_id) == (2021, "10.5555/dune.1", "31415926")
    assert [each.name for each in article.authors] == ["Brizard A.", "Coudrier E."]
    assert chapter.source_title == "Le grand livre du sable"


def test_a_row_shifted_by_its_title_gives_its_identifiers_and_a_warning(tmp_path: Path) -> None:
    reading = read_text(tmp_path, SECTIONS)
    shifted = reading.records[1][1]
    assert (shifted.hal_id, shifted.doi, shifted.year) == ("hal-09990002", "10.5555/dune.2", 2022)
    assert (shifted.volume, shifted.pages, shifted.source_title) == ("", "", "")
    assert [(each.code, each.row) for each in reading.findings] == [("ragged", 5)]


def test_quoted_cells_may_hold_the_delimiter_and_lines(tmp_path: Path) -> None:
    reading = read_text(tmp_path, PORTAL)
    record = reading.records[0][1]
    assert (record.title, record.hal_id) == ("Vent ; sable et mer", "hal-09990011")
    assert (record.type, record.published_on) == (DocumentType.CONFERENCE_PAPER, date(2023, 5, 17))
    assert [each.full_name for each in record.authors] == ["Brizard, Anne", "Coudrier, Éloi"]
    assert (record.reviewed, record.international) == (True, True)


def test_an_address_of_a_portal_gives_the_identifier(tmp_path: Path) -> None:
    record = read_text(tmp_path, PORTAL).records[1][1]
    assert (record.hal_id, record.type, record.year) == ("hal-09990012", DocumentType.EDITED_BOOK, 2022)
    assert (record.reviewed, record.international) == (False, False)


def test_the_address_of_a_publisher_gives_no_identifier(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "Titre;Auteurs;URL;Année\nDunes;Anne Brizard;https://revue.example/article-123456;2021\n"
    )
    assert reading.records[0][1].hal_id == ""


def test_a_table_of_which_no_row_is_of_hal_is_refused(tmp_path: Path) -> None:
    head = "Titre;Auteurs;URL;Année"
    elsewhere = "Dunes;Anne Brizard;https://revue.example/article-123456;2021"
    reading = read_text(tmp_path, f"{head}\n{elsewhere}\n")
    assert errors(reading)[0].startswith("aucune ligne n’a d’identifiant HAL ni d’adresse dans HAL")
    here = "Vents;Paul Dollé;https://imt.hal.science/hal-09990012v1;2022"
    assert not read_text(tmp_path, f"{head}\n{elsewhere}\n{here}\n").is_refused


def test_a_deposit_that_another_is_about_is_not_taken_for_it(tmp_path: Path) -> None:
    head = "Titre;Auteurs;Année;Fait référence à;Réf. HAL"
    reading = read_text(tmp_path, f"{head}\nDunes;Brizard A.;2021;hal-09990009;\n")
    assert reading.records[0][1].hal_id == ""


def test_values_that_the_api_joins_are_parted_again(tmp_path: Path) -> None:
    reading = read_text(tmp_path, API)
    record = reading.records[0][1]
    assert reading.layout == "hal_api_csv"
    assert (record.title, record.source_title) == ("Dunes, vents", "Revue, sables")
    assert [each.name for each in record.authors] == ["Anne Brizard", "Éloi Coudrier"]
    assert record.affiliation_ids == (
        "hal_structure:91",
        "hal_structure:92",
        "hal_collection:IMT",
        "hal_collection:SEA",
    )
    assert record.open_access == ("open",)


def test_figures_and_prose_keep_their_commas(tmp_path: Path) -> None:
    reading = read_text(tmp_path, 'halId_s,title_s\nhal-09990031,"Le 1,2-sable, et la mer"\n')
    assert reading.records[0][1].title == "Le 1,2-sable, et la mer"


def test_names_of_the_api_may_be_parted_by_semicolons(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "\ufeffhalId_s;title_s;docType_s\r\nhal-09990041;Dunes;OUV\r\n")
    assert [(record.key, record.type) for _, record in reading.records] == [("hal-09990041", DocumentType.BOOK)]


def test_a_row_of_the_api_that_is_too_short_is_rejected_with_its_line(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "halId_s,title_s\nhal-09990051\nhal-09990052,Dunes\n")
    assert (reading.received, reading.rejected, len(reading.records)) == (2, 1, 1)
    assert [each.row for each in reading.findings if each.code == "rejected"] == [2]
    assert errors(reading) == ["cellules : 1, colonnes : 2 ; la ligne est décalée : exportez-la à nouveau"]


def test_headings_alone_are_an_empty_result(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "halId_s,title_s\n")
    assert (reading.received, reading.findings) == (0, [])


def test_as_many_rows_as_an_export_may_hold_is_a_warning(tmp_path: Path) -> None:
    rows = "".join(f"hal-{number:08},Dunes {number},ART,2023\n" for number in range(2000))
    assert codes(read_text(tmp_path, f"halId_s,title_s,docType_s,producedDateY_i\n{rows}")) == ["limit"]


def test_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "hal.csv"
    path.write_bytes("Titre;Auteurs;Année;Réf. HAL\nMarées;Évrard F.;2020;hal-09990061\n".encode("cp1252"))
    reading = read(path)
    assert (codes(reading)[0], reading.records[0][1].title) == ("encoding", "Marées")
