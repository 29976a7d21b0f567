"""The authors of a Scopus export: names, identifiers and addresses together only where they surely belong so."""

from pathlib import Path

import pytest

from services.bibliometrics.domain.publication import Author
from services.bibliometrics.importing.reading import Severity

from .scopus_files import EARLIER, EARLIER_ROW, LATER, LATER_ROW, codes, export, imported, later, only, without


def test_the_three_columns_of_2023_are_aligned(tmp_path: Path) -> None:
    assert only(imported(tmp_path, later({}))).authors == (
        Author(
            name="El kelpi M.",
            full_name="El kelpi, Mona",
            scopus_id="57000000001",
            affiliations=("Kelp Lab, Tidal School, Brest, France",),
        ),
        Author(
            name="Waves A.-B.",
            full_name="Waves, Anna-Bel",
            scopus_id="57000000002",
            affiliations=("Dept of Waves, North School, Lille, France",),
        ),
    )


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Kelp J.S., Waves J.L., Tide X.", ["Kelp J.S.", "Waves J.L.", "Tide X."]),
        ("Kelp, J.S., Waves, J.L., Tide, X.", ["Kelp J.S.", "Waves J.L.", "Tide X."]),
        ("De la Kelp, J.-S., Waves, Yu.A., Tide, X.", ["De la Kelp J.-S.", "Waves Yu.A.", "Tide X."]),
        ("Kelp J.S., Jr., Waves J.L., III, Tide X.", ["Kelp J.S., Jr.", "Waves J.L., III", "Tide X."]),
        ("Kelp, J.S., Jr., Waves, J.L., Tide, X.", ["Kelp J.S., Jr.", "Waves J.L.", "Tide X."]),
        ("Kelp J.S., Madonna, Tide X.", ["Kelp J.S.", "Madonna", "Tide X."]),
        ("Kelp NA, Waves JL, Tide X", ["Kelp NA", "Waves JL", "Tide X"]),
    ],
)
def test_commas_part_names_as_well_as_initials_before_2023(tmp_path: Path, cell: str, names: list[str]) -> None:
    row = EARLIER_ROW | {"Authors": cell, "Author(s) ID": "57000000001;57000000002;57000000003;"}
    record = only(imported(tmp_path, export(without(EARLIER, "Authors with affiliations"), row)))
    assert [each.name for each in record.authors] == names
    assert [each.scopus_id for each in record.authors] == ["57000000001", "57000000002", "57000000003"]


def test_na_is_a_name_as_any_other(tmp_path: Path) -> None:
    row = {"Authors": "Na N.A.; NA", "Author full names": "Na, Na Ae (57000000001); NA (57000000002)"}
    record = only(imported(tmp_path, later(row | {"Authors with affiliations": ""})))
    assert [(each.name, each.full_name) for each in record.authors] == [("Na N.A.", "Na, Na Ae"), ("NA", "NA")]


def test_where_names_and_identifiers_are_not_as_many_the_identifiers_stay(tmp_path: Path) -> None:
    row = EARLIER_ROW | {"Authors": "Kelp J.S., Waves J.L., Global Tide Group, Kelp Chapter"}
    reading = imported(tmp_path, export(EARLIER, row))
    assert only(reading).authors == (Author(scopus_id="57000000001"), Author(scopus_id="57000000002"))
    assert codes(reading, Severity.WARNING) == ["misaligned"]


def test_full_names_carry_their_identifier_whatever_the_other_columns_say(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"Authors": "El kelpi M.", "Author(s) ID": "57000000001"}))
    assert [(each.name, each.full_name, each.scopus_id) for each in only(reading).authors] == [
        ("", "El kelpi, Mona", "57000000001"),
        ("", "Waves, Anna-Bel", "57000000002"),
    ]
    assert codes(reading, Severity.WARNING) == ["misaligned"]


