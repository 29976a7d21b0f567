"""The page of a contract's publications as a whole: its extraction, how to read it, and before anything is counted."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.bibliometric_facts import (
    ALL,
    CODE,
    COUNTS,
    FTE,
    LATER,
    ON,
    SIGNED,
    STORY,
    TOP,
    contract,
    count,
    extraction,
    measures,
    rehearsal,
)

from .gateway_alone import Alone, gateway_on
from .page_text import PageText

PAGE = f"/contrats/{CODE}/bibliometrie"
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def gateway(database: Database, tmp_path: Path) -> Alone:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    return alone


@pytest.fixture
async def told(gateway: Alone) -> Alone:
    await gateway.take(STORY)
    return gateway


async def read(alone: Alone, **asked: Any) -> PageText:
    answer = await alone.client.get(PAGE, params=asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), answer.text
    return PageText(answer.text)


async def test_the_extraction_is_named_at_the_top_with_its_day_and_status(told: Alone) -> None:
    page = await read(told)
    assert "Bibliométrie : Le groupe, 2021" in page.text
    assert (
        "Extraction « de mars-2022 » du 14 mars 2022, définitive · 230 publications · affiliations version 3 · "
        "personnels version 2"
    ) in page.text
    assert "provisoire." not in page.text


async def test_a_provisional_extraction_says_so(told: Alone) -> None:
    page = await read(told, year=2022)
    assert "Extraction « de mars-2023 » du 10 mars 2023, provisoire" in page.text
    assert "Cette extraction est provisoire. Ses comptes peuvent encore changer." in page.text
    assert "permanents · compte provisoire" in page.sheet(ALL)


async def test_the_current_state_says_that_nobody_froze_it(told: Alone) -> None:
    page = await read(told, extraction="current")
    assert "Rien de ce qui est montré n’est gelé. Ces comptes sont ceux du 15 mai 2023" in page.text
    assert "État courant, non gelé, lu le 15 mai 2023, périmètre des personnels permanents" in page.sheet(ALL)
    assert "Site nord 64" in page.sheet(ALL)
    assert "à l’origine de ces comptes" not in page.text


async def test_an_extraction_that_does_not_cover_the_year_says_which_it_covers(told: Alone) -> None:
    page = await read(told, extraction="mars-2022", year=2022)
    assert "Cette extraction ne porte pas sur 2022. Elle porte sur 2020, 2021." in page.text
    assert "Cette extraction ne porte pas sur cette année." in page.sheet(ALL)
    assert "<td" not in page.source.partition(f'id="{TOP}"')[2].partition("</article>")[0]


async def test_the_files_are_told_with_their_digests_and_days(told: Alone) -> None:
    page = await read(told)
    said = f"Scopus Groupe 12 mars 2022 non dit {'ab' * 32}"
    assert said in page.section("lecture")
    assert "1 fichier à l’origine de ces comptes" in page.section("lecture")


async def test_how_to_read_is_told(told: Alone) -> None:
    said = (await read(told)).section("lecture")
    for each in ("comptes de présence", "sciences humaines et sociales, les ouvrages", "français", "Personne n’est"):
        assert each in said


async def test_nothing_simulated_appears(told: Alone) -> None:
    await told.take([rehearsal(2021, 2022)])
    for year in (2021, 2022):
        page = await read(told, year=year)
        assert "simul" not in page.text
        assert "999" not in page.text


async def test_hostile_text_is_only_text(told: Alone) -> None:
    again = extraction("mars-2022", (2020, 2021), 2, status="definitive", label=HOSTILE, note=HOSTILE)
    await told.take([again, measures(2, declared=()), count(SIGNED, 2021, "nord", None, 2, missing=HOSTILE)])
    page = await read(told)
    assert "<script" not in page.source
    assert "&lt;script&gt;" in page.source


async def test_french_typography(told: Alone) -> None:
    for asked in ({}, {"year": 2022}, {"extraction": "current"}):
        assert not re.search(r"\d [%€]|« | [:;?!»]", (await read(told, **asked)).exact)


async def test_every_table_is_captioned_and_every_heading_of_it_scoped(told: Alone) -> None:
    source = (await read(told)).source
    tables = re.findall(r"<table.*?</table>", source, re.DOTALL)
    assert len(tables) == 7
    assert all("<caption" in each for each in tables)
    assert re.findall(r"<th(?! scope=)(?!ead)[^>]*>", source) == []
    levels = [int(each) for each in re.findall(r"<h(\d)", source)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', source)
    assert len(ids) == len({*ids})


async def test_nothing_counted_yet_says_what_to_do(gateway: Alone) -> None:
    await gateway.take([contract()])
    page = await read(gateway)
    said = page.section("debut")
    assert said.startswith("Aucune publication n’est encore comptée pour ce contrat")
    for each in ("Charger les affiliations", f"cadran load contracts/{CODE}", "cadran import", "Geler"):
        assert each in said
    assert "Ce qui est montré" not in page.text


async def test_what_was_declared_is_told_before_anything_is_counted(gateway: Alone) -> None:
    await gateway.take([contract(), measures()])
    page = await read(gateway)
    assert "Aucune publication n’est encore comptée" in page.text
    assert "Site sud 2019 41" in page.sheet(ALL)
    assert "non gelé" not in page.text
    assert f'id="{FTE}"' not in page.source


async def test_a_measured_indicator_without_a_count_says_so_once(gateway: Alone) -> None:
    await gateway.take([contract(), measures(), LATER, *(each for each in COUNTS if "mars" in each.subject)])
    sheet = (await read(gateway, year=2022)).sheet(TOP)
    assert sheet.count("Aucun compte") == 1
    assert "Aucun compte n’a été reçu pour cet indicateur dans cette année et ce périmètre." in sheet
