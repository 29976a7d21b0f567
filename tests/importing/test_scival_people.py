"""The authors and affiliations of a SciVal export, today's and those of 2018."""

from pathlib import Path

from services.bibliometrics.domain.publication import Author, Record
from services.bibliometrics.importing.reading import Reading, Severity

from .scival_files import ROW, Cell, codes, export, finding, one, read_text

_OF_2018 = {"Publication-type" if name == "Publication type" else name: cell for name, cell in ROW.items()}


def _read(tmp_path: Path, **changes: Cell) -> Reading:
    return read_text(tmp_path, export(one(**changes)))


def _record(tmp_path: Path, **changes: Cell) -> Record:
    return _read(tmp_path, **changes).records[0][1]


def _record_of_2018(tmp_path: Path, **changes: Cell) -> Record:
    reading = read_text(tmp_path, export({**_OF_2018, **changes}))
    assert reading.layout == "scival-csv-2018"
    return reading.records[0][1]


def test_authors_are_put_with_their_identifiers_by_rank(tmp_path: Path) -> None:
    assert _record(tmp_path).authors == (
        Author(name="Perrin, A.", scopus_id="57000000001"),
        Author(name="Morel, B.", scopus_id="57000000002"),
    )


def test_names_that_are_not_as_many_as_identifiers_are_left_out(tmp_path: Path) -> None:
    reading = _read(tmp_path, **{"Scopus Author Ids": "57000000001| 57000000002| 57000000003"})

    assert [each.scopus_id for each in reading.records[0][1].authors] == ["57000000001", "57000000002", "57000000003"]
    assert all(each.name == "" for each in reading.records[0][1].authors)
    assert finding(reading, "authors_apart").severity is Severity.WARNING


def test_names_alone_are_kept(tmp_path: Path) -> None:
    authors = _record(tmp_path, **{"Scopus Author Ids": "-"}).authors

    assert authors == (Author(name="Perrin, A."), Author(name="Morel, B."))


def test_a_list_cut_at_500_is_said(tmp_path: Path) -> None:
    names = "| ".join(f"Perrin, A.{rank}" for rank in range(500))
    reading = _read(tmp_path, Authors=names, **{"Scopus Author Ids": "-"})

    assert reading.records[0][1].authors_cut
    assert "1 publication a" in finding(reading, "authors_cut").message
    assert "500e auteur est invisible" in finding(reading, "authors_cut").message


def test_an_announced_number_tells_whether_the_list_is_cut(tmp_path: Path) -> None:
    cut = _record(tmp_path, **{"Number of Authors": "1,812"})
    whole = _record(tmp_path, **{"Number of Authors": "2"})

    assert (cut.author_count, cut.authors_cut) == (1812, True)
    assert (whole.author_count, whole.authors_cut) == (2, False)


def test_identifiers_beyond_the_names_make_a_whole_list(tmp_path: Path) -> None:
    names = "| ".join(f"Perrin, A.{rank}" for rank in range(500))
    ids = "| ".join(str(57000000000 + rank) for rank in range(501))
    record = _record(tmp_path, Authors=names, **{"Scopus Author Ids": ids, "Number of Authors": "501"})

    assert (len(record.authors), record.authors_cut) == (501, False)


def test_an_identifier_that_a_spreadsheet_rounded_is_left_out_and_the_ranks_kept(tmp_path: Path) -> None:
    reading = _read(tmp_path, **{"Scopus Author Ids": "5.7E+10| 57000000002"})

    assert reading.records[0][1].authors == (
        Author(name="Perrin, A."),
        Author(name="Morel, B.", scopus_id="57000000002"),
    )
    assert "author_ids" in codes(reading)


def test_a_single_name_keeps_its_commas(tmp_path: Path) -> None:
    record = _record(tmp_path, Authors="Perrin, A., Jr.", **{"Scopus Author Ids": "57000000001"})

    assert record.authors == (Author(name="Perrin, A., Jr.", scopus_id="57000000001"),)


def test_the_commas_of_2018_part_names_from_initials(tmp_path: Path) -> None:
    record = _record_of_2018(
        tmp_path, Authors="Perrin, A., Le Goff, J.-P.", **{"Scopus Author Ids": "57000000001, 57000000002"}
    )

    assert [each.name for each in record.authors] == ["Perrin, A.", "Le Goff, J.-P."]
    assert [each.scopus_id for each in record.authors] == ["57000000001", "57000000002"]


def test_the_semicolons_of_2018_part_names(tmp_path: Path) -> None:
    record = _record_of_2018(tmp_path, Authors="Perrin, A.; Morel", **{"Scopus Author Ids": "57000000001; 57000000002"})

    assert [each.name for each in record.authors] == ["Perrin, A.", "Morel"]


def test_commas_of_2018_that_are_not_certain_leave_identifiers_alone(tmp_path: Path) -> None:
    record = _record_of_2018(
        tmp_path, Authors="Perrin, A., Consortium Lune, Morel, B.", **{"Scopus Author Ids": "57000000001, 57000000002"}
    )

    assert [(each.name, each.scopus_id) for each in record.authors] == [("", "57000000001"), ("", "57000000002")]


def test_affiliations_are_those_of_scopus_then_the_institutions(tmp_path: Path) -> None:
    record = _record(
        tmp_path,
        **{
            "Scopus Affiliation IDs": "60000001| 60000002",
            "Scopus Affiliation names": "Institut Inventé| École Fictive, Brest",
            "Institutions": "Institut Inventé| Groupe Imaginaire",
            "Institution IDs": "301| 302",
        },
    )

    assert record.affiliation_ids == ("scopus:60000001", "scopus:60000002")
    assert record.affiliations == ("Institut Inventé", "École Fictive, Brest", "Groupe Imaginaire")


def test_the_institutions_of_2018_are_parted_where_their_number_agrees(tmp_path: Path) -> None:
    agreed = {"Institutions": "Institut Inventé, Groupe Imaginaire", "Number of Institutions": "2"}
    doubtful = {"Institutions": "École Fictive, Brest", "Number of Institutions": "1"}

    assert _record_of_2018(tmp_path, **agreed).affiliations == ("Institut Inventé", "Groupe Imaginaire")
    assert _record_of_2018(tmp_path, **doubtful).affiliations == ("École Fictive, Brest",)


def test_the_affiliations_of_2018_are_parted_by_semicolons_and_their_identifiers_by_commas(tmp_path: Path) -> None:
    record = _record_of_2018(
        tmp_path,
        **{"Scopus affiliation IDs": "60000001, 60000002", "Scopus affiliation names": "Institut A; École, B"},
    )

    assert record.affiliation_ids == ("scopus:60000001", "scopus:60000002")
    assert record.affiliations == ("Institut A", "École, B")
