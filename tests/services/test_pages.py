"""The pages of both contracts: what they say, read against the printed contract by hand."""

import re
from datetime import UTC, date, datetime

import pytest

from services.gateway.pages.routes import in_force
from services.gateway.schemas.contracts import ContractItem
from tests.conftest import COP, World

from .page_text import PageText, read

NEXT = "cop-2023-2027"
OLD_PAGE, NEW_PAGE = f"/contrats/{COP}/2022", f"/contrats/{NEXT}/2023"


@pytest.fixture(scope="module")
async def old(still_world: World) -> PageText:
    return await read(still_world, OLD_PAGE)


@pytest.fixture(scope="module")
async def new(still_world: World) -> PageText:
    return await read(still_world, NEW_PAGE)


def contract(code: str, start: int, end: int) -> ContractItem:
    return ContractItem(
        code=code, label=code, version=1, start_year=start, end_year=end, reference_year=start - 1, entity="imt",
        observed_years=[],
    )  # fmt: skip


@pytest.mark.parametrize(("year", "expected"), [(2018, "first"), (2022, "first"), (2023, "second"), (2031, "second")])
def test_the_contract_in_force_is_that_of_the_day_or_else_the_latest(year: int, expected: str) -> None:
    known = [contract("first", 2018, 2022), contract("second", 2023, 2027)]
    found = in_force(known, date(year, 6, 1))
    assert found
    assert found.code == expected
    assert in_force([], date(year, 6, 1)) is None


async def test_the_first_page_is_the_contract_in_force(world: World) -> None:
    world.system.gateway.state.clock = lambda: datetime(2022, 12, 1, tzinfo=UTC)
    assert "Institut Mines-Télécom : suivi 2022" in (await read(world, "/")).text
    world.system.gateway.state.clock = lambda: datetime(2023, 12, 1, tzinfo=UTC)
    page = await read(world, "/")
    assert "Institut Mines-Télécom : suivi 2023" in page.text
    assert "Jugé le 1er décembre 2023" in page.text


def test_the_page_names_itself_once(old: PageText) -> None:
    assert old.source.count("<h1") == 1
    assert "Contrat d’objectifs et de performance 2018-2022 Institut Mines-Télécom : suivi 2022" in old.text
    assert (
        "<title>Institut Mines-Télécom, 2022 – Contrat d’objectifs et de performance 2018-2022 – Cadran" in old.source
    )
    assert '<html lang="fr">' in old.source


def test_the_counts_of_the_verdicts(old: PageText) -> None:
    told = "8 Atteint 5 Non atteint 1 Non évaluable"
    assert old.section("bref") == f"En bref Verdicts 2022 {told} Objectifs du contrat {told}"


def test_a_line_of_the_overview(old: PageText) -> None:
    assert old.line("students") == (
        "Nombre d’étudiants étudiants 11 852 2017 13 606 +1 754 +14,8 % ≥ 14 280 −674 −4,7 % Non atteint "
        "14 280 (+20 %) 2022 Non atteint"
    )


def test_points_are_never_percent(old: PageText) -> None:
    assert "40,7 % +4,5 pts ≥ 40,0 % +0,7 pt Atteint 40 % (+3,8 pts)" in old.line("own-resources-ratio")


def test_a_ceiling_and_a_growth(old: PageText) -> None:
    assert "11,9 2017 12,0 +0,1 +0,8 % ≤ 10,71 −1,29 −12,0 % Non atteint −10 %" in old.line("training-cost-per-student")


def test_a_sheet_has_the_sentence_the_sum_and_the_sources(old: PageText) -> None:
    sheet = old.sheet("students")
    assert "Valeur 2022 13 606 Référence 11 852 2017 Évolution +1 754 +14,8 %" in sheet
    assert "Cible 2022 : 14 280 (+20 %)" in sheet
    assert "il manque 674 (−4,7 %)." in sheet
    assert "Observé 11 852 12 322 12 632 13 257 13 362 13 606" in sheet
    assert "Σ 13 483 étudiants écart du groupe : +123 9 entités sur 9" in sheet
    assert "Source de la valeur (définitive) COP 2023-2027, Bilan du COP 2018-2022" in sheet
    assert "Ensemble des formations diplômantes" in sheet


def test_what_is_lacking_for_a_judgement_is_said(old: PageText) -> None:
    assert "> CGE" in old.sheet("employment-rate-6-months")
    assert "Il manque la moyenne de comparaison 2022" in old.sheet("employment-rate-6-months")


