"""The page of a contract's publications: what it says of each indicator, and why where there is no count."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.events.bibliometrics import MeasureBody, PairBody
from shared.migrations import Schema
from tests.bibliometric_facts import ALL, CODE, FTE, GROUP, ON, SIGNED, STORY, TOP, count, measures, together

from .gateway_alone import Alone, gateway_on
from .page_text import PageText

PAGE = f"/contrats/{CODE}/bibliometrie"


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


async def test_a_count_is_told_entity_by_entity_then_for_the_group(told: Alone) -> None:
    sheet = (await read(told)).sheet(ALL)
    assert "Publications, 2021 : chaque entité, puis le groupe" in sheet
    assert "Entité Compte Réparti entre les écoles signataires seconde vue Site nord 60 55,0 Site sud 50 45,0" in sheet
    assert "Le groupe, chaque publication une fois 100 –" in sheet
    assert (
        "Σ des écoles : 110 recouvrement : 10 groupe, chaque publication une fois : 100 "
        "en plus, signées du seul nom du groupe : 2"
    ) in sheet
    assert "Extraction « de mars-2022 » du 14 mars 2022, définitive, périmètre des personnels permanents" in sheet


async def test_what_two_schools_sign_together_is_a_table(told: Alone) -> None:
    assert "deux écoles signent ensemble École Site nord Site sud Site nord – 10 Site sud 10 –" in (
        (await read(told)).sheet(ALL)
    )


async def test_without_a_publication_in_common_there_is_no_such_table(told: Alone) -> None:
    alone = together(110, 10).model_copy(update={"matrix": (PairBody(first="nord", second="sud", count=0),)})
    await told.take([count(SIGNED, 2021, GROUP, "100", 2, together=alone)])
    page = await read(told)
    assert "Copublications" not in page.text
    assert "écartées" not in page.text


async def test_what_is_left_out_is_told_with_its_reason_in_french(told: Alone) -> None:
    assert (
        "Publications écartées de ce compte, 2021, et pourquoi Motif Publications Rétractées, d’après une source au "
        "moins. 1 Sans année de publication : complétez la notice à la source, puis importez de nouveau. 3"
    ) in (await read(told)).sheet(ALL)


@pytest.mark.parametrize(
    "code",
    [
        "retracted", "erratum", "conference_review", "secondary_document", "no_year", "cross_check_only",
        "hal_outside_scope", "no_percentile", "no_goals_column", "no_field_weighted_column", "plain_only",
    ],
)  # fmt: skip
async def test_no_reason_shows_its_code(told: Alone, code: str) -> None:
    await told.take([count(SIGNED, 2021, GROUP, "100", 2, together=together(110, 10, **{code: 1234}))])
    sheet = (await read(told)).sheet(ALL)
    assert " 1 234 " in sheet
    assert code not in sheet


async def test_a_quotient_has_its_parts_and_their_day_or_says_why_it_has_none(told: Alone) -> None:
    sheet = (await read(told)).sheet(FTE)
    assert "Site nord 60 15,0 31 décembre 2021 4,0" in sheet
    assert "Site sud 50 Sans liste de personnels à ce jour, les publications ne se rapportent à aucun ETP." in sheet
    assert "Σ des écoles" not in sheet


async def test_a_partial_list_of_staff_says_so(told: Alone) -> None:
    part: dict[str, Any] = {"missing": "incomplete_staff_list", "measure": FTE, "numerator": Decimal(100)}
    await told.take([count(SIGNED, 2021, GROUP, None, 2, **part)])
    assert "La liste des personnels ne couvre pas toutes les écoles à ce jour" in (await read(told)).sheet(FTE)


async def test_the_most_cited_have_a_share_with_its_interval_and_its_column(told: Alone) -> None:
    sheet = (await read(told)).sheet(TOP)
    assert "chaque publication une fois 12 – 96 12,5 % 7,3 à 20,6 %" in sheet
    assert "Percentiles de la colonne « FW »" in sheet
    assert "Site nord Aucun compte n’a été reçu pour cette entité." in sheet
    assert "périmètre de l’établissement entier · compte provisoire" in sheet
    assert "les citations de 2021 se comptent jusqu’à la fin de 2024" in sheet
    assert "trop peu" not in sheet


@pytest.mark.parametrize(("known", "is_told"), [(49, True), (50, False)])
async def test_a_share_of_few_publications_is_not_to_be_compared(told: Alone, known: int, is_told: bool) -> None:
    few: dict[str, Any] = {
        "measure": TOP,
        "perimeter": "whole",
        "known": known,
        "low": Decimal("0.1"),
        "high": Decimal("0.3"),
    }
    await told.take([count(SIGNED, 2021, "nord", "9", **few)])
    assert ("trop peu pour comparer" in (await read(told)).sheet(TOP)) is is_told


async def test_goals_name_the_version_that_mapped_them(told: Alone) -> None:
    goals = (MeasureBody(indicator=ALL, measure="sdg-publications", perimeter="whole", note="Page 7"),)
    mapped: dict[str, Any] = {"measure": "sdg-publications", "perimeter": "whole", "mapping": "SciVal 2023"}
    await told.take([measures(2, measures=goals), count(SIGNED, 2021, "nord", "12", **mapped)])
    sheet = (await read(told)).sheet(ALL)
    assert "Publications classées par SciVal 2023" in sheet
    assert "Page 7" in sheet


async def test_what_was_declared_stands_apart_with_its_source(told: Alone) -> None:
    assert "Entité Année Compte Statut Source Site sud 2019 41 définitive Bilan, p. 2" in (await read(told)).sheet(ALL)


async def test_two_schools_without_a_publication_in_common_have_none(told: Alone) -> None:
    other = (PairBody(first="nord", second="sud", count=10), PairBody(first="nord", second="groupe", count=4))
    both = together(110, 10).model_copy(update={"matrix": other})
    await told.take([count(SIGNED, 2021, GROUP, "100", 2, together=both)])
    assert "Site nord – 10 4 Site sud 10 – 0 Le groupe 4 0 –" in (await read(told)).sheet(ALL)
