"""The files of OpenAlex: answers of its API, works alone, lines, parts of its dump."""

import gzip
import json
from pathlib import Path

import pytest

from services.bibliometrics.importing import documents, openalex
from tests.importing.openalex_files import AFTER, BEFORE, answer, codes, errors, read, read_json, read_text

BOTH = ["W900001", "W900002"]
LINES = f"{json.dumps(BEFORE)}\n{json.dumps(AFTER)}\n"


@pytest.mark.parametrize("value", [answer(BEFORE, AFTER), [BEFORE, AFTER], [answer(BEFORE), answer(AFTER)]])
def test_an_answer_a_list_and_several_answers_are_read(tmp_path: Path, value: object) -> None:
    reading = read_json(tmp_path, value)
    assert [record.key for _, record in reading.records] == BOTH
    assert [rank for rank, _ in reading.records] == [1, 2]
    assert (reading.layout, reading.findings) == ("openalex_json", [])


def test_a_work_alone_is_read_indented_or_not(tmp_path: Path) -> None:
    for text in (json.dumps(BEFORE), json.dumps(BEFORE, indent=2), json.dumps([BEFORE], indent=0)):
        assert [record.key for _, record in read_text(tmp_path, text).records] == ["W900001"]


def test_lines_are_read_with_or_without_their_mark(tmp_path: Path) -> None:
    for text in (LINES, "\ufeff" + LINES, LINES.replace("\n", "\r\n")):
        reading = read_text(tmp_path, text)
        assert [record.key for _, record in reading.records] == BOTH
        assert reading.layout == "openalex_lines"


def test_a_part_of_the_dump_is_read(tmp_path: Path) -> None:
    path = tmp_path / "part_000.gz"
    path.write_bytes(gzip.compress(LINES.encode()))
    assert [record.key for _, record in read(path).records] == BOTH


def test_an_archive_that_swells_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_UNPACKED", 200_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(LINES.encode() + b" " * 10_000_000))
    assert codes(read(path))[-1] == "too_large"
    path.write_bytes(gzip.compress(b'{"results":[' + b" " * 10_000_000))
    assert codes(read(path)) == ["too_large"]


def test_a_document_too_large_to_be_held_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST_WHOLE", 1024**2)
    reading = read_text(tmp_path, json.dumps(BEFORE) + " " * 1024**2)
    assert errors(reading) == [
        "le fichier dépasse 1 Mio une fois ouvert : découpez-le, ou donnez-le en JSON Lines (un objet par ligne)"
    ]


def test_an_archive_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "part_000.gz"
    path.write_bytes(gzip.compress(LINES.encode() * 50)[:-20])
    assert codes(read(path))[-1] == "gzip"


def test_more_counted_than_given_is_a_warning_with_both_counts(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer(BEFORE, count=146683))
    assert (codes(reading), reading.announced, reading.is_refused) == (["incomplete"], 146683, False)
    assert "dans le fichier : 1," in reading.findings[0].message
    assert "146683" in reading.findings[0].message


def test_cut_authors_are_a_warning_with_their_count(tmp_path: Path) -> None:
    crowd = {**BEFORE, "authorships": [{"raw_author_name": "B"}] * 100}
    reading = read_json(tmp_path, answer(crowd, AFTER, crowd))
    assert codes(reading) == ["authors_cut"]
    assert reading.findings[0].message.startswith("publications d’exactement 100 auteurs : 2 ;")


def test_a_work_without_a_title_is_kept_with_a_warning(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer({**AFTER, "display_name": None}))
    assert (codes(reading), reading.records[0][1].title, reading.is_refused) == (["without_title"], "", False)


@pytest.mark.parametrize("empty", [answer(), [], {"results": []}])
def test_an_empty_result_is_no_fault(tmp_path: Path, empty: object) -> None:
    reading = read_json(tmp_path, empty)
    assert (reading.received, reading.findings) == (0, [])


def test_an_answer_that_tells_an_error_is_refused_with_what_it_tells(tmp_path: Path) -> None:
    reading = read_json(tmp_path, {"error": "Invalid query parameters error.", "message": "dune is not a valid field"})
    assert errors(reading) == [
        "c’est une réponse d’erreur d’OpenAlex (« dune is not a valid field ») : refaites l’export"
    ]


def test_a_grouped_answer_is_refused(tmp_path: Path) -> None:
    groups = [{"key": "2024", "key_display_name": "2024", "count": 7}]
    reading = read_json(tmp_path, {"meta": {"count": 7}, "results": [], "group_by": groups})
    assert errors(reading) == [
        "une réponse groupée d’OpenAlex n’a pas de documents : refaites la demande sans « group_by »"
    ]
    assert codes(reading) == ["grouped"]


def test_items_that_are_no_works_are_rejected_with_their_ranks(tmp_path: Path) -> None:
    reading = read_json(tmp_path, answer(BEFORE, None, {"id": "https://openalex.org/A1"}, AFTER))
    assert (reading.received, len(reading.records), reading.rejected) == (4, 2, 2)
    assert [each.row for each in reading.findings] == [2, 3]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"results":[{"id":"https://openalex.org/A5","display_name":"Brizard"}]}', "un document JSON"),
        ('{"response":{"numFound":1,"docs":[{"halId_s":"hal-1"}]}}', "une réponse de HAL"),
        ('{"search-results":{"entry":[]}}', "une réponse de Scopus"),
        ("<html></html>", "une page HTML"),
        ("halId_s,title_s\nhal-09990001,Dunes\n", "un export CSV de HAL"),
        ("id,title,doi\nW1,Dunes,10.5555/x\n", "un tableau CSV"),
        ("PK\x03\x04\x00", "un classeur"),
    ],
)
def test_another_kind_of_file_is_refused_by_its_name(tmp_path: Path, text: str, what: str) -> None:
    reading = read_text(tmp_path, text)
    assert codes(reading) == ["not_openalex"]
    assert what in errors(reading)[0]


def test_progress_is_told_every_five_hundred_works(tmp_path: Path) -> None:
    path = tmp_path / "works.json"
    path.write_text(json.dumps([BEFORE] * 1200), encoding="utf-8")
    told: list[int] = []
    openalex.read(path, path.name, told.append)
    assert told == [500, 1000, 1200]


def test_numbers_of_no_world_spoil_nothing_else(tmp_path: Path) -> None:
    number = "9" * 6000
    text = f'{{"id":"W1","id":"W2","fwci":NaN,"publication_year":{number},"cited_by_count":1e999999999,"title":"D"}}'
    record = read_text(tmp_path, text).records[0][1]
    assert (record.key, record.fwci, record.year, record.citations, record.title) == ("W2", None, None, None, "D")
