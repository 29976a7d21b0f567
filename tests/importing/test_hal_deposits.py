"""A document of HAL made into a record."""

import hashlib
from datetime import date
from typing import Any

import pytest

from services.bibliometrics.domain.publication import Author, DocumentType
from services.bibliometrics.importing import hal

FULL: dict[str, Any] = {
    "halId_s": "hal-09990001v3",
    "title_s": ["Le pas des dunes", "The pace of dunes"],
    "subTitle_s": ["Enquête", "A survey"],
    "docType_s": "OUV",
    "docSubType_s": "MANUAL",
    "oldDocType_s": "DOUV",
    "producedDateY_i": 2023,
    "publicationDate_s": "2023-06-01",
    "doiId_s": "10.5555/DUNE.7",
    "isbn_s": "978-2-07-036822-8, 2070368228",
    "journalIssn_s": "1234-567X",
    "language_s": ["fr"],
    "authFullName_s": ["Anne Brizard", "Éloi Coudrier", "Flore Évrard"],
    "authFullNameFormIDPersonIDIDHal_fs": [
        "Anne Brizard_FacetSep_11-101_FacetSep_anne-brizard",
        "Éloi Coudrier_FacetSep_12-102_FacetSep_102",
        "Flore Évrard_FacetSep_13-0_FacetSep_",
    ],
    "authIdHasStructure_fs": [
        "11-101_FacetSep_Anne Brizard_JoinSep_9001_FacetSep_Laboratoire des sables",
        "11-101_FacetSep_Anne Brizard_JoinSep_9002_FacetSep_École des dunes",
        "13-0_FacetSep_Flore Évrard_JoinSep_9003_FacetSep_Institut du vent",
    ],
    "authORCIDIdExt_s": ["0000-0002-1825-0097"],
    "authIdHal_s": ["anne-brizard"],
    "structId_i": [9001, 9002, 9003],
    "structName_s": ["Laboratoire des sables", "École des dunes"],
    "instStructName_s": ["École des dunes"],
    "collCode_s": ["IMT", "dunes"],
    "peerReviewing_s": "1",
    "audience_s": "2",
}


def test_a_full_document_gives_its_identity_and_its_place() -> None:
    record = hal.record_of(FULL)
    assert (record.key, record.hal_id) == ("hal-09990001", "hal-09990001")
    assert (record.title, record.year, record.published_on) == ("Le pas des dunes : Enquête", 2023, date(2023, 6, 1))
    assert (record.type, record.raw_type) == (DocumentType.BOOK, "OUV/MANUAL")
    assert (record.doi, record.isbns, record.issns) == ("10.5555/dune.7", ("9782070368228",), ("1234567X",))
    assert (record.reviewed, record.international, record.language) == (True, True, "fr")


def test_authors_have_the_structures_that_are_aligned_with_them_and_no_orcid() -> None:
    first, second, third = hal.record_of(FULL).authors
    assert first == Author(
        name="Anne Brizard",
        full_name="Anne Brizard",
        idhal="anne-brizard",
        affiliations=("Laboratoire des sables", "École des dunes"),
        affiliation_ids=("hal_structure:9001", "hal_structure:9002"),
    )
    assert (second.idhal, second.affiliation_ids) == ("", ())  # 102 is the number of the person, not an idHAL
    assert (third.idhal, third.affiliation_ids, third.orcid) == ("", ("hal_structure:9003",), "")


def test_the_document_has_every_structure_and_collection_once() -> None:
    record = hal.record_of(FULL)
    assert record.affiliations == ("Laboratoire des sables", "École des dunes", "Institut du vent")
    assert record.affiliation_ids == (
        *("hal_structure:9001", "hal_structure:9002", "hal_structure:9003"),
        *("hal_collection:IMT", "hal_collection:DUNES"),
    )


def test_an_author_missing_from_the_composite_field_shifts_nobody() -> None:
    doc = {**FULL, "authFullNameFormIDPersonIDIDHal_fs": FULL["authFullNameFormIDPersonIDIDHal_fs"][1:]}
    assert [each.idhal for each in hal.record_of(doc).authors] == ["", "", ""]
    assert [len(each.affiliation_ids) for each in hal.record_of(doc).authors] == [2, 0, 1]


def test_namesakes_are_given_nothing_by_name() -> None:
    links = [
        f"{form}_FacetSep_Jean Roy_JoinSep_{number}_FacetSep_L{number}" for form, number in (("1-1", 7), ("2-2", 8))
    ]
    record = hal.record_of(
        {"title_s": "Dunes", "authFullName_s": ["Jean Roy", "Jean Roy"], "authIdHasStructure_fs": links}
    )
    assert [each.affiliation_ids for each in record.authors] == [(), ()]
    assert record.affiliation_ids == ("hal_structure:7", "hal_structure:8")


