"""The names under which the schools sign catch what they sign, whatever the year of the name, and nobody else's."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from tests.contracts.signatures import NOBODY, SIGNED, TOGETHER

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
OLD, NEW = "cop-2018-2022", "cop-2023-2027"
SCHOOLS = {
    "imt-atlantique": {"IMT Atlantique", "Mines-Télécom Atlantique"},
    "imt-nord-europe": {"IMT Nord Europe", "IMT North Europe"},
    "imt-mines-albi": {"IMT Mines Albi", "Mines d’Albi", "Albi School of Mines"},
    "imt-mines-ales": {"IMT Mines Alès", "Mines d’Alès", "Alès School of Mines"},
    "mines-saint-etienne": {"Mines Saint-Étienne", "Mines de Saint-Étienne", "Saint-Étienne School of Mines"},
    "telecom-paris": {"Télécom Paris", "École Nationale Supérieure des Télécommunications"},
    "telecom-sudparis": {"Télécom SudParis", "National Institute of Telecommunications * Évry"},
    "imt-bs": {"Institut Mines-Télécom Business School", "Mines-Télécom Business School"},
    "eurecom": {"EURECOM", "Eurecom Institute"},
}
KINDS = {"scopus_affiliation_id", "ror", "hal_collection", "hal_structure", "name_pattern"}
SHAPES = {"ror": r"0[a-z0-9]{6}\d{2}", "hal_structure": r"\d+", "scopus_affiliation_id": r"60\d{6}"}
ALONE = {"imt", "int", "enst", "ema", "emd", "emn", "emac", "emse", "tsp", "tem", "get", "mines", "telecom"}
YEAR = 2022

Row = dict[str, str]
Run = tuple[str, ...]

both = pytest.mark.parametrize("contract", [OLD, NEW])


@cache
def table(contract: str, name: str) -> list[Row]:
    with (CONTRACTS / contract / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(text: str) -> Run:
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    return tuple(re.findall(r"[a-z0-9*]+", plain.lower()))


def pieces(text: str) -> Run:
    """The words of a text, each after its separator where it has one: « ,paris »."""
    marked = re.sub(r"\s*[,;|]\s*", " ,", text)
    return tuple(words(each)[0] if each[0] != "," else "," + words(each)[0] for each in split(marked))


def split(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    return re.findall(r",?[A-Za-z0-9*]+", plain)


def places(pattern: str, text: str) -> list[frozenset[int]]:
    """Where the words of a pattern stand among those of a text, once a place of its first word."""
    runs = [pieces(part) for part in re.split(r" \* ", pattern)]
    found = (follow(pieces(text), runs, start) for start in range(len(pieces(text))))
    return [frozenset(place) for place in found if place]


def follow(text: Run, runs: list[Run], start: int) -> list[int]:
    """The places of the runs, the first at `start` and each of the others as soon as it may; none if one is missing."""
    taken: list[int] = []
    for run in runs:
        starts = range(start, len(text)) if taken else (start,)
        begun = next((place for place in starts if stands(text[place : place + len(run)], run)), None)
        if begun is None:
            return []
        taken += range(begun, begun + len(run))
        start = begun + len(run)
    return taken


def stands(text: Run, run: Run) -> bool:
    """A comma stands before a word of the text only where the pattern has one too, or before its first word."""
    return len(text) == len(run) and all(
        re.fullmatch(wanted.lstrip(",").replace("*", ".*"), word.lstrip(","))
        and (word[0] != "," or not rank or wanted[0] == ",")
        for rank, (word, wanted) in enumerate(zip(text, run, strict=True))
    )


def signing(text: str, year: int = YEAR) -> set[str]:
    """The entities whose names a text holds in that year, save inside a longer name of another."""
    rows = [row for row in table(NEW, "affiliations") if row["kind"] == "name_pattern" and in_force(row, year)]
    found = [(row["entity"], place) for row in rows for place in places(row["value"], text)]
    return {who for who, place in found if not any(place < longer and who != other for other, longer in found)}


def in_force(row: Row, year: int) -> bool:
    return int(row["valid_from"][:4] or 0) <= year <= int(row["valid_to"][:4] or 9999)


@both
def test_a_row_is_of_an_entity_of_the_contract_and_says_where_it_comes_from(contract: str) -> None:
    entities = {row["code"] for row in table(contract, "entities")}
    for row in table(contract, "affiliations"):
        assert row["entity"] in entities - {"insic"}
        assert row["kind"] in KINDS
        assert row["value"].strip()
        assert len(row["note"]) > len("Le même"), row


@both
def test_no_signature_is_given_twice(contract: str) -> None:
    given = [(row["kind"], words(row["value"]), row["valid_from"]) for row in table(contract, "affiliations")]
    assert [each for each in given if given.count(each) > 1] == []


@both
def test_an_identifier_has_the_form_of_its_kind_and_says_where_it_was_found(contract: str) -> None:
    identifiers = [row for row in table(contract, "affiliations") if row["kind"] != "name_pattern"]
    assert identifiers
    for row in identifiers:
        assert re.fullmatch(SHAPES.get(row["kind"], r"[A-Z0-9-]+"), row["value"]), row
        assert "dentifiant relevé dans " in row["note"], row


@both
@pytest.mark.parametrize("school", SCHOOLS)
def test_every_school_has_its_names_of_today_in_french_and_english(contract: str, school: str) -> None:
    names = {row["value"] for row in table(contract, "affiliations") if row["entity"] == school}
    assert names >= SCHOOLS[school]


def test_the_schools_sign_the_same_way_in_both_contracts() -> None:
    assert table(OLD, "affiliations") == table(NEW, "affiliations")


def test_no_name_is_an_acronym_that_others_bear() -> None:
    names = {words(row["value"]) for row in table(NEW, "affiliations") if row["kind"] == "name_pattern"}
    assert {name for name in names if len(name) == 1 and name[0] in ALONE} == set()


@pytest.mark.parametrize(("entity", "text"), [(who, text) for who, texts in SIGNED.items() for text in texts])
def test_a_signature_is_that_of_its_school_and_of_no_other(entity: str, text: str) -> None:
    assert signing(text) == {entity}


@pytest.mark.parametrize(("text", "entities"), TOGETHER)
def test_a_signature_of_several_entities_is_of_each(text: str, entities: set[str]) -> None:
    assert signing(text) == entities


@pytest.mark.parametrize("text", NOBODY)
def test_a_signature_from_outside_the_group_is_nobodys(text: str) -> None:
    assert signing(text) == set()


@pytest.mark.parametrize("text", ["France Telecom, Paris, France", "France Télécom, Lille, France"])
def test_an_operator_of_former_years_is_no_school(text: str) -> None:
    assert signing(text, year=2009) == set()


def test_each_measure_counts_an_indicator_of_the_contract_in_the_perimeter_that_its_note_tells() -> None:
    indicators = {row["code"] for row in table(NEW, "indicators")}
    measures = {row["indicator"]: (row["measure"], row["perimeter"], row["goals"]) for row in table(NEW, "measures")}
    assert measures == {
        "publications": ("publications", "permanent", ""),
        "publications-top-10": ("publications-top-10", "permanent", ""),
        "publications-per-fte": ("publications-per-fte", "permanent", ""),
        "sdg-publications": ("sdg-publications", "whole", "3 7 9 11 12"),
    }
    assert measures.keys() <= indicators
    assert all(row["note"] for row in table(NEW, "measures"))


def test_what_the_former_contract_counted_is_not_counted_here() -> None:
    assert not (CONTRACTS / OLD / "measures.csv").exists()


@both
def test_a_package_has_no_staff(contract: str) -> None:
    assert not (CONTRACTS / contract / "staff.csv").exists()
