"""The page of the milestones of both contracts: what it says, read against the printed contract by hand."""

import re
from datetime import UTC, datetime

import pytest

from tests.conftest import COP, World

from .page_text import PageText, read

NEXT = "cop-2023-2027"
PAGE, OLD = f"/contrats/{NEXT}/jalons", f"/contrats/{COP}/jalons"
ON = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
async def dated(still_world: World) -> World:
    still_world.system.gateway.state.clock = lambda: ON
    return still_world


@pytest.fixture(scope="module")
async def page(dated: World) -> PageText:
    return await read(dated, PAGE)


@pytest.fixture(scope="module")
async def school(dated: World) -> PageText:
    return await read(dated, f"{PAGE}/eurecom")


@pytest.fixture(scope="module")
async def old(dated: World) -> PageText:
    return await read(dated, OLD)


def shown(page: PageText) -> tuple[int, int, int]:
    """How many milestones, lines and steps there are."""
    marks = ('<article class="sheet milestone"', '<tr role="row" class="line"><th role="rowheader"', '<li class="step ')
    counted = [page.source.count(mark) for mark in marks]
    return counted[0], counted[1], counted[2]


def test_the_page_names_itself(page: PageText) -> None:
    assert page.source.count("<h1") == 1
    assert "Jalons : Institut Mines-Télécom, 2023-2027" in page.text
    assert "<title>Jalons, Institut Mines-Télécom – Contrat d’objectifs et de performance 2023-2027 – C" in page.source


def test_every_milestone_line_and_step_is_there_once(page: PageText, old: PageText) -> None:
    assert shown(page) == (12, 22, 112)
    assert shown(old) == (9, 10, 47)
    places = re.findall(r'id="([^"]+)"', page.source)
    assert len(places) == len(set(places))


def test_the_steps_are_counted(page: PageText, old: PageText) -> None:
    assert page.section("bref") == (
        "En bref 112 étapes 0 réalisée 0 en cours 85 en retard 27 à venir 0 reportée 0 abandonnée "
        "Parmi celles qui restent à faire 13 à risque"
    )
    assert "47 étapes 17 réalisées 0 en cours 29 en retard 0 à venir 0 reportée 1 abandonnée" in old.section("bref")
    assert page.agenda("J2") == "J2 Diversification des recrutements d’élèves (M1.1) 0 0 7 4 0 0 2"


def test_a_step_stands_in_the_column_it_is_printed_in(page: PageText) -> None:
    cells = page.cells("J4.1")
    assert [*cells] == [2023, 2024, 2025, 2026, 2027]
    assert "LMS FCP commun V1 basé sur le même outil que le LMS formation initiale J4.1-1" in cells[2024]
    assert [year for year, cell in cells.items() if not cell] == [2023, 2025, 2026, 2027]


def test_an_empty_year_is_left_empty(page: PageText) -> None:
    assert '<td role="cell" data-label="2025"></td>' in page.source
    assert "N/A" not in page.source


def test_what_nobody_has_spoken_of_says_so(page: PageText) -> None:
    assert page.step("J1.1-1-2023").startswith("en retard de 1 057 jours rien n’en est dit Diagnostic de l’offre")
    assert page.step("J5.1-4-2027").startswith("à venir rien n’en est dit Offre scientifique")
    assert page.step("J5.1-3-2026") == (
        "à venir rien n’en est dit à risque Offre consolidée par objet totem J5.1-3 au plus tard le 31 décembre 2026"
    )


def test_the_printed_date_and_its_doubt(page: PageText) -> None:
    assert "date douteuse Échéance T2/2026 ?" in page.step("J10.2-2-2026")
    assert "Échéance T4 24" in page.step("M1.2-6-2024")
    assert "Échéance" not in page.step("J1.1-1-2023")
    assert "2025 est l’autre année possible." in page.step("J11.3-3-2026")


def test_what_may_be_and_what_comes_every_year(page: PageText) -> None:
    assert "éventuelle" in page.step("J2.1-9-2026")
    cells = page.cells("J12.2")
    assert all("Suivi annuel + jalons « métiers » J12.2-1 chaque année" in cell for cell in cells.values())
    assert len(cells) == 5


def test_a_shared_step_has_each_school(page: PageText) -> None:
    step = page.step("M1.3-2-2024")
    assert "0 école sur 9 l’a réalisée Chaque école : M1.3-2 (2024), Chaque école établit" in step
    assert step.count("rien n’en est dit") == 10
    assert f"{PAGE}/telecom-paris#M1.3-2-2024" in page.hrefs()


def test_a_milestone_has_its_objective_and_leads_to_its_indicators(page: PageText) -> None:
    said = page.milestone("J4")
    assert "J4 Formation continue 3 en retard Objectif M2 Développer et mettre en réseau" in said
    assert "Indicateur Ressources propres en formation continue" in said
    assert f"/contrats/{NEXT}/2023#continuing-education-own-resources" in page.hrefs()


def test_who_is_awaited(page: PageText, school: PageText, old: PageText) -> None:
    said = page.section("manques")
    assert "2 étapes attendues de chaque école, dont la date a commencé ; celles-ci n’en ont encore rien dit." in said
    assert "M1.3-2, 2024 – IMT Atlantique, IMT Nord Europe, IMT Mines Albi" in said
    assert "M1.3-2, 2024 – EURECOM" in school.section("manques")
    assert "Rien : aucune école n’est restée muette" in old.section("manques")


def test_nothing_has_moved_yet(page: PageText) -> None:
    said = page.section("depuis")
    assert "112 étapes signées : 112 inchangées , 0 déplacée, 0 reformulée, 0 retirée ; 0 ajoutée depuis." in said
    assert "Rien : les étapes sont celles qui ont été signées" in said


def test_the_results_the_target_and_the_scope_of_a_line(old: PageText) -> None:
    said = old.milestone("J1")
    assert "Portée Enseignements mutualisés, en présentiel, à distance ou par projets Cible +10 %" in said
    assert "Résultats 2022 Au sens strict" in said
    assert "Source COP 2023-2027, annexe « Bilan détaillé des jalons du COP 2018-2022 », J1" in said


def test_what_was_done_has_its_evidence(old: PageText) -> None:
    step = old.step("J8.1-3-2020")
    assert step.startswith("réalisée Fonctionnalités cœur du SIRH")
    assert "Le 1er janvier 2023, 731 jours après l’échéance" in step
    assert "Preuve COP 2023-2027, annexe « Bilan détaillé des jalons du COP 2018-2022 », J8" in step
    abandoned = old.step("J7.1-2-2019")
    assert abandoned.startswith("abandonnée Lancement de la plateforme J7.1-2")
    assert "Motif La plateforme ValYooTrust n’a pas été développée" in abandoned


def test_a_school_sees_the_steps_that_each_school_does(school: PageText) -> None:
    assert "Jalons : EURECOM, 2023-2027" in school.text
    assert shown(school) == (2, 3, 5)
    assert "5 étapes 0 réalisée 0 en cours 2 en retard 3 à venir" in school.section("bref")
    assert "Chaque école :" not in school.text
    assert f"/contrats/{NEXT}/2023/eurecom#students" in school.hrefs()
    assert f"/contrats/{NEXT}/2023/eurecom#energy-consumption" not in school.hrefs()


def test_french_typography(page: PageText, old: PageText) -> None:
    assert "1\u202f057\u00a0jours" in page.exact
    for each in (page, old):
        assert not re.search(r"\d [%€]|« | [:;?!»]", each.exact)
