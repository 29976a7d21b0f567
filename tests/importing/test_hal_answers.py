"""The answers of HAL's search API, and what stands in for them: documents alone, JSON lines, archives."""

import gzip
import json
from pathlib import Path

import pytest

from tests.importing.hal_files import answer, codes, errors, read, read_json, read_text

ONE = {"halId_s": "hal-09990001", "title_s": ["Dunes"], "docType_s": "ART", "producedDateY_i": 2023}
TWO = {**ONE, "halId_s": "hal-09990002", "title_s": "Marées"}


def test_an_answer_is_read_with_the_ranks_of_its_documents(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer(ONE, TWO))
    assert [(rank, record.title) for rank, record in reading.records] == [(1, "Dunes"), (2, "Marées")]
    assert (reading.layout, reading.announced, reading.findings) == ("hal_json", 2, [])


@pytest.mark.parametrize("value", [[ONE, TWO], [answer(ONE), answer(TWO)], {"docs": [ONE, TWO], "numFound": 2}])
def test_documents_alone_and_several_pages_are_read_too(tmp_path: Path, value: object) -> None:
    assert [record.key for _, record in read_json(tmp_path, value).records] == ["hal-09990001", "hal-09990002"]


def test_lines_are_read_and_a_broken_one_is_rejected(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{json.dumps(ONE)}\n{{nothing\n\n{json.dumps(TWO)}\n", "hal.jsonl")
    assert (reading.layout, reading.received, reading.rejected) == ("hal_lines", 3, 1)
    assert errors(reading) == ["ligne illisible comme JSON (ligne 1, caractère 2)"]


def test_an_archive_of_an_answer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hal.json.gz"
    path.write_bytes(gzip.compress(json.dumps(answer(ONE)).encode()))
    assert [record.key for _, record in read(path).records] == ["hal-09990001"]


def test_more_found_than_given_is_a_warning_with_both_counts(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer(ONE, TWO, found=1490))
    assert codes(reading) == ["incomplete"]
    assert "dans le fichier : 2," in reading.findings[0].message
    assert "1490" in reading.findings[0].message
    assert not reading.is_refused


@pytest.mark.parametrize("empty", [answer(), [], {"docs": []}])
def test_an_empty_result_is_no_fault(tmp_path: Path, empty: object) -> None:
    reading = read_json(tmp_path, empty)
    assert (reading.received, reading.records, reading.findings) == (0, [], [])


def test_what_was_not_asked_for_is_a_warning(tmp_path: Path) -> None:
    asked_for_nothing = {
        "docid": "12",
        "label_s": "Brizard. Dunes. 2021",
        "uri_s": "https://hal.science/hal-09990003v1",
    }
    reading = read_json(tmp_path, answer(asked_for_nothing, ONE))
    assert reading.records[0][1].key == "hal-09990003"
    assert codes(reading) == ["without_title_s", "without_docType_s", "without_producedDateY_i"]
    assert not reading.is_refused


def test_an_answer_that_tells_an_error_is_refused_with_what_it_tells(tmp_path: Path) -> None:
    reading = read_json(tmp_path, {"error": {"code": 400, "msg": "undefined field dune_s"}})
    assert errors(reading) == ["c’est une réponse d’erreur de HAL (« undefined field dune_s ») : refaites l’export"]


@pytest.mark.parametrize(
    "counted",
    [
        {"grouped": {"docType_s": {"matches": 9, "groups": [{"groupValue": "ART", "doclist": {"docs": [ONE]}}]}}},
        {**answer(found=9), "facet_counts": {"facet_fields": {"docType_s": ["ART", 9]}}},
        {"response": {"numFound": 9, "start": 0}},
    ],
)
def test_an_answer_that_only_counts_documents_is_refused(tmp_path: Path, counted: object) -> None:
    reading = read_json(tmp_path, counted)
    assert codes(reading) == ["no_documents"]
    assert "demandez « docs »" in errors(reading)[0]


def test_facets_beside_documents_are_passed_over(tmp_path: Path) -> None:
    reading = read_json(tmp_path, {**answer(ONE), "facet_counts": {"facet_fields": {}}})
    assert (len(reading.records), reading.findings) == (1, [])


def test_documents_that_are_none_are_rejected_with_their_ranks(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer(ONE, None, 3, {"docid": "12"}, TWO))
    assert (reading.received, len(reading.records), reading.rejected) == (5, 2, 3)
    assert [each.row for each in reading.findings] == [2, 3, 4]
    assert errors(reading)[2] == "ni identifiant HAL ni titre : exportez les champs « halId_s » et « title_s »"


def test_fifty_rejections_are_told_then_how_many_more(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer(ONE, *[{}] * 60))
    assert (reading.rejected, len(reading.findings)) == (60, 51)
    assert errors(reading)[-1] == "éléments refusés en plus, non détaillés ici : 10"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!DOCTYPE html><html><body>Connexion</body></html>", "une page HTML"),
        ('<?xml version="1.0"?><TEI xmlns="x"><text/></TEI>', "un XML-TEI de HAL"),
        ("@article{brizard, title={Dunes}}", "une bibliographie BibTeX"),
        ('Authors,Title,Year,"Source title",EID\n"Brizard A.","Dunes",2021,"R",2-s2.0-1\n', "un export CSV de Scopus"),
        ("Lens ID,Title,Source Title,Year Published\n1,Dunes,R,2021\n", "un export de The Lens"),
        ("Authors,Article Title,Source Title,DOI\nA,Dunes,R,10.5555/x\n", "un export du Web of Science"),
        ('Data set,"Dunes"\nYear range,2020 to 2023\n', "un export de SciVal"),
        ('{"meta":{"count":1},"results":[{"id":"https://openalex.org/W1"}]}', "une réponse d’OpenAlex"),
        ("PK\x03\x04\x00\x00", "un classeur"),
        ('{"a": 1}', "un document JSON"),
        ("bonjour", "un texte"),
        ("null", "un texte"),
    ],
)
def test_another_kind_of_file_is_refused_by_its_name(tmp_path: Path, text: str, what: str) -> None:
    reading = read_text(tmp_path, text)
    assert codes(reading) == ["not_hal"]
    assert what in errors(reading)[0]
    assert reading.is_refused


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b'{"response":{"docs":[{"halId_s":"hal-0999', "json"),
        (b'{"response":' + b"[" * 100_000, "json"),
        (gzip.compress(b'{"response":{"docs":[]}}')[:-9], "gzip"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "hal.json"
    path.write_bytes(content)
    assert codes(read(path)) == [code]
