"""The page of the milestones with what is said of them: every state, evidence, moves, remarks, and hostile texts."""

from datetime import date
from pathlib import Path

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.events.milestones import EvidenceBody
from shared.migrations import Schema
from tests.milestone_facts import (
    CODE,
    DONE,
    GOING,
    GROUP,
    LATE,
    ON,
    SHARED,
    STORY,
    comment,
    contract,
    day,
    forecast,
    plan,
    progress,
    quarter,
    step,
)

from .gateway_alone import Alone, gateway_on
from .page_text import PageText

PAGE = f"/contrats/{CODE}/jalons"
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=y>"


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


async def read(alone: Alone, path: str = PAGE) -> PageText:
    answer = await alone.client.get(path)
    assert answer.status_code == 200, answer.text
    return PageText(answer.text)


async def test_every_state_has_its_word_and_its_sign(told: Alone) -> None:
    page = await read(told)
    words = {
        "J1.1-1-2021": "réalisée Étape J1.1-1 J1.1-1 Échéance T4 2021 Le 10 janvier 2022, 10 jours après l’échéance",
        "J1.1-2-2022": "en cours Étape J1.1-2 J1.1-2 éventuelle Prévue T4 2022, confiance forte Dit par camille le ",
        "J1.1-3-2022": "en retard de 45 jours rien n’en est dit Étape J1.1-3 J1.1-3 Échéance T1 2022",
        "J2.1-1-2022": "reportée Étape J2.1-1 J2.1-1 Échéance T4 2022 initialement T2 2022 Motif Le fournisseur tarde",
        "J2.1-2-2023": "à venir rien n’en est dit Étape J2.1-2",
        "J3.1-1-2021": "abandonnée Étape J3.1-1 J3.1-1 Échue depuis 135 jours Motif Sans suite",
    }
    assert {place: page.step(place)[: len(said)] for place, said in words.items()} == words
    used = "done", "in_progress", "late", "postponed", "coming", "abandoned", "at_risk", "unstated"
    assert all(f'href="#sign-{each}"' in page.source and f'id="sign-{each}"' in page.source for each in used)


async def test_a_late_step_keeps_the_state_that_was_stated(told: Alone) -> None:
    await told.take([progress(LATE, GROUP, "partly_done")])
    assert (
        (await read(told)).step("J1.1-3-2022").startswith("en retard de 45 jours partiellement réalisée (50 %) Étape")
    )


async def test_a_shared_step_tells_how_many_schools_and_each_of_them(told: Alone) -> None:
    step_ = (await read(told)).step("J1.2-1-2022")
    assert step_.startswith("partiellement réalisée à risque Étape J1.2-1 J1.2-1 chaque année")
    assert "au plus tard le 31 décembre 2022 1 école sur 2 l’a réalisée Chaque école : J1.2-1 (2022)" in step_
    assert "Site nord réalisée Le 1er février 2022 Preuve Procès-verbal 12" in step_
    assert "Site sud à venir rien n’en est dit à risque" in step_
    assert "camille, Site sud, le 15 mai 2022 Nous attendons les plans." in step_


async def test_a_school_reads_its_own_part(told: Alone) -> None:
    page = await read(told, f"{PAGE}/nord")
    assert page.step("J1.2-1-2022").startswith("réalisée Étape J1.2-1")
    assert "1 étape 1 réalisée 0 en cours" in page.section("bref")
    assert "plans" not in page.text


async def test_what_moved_since_the_signature_is_told(told: Alone) -> None:
    moved = step("J1.1-1", 2021, quarter(1, 2023), 2, title="Étape redite", reason="Revue", recorded_at=day(510))
    await told.take([moved])
    said = (await read(told)).section("depuis")
    assert "8 étapes signées : 5 inchangées , 2 déplacées, 1 reformulée, 1 retirée ; 0 ajoutée depuis." in said
    assert "par agnès date déplacée Étape redite J1.1-1, 2021 « T4 2021 » → devient « T1 2023 » Motif Revue" in said
    assert "libellé modifié Étape redite J1.1-1, 2021 « Étape J1.1-1 » → devient « Étape redite »" in said
    assert "par camille date déplacée (Le groupe) Étape J2.1-1" in said
    assert "retirée Étape J3.1-2 J3.1-2, 2022 Motif Faite ailleurs" in said


async def test_what_is_withdrawn_is_told_and_not_led_to(told: Alone) -> None:
    assert "#J3.1-2-2022" not in (await read(told)).hrefs()


async def test_evidence_is_a_link_where_it_is_an_address_of_the_web(told: Alone) -> None:
    web = EvidenceBody(reference="Rapport", address="https://exemple.fr/r.pdf", file="r.pdf", sha256="ab" * 32)
    other = EvidenceBody(reference=None, address="javascript:alert(1)")
    await told.take([progress(DONE, GROUP, "done", 2, evidence=(web, other), done_on=date(2022, 1, 10))])
    page = await read(told)
    assert '<a href="https://exemple.fr/r.pdf" rel="noreferrer">Rapport</a>' in page.source
    assert "fichier r.pdf, empreinte abababababab…" in page.step("J1.1-1-2021")
    assert not [each for each in page.hrefs() if each.startswith("javascript")]


async def test_hostile_text_is_only_text(told: Alone) -> None:
    texts = {"reason": HOSTILE, "note": HOSTILE, "recorded_by": HOSTILE}
    late = forecast(quarter(4, 2022).model_copy(update={"text": HOSTILE}), "high")
    paper = EvidenceBody(reference=HOSTILE, address='https://exemple.fr/"><script>')
    hostile = step(
        "J1.1-3", 2022, LATE.due, 2, title=HOSTILE, note=HOSTILE, pilot=HOSTILE, source=HOSTILE, reason=HOSTILE
    )
    await told.take([
        hostile,
        progress(GOING, GROUP, "in_progress", 2, forecast=late, evidence=(paper,), **texts),
        comment(SHARED, "sud", HOSTILE),
    ])  # fmt: skip
    for path in (PAGE, f"{PAGE}/sud", f"/contrats/{CODE}/2022"):
        page = await read(told, path)
        assert "<script" not in page.source
        assert "<img src=x" not in page.source
        assert "&lt;script&gt;" in page.source


async def test_a_contract_without_milestones_says_so(gateway: Alone) -> None:
    await gateway.take([contract()])
    page = await read(gateway)
    assert "Aucun jalon n’est encore chargé pour ce contrat." in page.text
    assert not [each for each in page.hrefs() if each.startswith("/milestones/v1")]
    year = await read(gateway, f"/contrats/{CODE}/2022")
    assert year.section("jalons") == "Jalons 2022 Aucun jalon n’est encore chargé pour ce contrat."


async def test_an_entity_of_which_nothing_is_expected_is_told_so(told: Alone) -> None:
    await told.take([plan(2, entities=("sud",))])
    page = await read(told, f"{PAGE}/nord")
    assert "Aucune étape de ce contrat n’est attendue de Site nord." in page.text


async def test_a_past_day_is_judged_as_it_was_known(told: Alone) -> None:
    page = await read(told, f"{PAGE}?asOf=2021-02-01")
    assert "Ce qui était connu le 1er février 2021." in page.text
    assert "0 réalisée 0 en cours 0 en retard 8 à venir" in page.section("bref")
    assert PAGE in page.hrefs()