def test_a_part_stands_under_its_whole_and_domains_stay_together(old: PageText) -> None:
    places = [old.source.index(f'<article class="sheet{part}" id="{code}"') for code, part in [
        ("students", ""), ("engineering-and-management-students", " part"), ("employment-rate-6-months", ""),
        ("training-cost-per-student", ""), ("training-cost-per-student-subsidised", " part"),
    ]]  # fmt: skip
    assert places == sorted(places)


def test_nothing_is_missing_where_all_was_given(old: PageText) -> None:
    assert old.section("manques") == "Ce qui manque Rien : aucune valeur attendue pour 2022 ne manque."
    assert "simulé" not in old.text


def test_the_sheet_lists_the_schools(old: PageText) -> None:
    assert "Télécom Paris 1 637 2017 1 746 ≥ 2 109 −363 −17,2 % Non atteint 2 109 (29 %) 2022" in old.sheet("students")


def test_a_contract_without_values_says_so(new: PageText) -> None:
    assert "Aucune valeur n’a encore été observée pour 2023." in new.text
    assert "pour les autres années du contrat (2023 à 2027)" in new.text
    assert "5 Sans cible 19 Non renseigné" in new.section("bref")


def test_the_targets_and_the_trajectory_are_there_all_the_same(new: PageText) -> None:
    line = new.line("students")
    assert "13 606 2022 non communiquée – ≥ 13 800 – Non renseigné 16 450 soit +21 % 2027 Non échu" in line
    assert "Trajectoire 2027 – 13 800 14 460 15 120 15 780 16 450" in new.sheet("students")


def test_every_target_of_an_indicator_is_shown(new: PageText) -> None:
    sheet = new.sheet("women-in-engineering-intake")
    assert "Cible 2027 : 30 % en 2027" in sheet
    assert "Cible 2030 : 35 % en 2030" in sheet
    assert "L’objectif se juge en 2030 : 35,0 %." in sheet
    assert "+35 % en € courants" in new.sheet("research-innovation-own-resources-eu")
    assert "[+20 % en € constants]" in new.sheet("research-innovation-own-resources-eu")


def test_a_range_has_two_ends(new: PageText) -> None:
    assert "2 208 à 2 248" in new.sheet("publications")


def ways(page: PageText, code: str) -> list[list[float]]:
    """The heights of the dashed lines that lead to an indicator's targets."""
    _, _, after = page.source.partition(f'<article class="sheet" id="{code}"')
    drawn = re.findall(r'class="way" points="([^"]+)"', after.partition("</article>")[0])
    return [[float(point.split(",")[1]) for point in line.split()] for line in drawn]


def test_the_drawing_leads_to_the_target_and_lies_level_where_every_year_owes_it(new: PageText) -> None:
    (students,) = ways(new, "students")
    assert len(students) == 6
    assert students == sorted(students, reverse=True)
    (floor,) = ways(new, "budget-execution-rate")
    assert len(set(floor)) == 1


def test_the_drawing_is_told_in_words(old: PageText) -> None:
    assert "Observé\u00a0: 11\u202f852 en 2017, 12\u202f322 en 2018, 12\u202f632 en 2019" in old.source
    assert "Visé\u00a0: 14\u202f280 en 2022" in old.source


def test_a_mean_of_years_is_named(new: PageText) -> None:
    assert "moyenne 2020-2022" in new.sheet("research-innovation-own-resources")


def test_missing_values_are_grouped(new: PageText) -> None:
    said = new.section("manques")
    assert "Nombre d’élèves en formation diplômante – Institut Mines-Télécom et 9 écoles : non communiquée" in said
    assert "129 valeurs attendues pour 2023 manquent, pour 21 indicateurs." in said


async def test_a_persons_own_judgement_stands_beside_the_verdict(world: World) -> None:
    told = {"level": "secure", "comment": "La rentrée <b>sera</b> bonne."}
    async with world.client("steward", subject="camille") as client:
        await client.put(f"/indicators/v1/contracts/{COP}/assessments/students/imt/2022", json=told)
    await world.settled()
    page = await read(world, OLD_PAGE)
    sheet = page.sheet("students")
    assert "Météo : Objectifs sécurisés La rentrée <b>sera</b> bonne. Appréciation de camille, le " in sheet
    assert "Elle diverge du verdict calculé." in sheet
    assert "« Objectifs sécurisés » selon camille, « Non atteint » selon les chiffres." in page.section("divergences")


def test_two_readings_of_the_same_euros_stand_side_by_side(old: PageText) -> None:
    sheet = old.sheet("training-cost-per-student")
    assert "En euros courants 12,0 k€/étudiant +0,8 % depuis 2017 Non atteint" in sheet
    assert re.search(r"En euros constants 2017 10,9\d* k€/étudiant −8,3 % depuis 2017 Non atteint", sheet)
    assert "Les deux lectures ne disent pas la même chose." in sheet