def test_full_names_alone_are_enough(tmp_path: Path) -> None:
    record = only(imported(tmp_path, export(["Title", "Year", "Author full names", "EID"], LATER_ROW)))
    assert [each.scopus_id for each in record.authors] == ["57000000001", "57000000002"]


def test_a_single_name_that_holds_a_comma_is_one_author(tmp_path: Path) -> None:
    row = {
        "Authors": "Tide Consortium, Brest",
        "Author full names": "Tide Consortium, Brest (57000000001)",
        "Author(s) ID": "57000000001",
        "Authors with affiliations": "",
    }
    assert only(imported(tmp_path, later(row))).authors == (
        Author(name="Tide Consortium, Brest", full_name="Tide Consortium, Brest", scopus_id="57000000001"),
    )


def test_entities_in_names_do_not_part_authors(tmp_path: Path) -> None:
    row = {"Authors": "O&apos;Kelp M.; Waves A.-B.", "Authors with affiliations": ""}
    assert [each.name for each in only(imported(tmp_path, later(row))).authors] == ["O'Kelp M.", "Waves A.-B."]


def test_nobody_is_invented_where_scopus_has_no_author(tmp_path: Path) -> None:
    row = {
        "Authors": "[No author name available]",
        "Author full names": "",
        "Author(s) ID": "[No author id available]",
        "Authors with affiliations": "",
    }
    reading = imported(tmp_path, later(row, row))
    assert [record.authors for _, record in reading.records] == [(), ()]
    assert codes(reading, Severity.NOTICE) == ["no_author"]
    assert "2 publications" in reading.findings[0].message


def test_a_block_keeps_all_the_addresses_of_its_author(tmp_path: Path) -> None:
    row = {
        "Authors with affiliations": (
            "El kelpi M., Kelp Lab, Brest, France, Tide Lab, Rennes, France; Waves A.-B., Dept of Waves, Lille, France"
        )
    }
    assert [each.affiliations for each in only(imported(tmp_path, later(row))).authors] == [
        ("Kelp Lab, Brest, France, Tide Lab, Rennes, France",),
        ("Dept of Waves, Lille, France",),
    ]


def test_a_semicolon_within_an_address_does_not_shift_the_next_author(tmp_path: Path) -> None:
    blocks = "El kelpi M., Kelp Lab; Tide Lab, Brest, France; Waves A.-B., Dept of Waves, Lille, France"
    record = only(imported(tmp_path, later({"Authors with affiliations": blocks})))
    assert [each.affiliations for each in record.authors] == [
        ("Kelp Lab; Tide Lab, Brest, France",),
        ("Dept of Waves, Lille, France",),
    ]


def test_blocks_that_fit_nobody_are_left_to_the_document(tmp_path: Path) -> None:
    blocks = "Somebody E., Kelp Lab, Brest, France; Waves A.-B., Dept of Waves, Lille, France"
    reading = imported(tmp_path, later({"Authors with affiliations": blocks, "Affiliations": ""}))
    record = only(reading)
    assert [each.affiliations for each in record.authors] == [(), ()]
    assert record.affiliations == tuple(blocks.split("; "))
    assert codes(reading, Severity.NOTICE) == ["unplaced_affiliations"]


def test_an_author_without_address_has_none(tmp_path: Path) -> None:
    row = {"Authors with affiliations": "El kelpi M.; Waves A.-B., Dept of Waves, Lille, France"}
    assert only(imported(tmp_path, later(row))).authors[0].affiliations == ()


def test_addresses_of_the_document_are_distinct(tmp_path: Path) -> None:
    row = {"Affiliations": "Kelp &amp; Tide Lab, Brest; North School, Lille; Kelp &amp; Tide Lab, Brest"}
    record = only(imported(tmp_path, later(row)))
    assert record.affiliations == ("Kelp & Tide Lab, Brest", "North School, Lille")


def test_without_address_columns_authors_alone_attribute(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(without(LATER, "Affiliations", "Authors with affiliations"), LATER_ROW))
    assert "par leurs auteurs" in reading.findings[0].message
    assert only(reading).affiliations == ()
