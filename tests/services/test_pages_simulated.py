"""Simulated values on a page: the word stands at every one of them, in text, whatever the style."""

import re

import pytest

from services.rehearsing import FOLDER, stage
from tests.conftest import COP, World

from .page_text import PageText, read

NEXT = "cop-2023-2027"
MARK = '<strong class="simulated">simulé</strong>'


@pytest.fixture(scope="module")
async def page(rehearsed_world: World) -> PageText:
    return await read(rehearsed_world, f"/contrats/{NEXT}/2024")


@pytest.fixture(scope="module")
async def rehearsed_world(still_world: World) -> World:
    async with still_world.client("administrator") as client:
        assert (await stage(client, FOLDER / NEXT)).done
    await still_world.settled()
    return still_world


def test_the_banner_says_that_values_are_invented(page: PageText) -> None:
    assert "Des valeurs de ce contrat sont inventées, pour une répétition." in page.text


def test_the_line_marks_the_value_the_change_the_margin_and_the_verdicts(page: PageText) -> None:
    assert re.fullmatch(
        r"Nombre d’élèves en formation diplômante étudiants 13 606 2022 [\d ]+ simulé [+−][\d ]+ [+−][\d,]+ % simulé "
        r"≥ 14 460 [+−][\d ]+ [+−][\d,]+ % simulé [\w ]+ simulé 16 450 soit \+21 % 2027 Non échu simulé",
        page.line("students").replace("À", "A"),
    )


def test_the_sheet_marks_each_year_the_sum_and_the_gap(page: PageText) -> None:
    sheet = page.sheet("students")
    assert re.search(r"Observé 13 606 [\d ]+ simulé [\d ]+ simulé – – –", sheet)
    assert re.search(r"Σ [\d ]+ étudiants simulé écart du groupe : [+−][\d ]+ simulé", sheet)
    assert re.search(r"Valeur 2024 [\d ]+ simulé", sheet)
    assert "[Simulé] En 2024," in sheet


def test_the_counts_are_marked(page: PageText) -> None:
    assert "Verdicts 2024 simulé" in page.section("bref")


def test_an_invented_absence_is_marked(page: PageText) -> None:
    assert re.search(r"PME/ETI – IMT Mines Alès : non mesurée simulé", page.section("manques"))


def test_the_reference_is_not_marked(page: PageText) -> None:
    assert "13 606 simulé" not in page.text


def test_the_drawing_says_it_too(page: PageText) -> None:
    drawn = re.findall(r'aria-label="(Observé[^"]*)"', page.source)
    assert any("(simulé)" in each for each in drawn)


async def test_no_mark_without_its_word(rehearsed_world: World, page: PageText) -> None:
    assert page.source.count('class="simulated"') == page.source.count(MARK)


async def test_the_other_contract_has_none(rehearsed_world: World) -> None:
    assert "simulé" not in (await read(rehearsed_world, f"/contrats/{COP}/2022")).text


async def test_a_school_is_marked_in_the_same_way(rehearsed_world: World) -> None:
    page = await read(rehearsed_world, f"/contrats/{NEXT}/2024/telecom-paris")
    assert page.line("students").count("simulé") >= 4
    assert "Des valeurs de ce contrat sont inventées" in page.text
