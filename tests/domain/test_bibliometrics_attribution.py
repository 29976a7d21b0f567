"""A publication is an entity's, in the whole perimeter, when an affiliation or a data set names it."""

import pytest

from services.bibliometrics.domain.attribution import Attribution, Clue, Evidence
from services.bibliometrics.domain.publication import Author
from services.bibliometrics.domain.registry import AffiliationKind, Perimeter

from .bibliometrics_schools import author, entities, identifier, name, only, record, rules

RULES = rules()


@pytest.mark.parametrize(
    ("affiliation", "expected"),
    [
        ("LTCI, Télécom Paris, Institut Polytechnique de Paris, Palaiseau, France", ["telecom-paris"]),
        ("LTCI, CNRS, Telecom ParisTech, Paris, 75013, France", ["telecom-paris"]),
        ("ENST, 46 rue Barrault, Paris", ["telecom-paris"]),
        ("SAMOVAR, Telecom SudParis, Evry, France", ["telecom-sudparis"]),
        ("INT/Evry, 9 rue Charles Fourier", ["telecom-sudparis"]),
        ("Institut Mines-Télécom Business School, Évry", ["imt-bs"]),
        ("LITEM, Univ Evry, IMT-BS, Institut Mines-Telecom Business School", ["imt-bs"]),
        ("Institut TELECOM / TELECOM Bretagne, Brest", ["imt", "imt-atlantique"]),
        ("IMT Atlantique, Lab-STICC, UMR CNRS 6285, F-29238 Brest", ["imt-atlantique"]),
        ("École des Mines de Douai, 941 rue Charles Bourseul", ["imt-nord-europe"]),
        ("IMT Lille Douai, Univ. Lille", ["imt-nord-europe"]),
        ("RAPSODEE, IMT Mines Albi-Carmaux, Albi", ["imt-mines-albi"]),
        ("LGI2P, École des Mines d’Alès, Nîmes", ["imt-mines-ales"]),
        ("École Nationale Supérieure des Mines de Saint-Étienne, CMP, Gardanne", ["mines-saint-etienne"]),
        ("Mines Saint-Etienne, Univ Clermont Auvergne, CNRS, UMR 6158 LIMOS", ["mines-saint-etienne"]),
        ("Institut Mines-Télécom, Telecom SudParis", ["imt", "telecom-sudparis"]),
        ("Centre des Matériaux, Mines Paris, PSL University", []),
        ("MINES ParisTech, PSL Research University, Évry", []),
        ("Mines Nancy, Université de Lorraine", []),
        ("National Institute of Telecommunications, Warsaw", []),
    ],
)
def test_schools_are_known_by_their_names_of_now_and_then(affiliation: str, expected: list[str]) -> None:
    assert entities(RULES, record(author("Durand M.", affiliation))) == expected


def test_a_name_is_searched_in_the_whole_block_of_an_author() -> None:
    block = "Durand M., LTCI, Télécom Paris, Palaiseau, France, IMT Atlantique, Brest, France"
    assert entities(RULES, record(author("Durand M.", block))) == ["imt-atlantique", "telecom-paris"]


def test_a_name_does_not_run_from_one_affiliation_to_the_next() -> None:
    assert entities(RULES, record(at=("Ecole des Mines", "Albi"))) == []


def test_a_name_inside_another_entitys_longer_name_is_not_itself() -> None:
    text = "Institut Mines-Télécom Business School, Evry; Institut Mines-Télécom, Palaiseau"
    assert entities(RULES, record(at=(text,))) == ["imt", "imt-bs"]


def test_what_a_star_skips_may_name_another_entity() -> None:
    compiled = rules(affiliations=(name("imt-bs", "INT * Evry"), name("telecom-paris", "Telecom Paris")))
    assert entities(compiled, record(at=("INT, Telecom Paris, Evry",))) == ["imt-bs", "telecom-paris"]


def test_a_longer_name_out_of_its_years_hides_nothing() -> None:
    compiled = rules(affiliations=(name("imt-bs", "Telecom Ecole", last="2016"), name("imt", "Telecom")))
    document = record(at=("Telecom Ecole",))
    assert entities(compiled, document, year=2016) == ["imt-bs"]
    assert entities(compiled, document, year=2017) == ["imt"]


def test_the_name_of_a_data_set_names_an_entity() -> None:
    attribution = only(RULES, record(sets=("Publications at Télécom Paris",)))
    reason = Evidence(
        perimeter=Perimeter.WHOLE, rule=Clue.NAME, value="Télécom Paris",
        text="Publications at Télécom Paris", record="scopus:1",
    )  # fmt: skip
    assert attribution == Attribution(entity="telecom-paris", permanent=False, whole=True, evidence=(reason,))


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (AffiliationKind.SCOPUS, "60009587", "scopus:60009587"),
        (AffiliationKind.ROR, "https://ror.org/02jx3x895", "ror:02jx3x895"),
        (AffiliationKind.HAL_STRUCTURE, "1043224", "hal_structure:1043224"),
        (AffiliationKind.HAL_COLLECTION, "imt-atlantique", "hal_collection:IMT-ATLANTIQUE"),
    ],
)
def test_identifiers_name_entities(kind: AffiliationKind, value: str, written: str) -> None:
    compiled = rules(affiliations=(identifier("imt-atlantique", kind, value),))
    attribution = only(compiled, record(ids=(written,)))
    reason = Evidence(perimeter=Perimeter.WHOLE, rule=Clue(kind.value), value=value, record="scopus:1")
    assert (attribution.entity, attribution.evidence) == ("imt-atlantique", (reason,))
    assert entities(compiled, record(Author(affiliation_ids=(written,)))) == ["imt-atlantique"]
    assert entities(compiled, record(ids=(written + "0",))) == []


def test_an_identifier_may_be_of_two_schools() -> None:
    shared = [identifier(code, AffiliationKind.HAL_STRUCTURE, "5") for code in ("imt-bs", "telecom-sudparis")]
    assert entities(rules(affiliations=tuple(shared)), record(ids=("hal_structure:5",))) == [
        "imt-bs",
        "telecom-sudparis",
    ]


@pytest.mark.parametrize(("year", "expected"), [(2016, ["imt"]), (2017, ["imt"]), (2018, []), (None, [])])
def test_a_rule_holds_in_its_years_and_a_dated_one_never_without_a_year(year: int | None, expected: list[str]) -> None:
    compiled = rules(affiliations=(name("imt", "Institut Telecom", "2008", "2017"),))
    assert entities(compiled, record(at=("Institut Telecom",)), year=year) == expected


def test_an_undated_rule_holds_without_a_year() -> None:
    assert entities(RULES, record(at=("EURECOM, Biot",)), year=None) == ["eurecom"]


def test_a_reason_is_given_once_a_record_with_its_shortest_text() -> None:
    signed = [author(f"Auteur {place}", f"Auteur {place}, EURECOM, Biot") for place in range(50)]
    attribution = only(RULES, record(*signed, at=("EURECOM, Biot",)))
    assert [(each.value, each.text) for each in attribution.evidence] == [("EURECOM", "EURECOM, Biot")]


def test_a_publication_of_nobody_has_no_attribution() -> None:
    assert (
        entities(RULES, record(author("Durand M.", "MIT, Cambridge"), at=("MIT",), sets=("Publications at MIT",))) == []
    )
