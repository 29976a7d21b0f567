"""Packages that are refused: each wrong row with its table, its place, its column and a sentence; all or nothing."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .conftest import Service
from .jalons import CONTRACT, STEPS, Package, package, stated, step
from .test_indicators_write_one import plain

Change = Callable[[Package], Any]
Place = tuple[str, int, str]
NO_CODE = "n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"
BLANK = "ce texte est obligatoire, et il est vide"
WHERE = "« 2024 », « T4 2024 », « fin 2024 », « juin 2024 », « 15/06/2024 » ou « T1 2024 – T3 2024 »"
CHOICES = "planned, in_progress, partly_done, done, postponed, abandoned"


def set_(table: str, row: int, **cells: Any) -> Change:
    return lambda tables: tables[table][row].update(cells)


def add(table: str, *rows: Any) -> Change:
    return lambda tables: tables[table].extend(rows)


def drop(table: str, row: int, column: str) -> Change:
    return lambda tables: tables[table][row].pop(column)


MISTAKES: list[tuple[str, Change, Place, str]] = [
    ("another contract", set_("contract", 0, code="autre"), ("contract", 0, "code"),
     "le contrat « autre » n’est pas celui de l’adresse, « jalons »"),
    ("two contracts", add("contract", package()["contract"][0]), ("contract", 0, "code"),
     "le tableau contract a une ligne, et une seule"),
    ("an end before the start", set_("contract", 0, end_year=2020), ("contract", 0, "end_year"),
     "l’année de fin précède l’année de début"),
    ("a year that is none", set_("contract", 0, reference_year=10000), ("contract", 0, "reference_year"),
     "« 10000 » n’est pas une année (1900 à 2200)"),
    ("no group", set_("entities", 0, kind="school"), ("entities", 0, "kind"),
     "une entité, et une seule, est le groupe (group)"),
    ("two groups", set_("entities", 1, kind="group"), ("entities", 1, "kind"),
     "une entité, et une seule, est le groupe (group)"),
    ("an unknown kind", set_("entities", 1, kind="campus"), ("entities", 1, "kind"),
     "valeur inconnue ; attendu : group, school, subsidiary, other"),
    ("a code that is none", set_("entities", 4, code="un ami"), ("entities", 4, "code"), f"« un ami » {NO_CODE}"),
    ("a milestone twice", add("milestones", package()["milestones"][0]), ("milestones", 2, "code"),
     "« J1 » est déjà donné plus haut (rangée 1)"),
    ("a blank title", set_("milestones", 0, title=" "), ("milestones", 0, "title"), BLANK),
    ("no title", drop("milestones", 0, "title"), ("milestones", 0, "title"), "champ obligatoire manquant"),
    ("an unknown objective", set_("milestones", 0, objective="Z"), ("milestones", 0, "objective"),
     "« Z » n’est pas dans le tableau objectives"),
    ("an unknown indicator", set_("milestones", 0, indicators="visitors visits"), ("milestones", 0, "indicators"),
     "« visits » n’est pas dans le tableau indicators"),
    ("a person", set_("milestones", 1, pilot="anne@exemple.fr"), ("milestones", 1, "pilot"),
     "un pilote est une fonction, pas une personne : ni adresse, ni téléphone"),
    ("a line of nothing", set_("milestone_lines", 2, milestone="J9"), ("milestone_lines", 2, "milestone"),
     "« J9 » n’est pas dans le tableau milestones"),
    ("a huge description", set_("milestone_lines", 0, description="é" * 4001), ("milestone_lines", 0, "description"),
     "texte trop long (au plus 4000 caractères)"),
    ("a result of nothing", set_("milestone_results", 0, line="J9"), ("milestone_results", 0, "line"),
     "« J9 » n’est pas dans le tableau milestone_lines"),
    ("a result of long ago", set_("milestone_results", 0, year=1999), ("milestone_results", 0, "year"),
     "1999 est hors des années du contrat (de 2016 à 2033)"),
    ("a step of nothing", set_("steps", 0, line="J9"), ("steps", 0, "line"),
     "« J9 » n’est pas dans le tableau milestone_lines"),
    ("a step twice", add("steps", step("J1.2-1", 2022, "Encore")), ("steps", 6, "code"),
     "« J1.2-1, 2022 » est déjà donné plus haut (rangée 3)"),
    ("a step too late", set_("steps", 0, year=2025), ("steps", 0, "year"),
     "2025 est hors des années du contrat (de 2021 à 2024)"),
    ("a year in words", set_("steps", 0, year="MMXX"), ("steps", 0, "year"), "un nombre entier est attendu"),
    ("a recurrence that goes back", set_("steps", 2, year=2022, until=2021), ("steps", 2, "until"),
     "la dernière année, 2021, précède la première, 2022"),
    ("a recurrence of a dated step", set_("steps", 2, due="T4 2021"), ("steps", 2, "due"),
     "« T4 2021 » nomme une année, et l’étape revient chaque année : écrivez « T4 » ou « fin juin »"),
    ("a date that is none", set_("steps", 0, due="bientôt"), ("steps", 0, "due"),
     f"« bientôt » n’est pas une date lisible : écrivez par exemple {WHERE}"),
    ("a date far away", set_("steps", 0, due="2150"), ("steps", 0, "due"),
     "2150 est hors des années du contrat (de 2016 à 2033)"),
    ("a scope that is none", set_("steps", 0, scope="all"), ("steps", 0, "scope"),
     "valeur inconnue ; attendu : group, schools"),
    ("a truth that is none", set_("steps", 0, doubtful="peut-être"), ("steps", 0, "doubtful"),
     "true ou false est attendu"),
    ("a null character", set_("steps", 0, title="a\x00b"), ("steps", 0, "title"),
     "le texte contient un caractère de commande"),
    ("an unknown column", set_("steps", 0, couleur="bleu"), ("steps", 0, "couleur"),
     "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne"),
    ("progress of nothing", set_("progress", 1, step="J9.9-9"), ("progress", 1, "step"),
     "aucune étape « J9.9-9 » n’est prévue en 2022 dans ce contrat"),
    ("progress of a school in the group’s place", set_("progress", 0, entity="nord"), ("progress", 0, "entity"),
     "cette étape est celle du groupe : seul « groupe » la renseigne"),
    ("progress of a partner", set_("progress", 1, entity="ami"), ("progress", 1, "entity"),
     "cette étape est celle de chaque école : « ami » n’en est pas une de ce contrat"),
    ("progress twice", add("progress", stated("J1.2-2", 2022, "nord", "planned")), ("progress", 2, "step"),
     "la même étape est déjà donnée plus haut pour cette entité (rangée 2)"),
    ("a state that is none", set_("progress", 1, state="finie"), ("progress", 1, "state"),
     f"valeur inconnue ; attendu : {CHOICES}"),
    ("done without evidence", drop("progress", 0, "evidence"), ("progress", 0, "evidence"),
     "une étape réalisée se prouve : joignez la référence ou l’adresse d’un document"),
    ("abandoned without a reason", set_("progress", 1, state="abandoned"), ("progress", 1, "reason"),
     "une étape abandonnée dit pourquoi : donnez un motif"),
    ("a day in English", set_("progress", 0, done_on="2021/12/15"), ("progress", 0, "done_on"),
     "une date AAAA-MM-JJ est attendue"),
    ("a number for a day", set_("progress", 0, done_on=0), ("progress", 0, "done_on"),
     "une date AAAA-MM-JJ est attendue"),
    ("a day of the year 10000", set_("progress", 0, done_on="10000-01-01"), ("progress", 0, "done_on"),
     "une date AAAA-MM-JJ est attendue"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "sentence"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
async def test_a_wrong_row_is_refused_at_its_place_in_one_sentence(
    empty_milestones: Service, change: Change, place: Place, sentence: str
) -> None:
    tables = package()
    change(tables)
    async with empty_milestones.client("steward") as client:
        answer = await client.put(CONTRACT, json=tables)
        assert answer.status_code == 422, answer.text
        (error,) = answer.json()["errors"]
        assert (error["table"], error["row"], error["column"], plain(error["message"])) == (*place, sentence)
        assert (await client.get(STEPS)).json()["items"] == []


@pytest.mark.parametrize("name", ["étapes", "observations"])
async def test_a_table_of_another_name_is_refused(still_pilot: httpx.AsyncClient, name: str) -> None:
    answer = await still_pilot.put(CONTRACT, json=package() | {name: []})
    assert (answer.status_code, plain(answer.json()["detail"])) == (
        422, f"Tableau(x) inconnu(s) dans le paquet : {name}.",
    )  # fmt: skip


async def test_everything_that_is_wrong_is_said_in_the_order_of_the_tables(still_pilot: httpx.AsyncClient) -> None:
    tables = package()
    for change in (set_("progress", 1, share="moitié"), set_("steps", 1, due="bientôt"), set_("steps", 0, title="")):
        change(tables)
    answer = await still_pilot.put(CONTRACT, json=tables)
    assert [(error["table"], error["row"], error["column"]) for error in answer.json()["errors"]] == [
        ("steps", 0, "title"), ("steps", 1, "due"), ("progress", 1, "share"),
    ]  # fmt: skip
    assert plain(answer.json()["detail"]) == "3 ligne(s) refusée(s) sur 22 : rien n’a été enregistré."


@pytest.mark.parametrize(
    "change",
    [
        set_("steps", 0, year="MMXX"),
        set_("milestone_lines", 0, title=None),
        set_("entities", 1, kind="campus"),
        set_("milestones", 0, source=3),
    ],
)
async def test_a_row_that_cannot_be_read_is_not_held_against_those_that_name_it(
    milestones: Service, pilot: httpx.AsyncClient, change: Change
) -> None:
    tables = package()
    change(tables)
    for dry_run, status in ((True, 200), (False, 422)):
        answer = await pilot.put(CONTRACT, json=tables, params={"dryRun": dry_run})
        assert (answer.status_code, len(answer.json()["errors"])) == (status, 1), answer.text
        plan = answer.json() if dry_run else answer.json()["plan"]
        assert (plan["rejected"], plan["removed"]) == (1, 0)
    assert len((await pilot.get(STEPS)).json()["items"]) == 8