def test_family_names_are_used_where_they_are_given_for_all() -> None:
    doc = {"title_s": "Dunes", "authFullName_s": ["Jean Roy"], "authLastName_s": ["Roy"], "authFirstName_s": ["Jean"]}
    assert hal.record_of(doc).authors[0].full_name == "Roy, Jean"
    assert hal.record_of({**doc, "authFirstName_s": []}).authors[0].full_name == "Jean Roy"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ART", DocumentType.ARTICLE),
        ("COMM", DocumentType.CONFERENCE_PAPER),
        ("COUV", DocumentType.BOOK_CHAPTER),
        ("DOUV", DocumentType.EDITED_BOOK),
        ("PROCEEDINGS", DocumentType.PROCEEDINGS),
        ("ISSUE", DocumentType.EDITED_BOOK),
        ("POSTER", DocumentType.POSTER),
        ("THESE", DocumentType.THESIS),
        ("HDR", DocumentType.THESIS),
        ("REPORT", DocumentType.REPORT),
        ("UNDEFINED", DocumentType.PREPRINT),
        ("SOFTWARE", DocumentType.OTHER),
        ("Article dans une revue", DocumentType.ARTICLE),
        ("Article de blog scientifique", DocumentType.OTHER),
        ("Chapitre d’ouvrage", DocumentType.BOOK_CHAPTER),
        ("Ouvrage (y compris édition critique et traduction)", DocumentType.BOOK),
        ("Direction d'ouvrage, Proceedings, Dossier", DocumentType.EDITED_BOOK),
        ("N°spécial de revue/special issue", DocumentType.EDITED_BOOK),
        ("Proceedings/Recueil des communications", DocumentType.PROCEEDINGS),
        ("Pré-publication, Document de travail", DocumentType.PREPRINT),
        ("Thèse", DocumentType.THESIS),
        ("", DocumentType.UNKNOWN),
    ],
)
def test_types_are_known_by_code_and_by_label(said: str, expected: DocumentType) -> None:
    assert hal.record_of({"halId_s": "hal-1", "docType_s": said}).type is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"producedDateY_i": 2021, "publicationDateY_i": 2022}, 2021),
        ({"publicationDateY_i": "2022", "producedDate_s": "2021"}, 2022),
        ({"producedDate_s": "2019-03"}, 2019),
        ({"producedDateY_i": 0, "publicationDate_s": "2020-02-30"}, 2020),
        ({"producedDateY_i": True, "publicationDate_s": "bientôt"}, None),
    ],
)
def test_the_year_is_the_first_that_is_one(fields: dict[str, Any], expected: int | None) -> None:
    assert hal.record_of({"halId_s": "hal-1", **fields}).year == expected


def test_what_no_depositor_said_is_none() -> None:
    record = hal.record_of({"halId_s": "hal-1"})
    assert (record.reviewed, record.international, record.author_count) == (None, None, None)
    assert hal.record_of({"halId_s": "hal-1", "audience_s": "3", "peerReviewing_s": 0}).international is False


def test_a_document_without_identifier_has_a_key_of_what_it_says() -> None:
    doc = {
        "title_s": "Le pas",
        "producedDateY_i": 2020,
        "journalTitle_s": "Dunes & Vents",
        "authFullName_s": "Éva Dollé",
    }
    hashed = hashlib.sha256(b"lepas|2020|dunes vents|dolle").hexdigest()
    assert hal.record_of(doc).key == f"text:{hashed[:24]}"
    hashed = hashlib.sha256(b"lepas").hexdigest()
    assert hal.record_of({**doc, "doiId_s": "10.5555/x"}).key == f"doi:10.5555/x#{hashed[:16]}"


@pytest.mark.parametrize("item", [None, 3, "hal-1", [], {}, {"docType_s": "ART"}, {"title_s": ["…"], "halId_s": {}}])
def test_what_can_be_no_document_is_said_in_a_sentence(item: object) -> None:
    with pytest.raises(ValueError, match="HAL"):
        hal.record_of(item)


def test_half_a_character_and_nothingness_leave_texts_that_can_be_stored() -> None:
    record = hal.record_of({"halId_s": "hal-1", "title_s": "Dune\ud800s \x00 et\n<i>mer</i> &amp; vent"})
    assert record.title == "Dune\ufffds et mer & vent"
