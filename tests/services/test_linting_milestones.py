"""The lint of packages with milestones: it says what a load would refuse of them, in the same words."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services import embedded, local
from services.linting import lint_packages, report, status
from services.loading import read_package
from tests.conftest import ROOT

from .small_package import change, load, small_package

SPOILT = {
    "a date that cannot be read": ("steps", "fin 2025", "un jour"),
    "a date of another time": ("steps", "fin 2025", "fin 1999"),
    "a recurrent date with a year": ("steps", "T4,", "T4 2024,"),
    "a last year before the first": ("steps", ",2024,2026,", ",2024,2023,"),
    "a scope that is none": ("steps", "schools", "everybody"),
    "a step twice": ("steps", "J1.1-2,2025", "J1.1-1,2024"),
    "a line that is not there": ("steps", "J1.1,J1.1-2", "J9.1,J1.1-2"),
    "a pilot who is a person": ("milestones", "Direction de l’accueil", "accueil@ville.example"),
    "an indicator that is not there": ("milestones", "visits", "visits sales"),
    "a milestone without a title": ("milestones", "Accueil commun", ""),
    "a milestone that is not there": ("milestone_lines", "J1,J1.1", "J2,J1.1"),
    "a result of another time": ("milestone_results", "J1.1,2024", "J1.1,1999"),
    "a done step without evidence": ("progress", "Procès-verbal du 12 juin 2024", ""),
    "a day to come": ("progress", "2024-06-12", "2199-06-12"),
    "an entity that has no part in it": ("progress", "J1.1-1,2024,ville", "J1.1-1,2024,nord"),
    "an entity that is not there": ("progress", "nord,in_progress", "est,in_progress"),
    "a year that has no such step": ("progress", "J1.1-2,2025", "J1.1-2,2026"),
    "a statement twice": ("progress", "J1.1-2,2025,nord", "J1.1-1,2024,ville"),
    "a state that is none": ("progress", "in_progress", "begun"),
    "a postponement without its date": ("progress", "nord,in_progress", "nord,postponed"),
    "a given up step without a reason": ("progress", "nord,in_progress", "nord,abandoned"),
    "a statement that says nothing": ("progress", "nord,in_progress", "nord,planned"),
    "a share that is the whole": ("progress", "nord,in_progress,,", "nord,partly_done,1,"),
    "a part without its share": ("progress", "nord,in_progress", "nord,partly_done"),
    "a share of five decimals": ("progress", "nord,in_progress,,", "nord,partly_done,0.12345,"),
    "a day of what is not done": ("progress", "nord,in_progress,,,", "nord,in_progress,,2025-02-03,"),
    "a file without its digest": ("progress", "2024,,,,,,,,\n", "2024,,pv.pdf,,,,,,\n"),
    "a digest that is none": ("progress", "2024,,,,,,,,\n", "2024,,pv.pdf,abc,,,,,\n"),
    "an address of no web": ("progress", "2024,,,,,,,,\n", "2024,ftp://ville.example,,,,,,,\n"),
    "a new date of what is not postponed": ("progress", "nord,in_progress,,,,,,,", "nord,in_progress,,,,,,,2026"),
    "a new date that is no later": ("progress", "nord,in_progress,,,,,,,,,,", "nord,postponed,,,,,,,T1 2025,,,Grève"),
    "a forecast without confidence": ("progress", "nord,in_progress,,,,,,,,", "nord,in_progress,,,,,,,,fin 2026"),
    "a confidence in nothing": ("progress", "nord,in_progress,,,,,,,,,", "nord,in_progress,,,,,,,,,high"),
    "a forecast of what is given up": (
        "progress",
        "nord,in_progress,,,,,,,,,,",
        "nord,abandoned,,,,,,,,2026,high,Coût",
    ),
    "two groups": ("entities", "nord,Site nord,school", "nord,Site nord,group"),
    "no group": ("entities", "La ville,group", "La ville,other"),
    "another contract": ("contract", "2024,2026", "2026,2024"),
    "a column of another name": ("steps", "doubtful", "dubious"),
}


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """A steward of an instance without a contract."""
    folder = tmp_path_factory.mktemp("empty")
    settings = local.Settings(data=folder / "var", contracts=folder)
    async with embedded.system(settings) as system, system.client(role="steward") as caller:
        yield caller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_package(tmp_path)


@pytest.mark.parametrize("spoilt", SPOILT)
async def test_the_lint_refuses_what_a_first_load_refuses(client: httpx.AsyncClient, folder: Path, spoilt: str) -> None:
    table, before, after = SPOILT[spoilt]
    change(folder / f"{table}.csv", before, after)
    package = read_package(folder)
    refused = (await load(client, package, dry_run=True)).errors
    (linted,) = lint_packages([folder])
    assert list(linted.mistakes) == list(refused)
    assert status([linted]) == bool(refused) == (spoilt != "a statement that says nothing")


async def test_several_mistakes_are_all_told_as_a_load_tells_them(client: httpx.AsyncClient, folder: Path) -> None:
    for spoilt in ("a scope that is none", "a milestone that is not there", "a done step without evidence"):
        table, before, after = SPOILT[spoilt]
        change(folder / f"{table}.csv", before, after)
    refused = (await load(client, read_package(folder), dry_run=True)).errors
    (linted,) = lint_packages([folder])
    assert list(linted.mistakes) == list(refused)
    assert [each["table"] for each in refused] == ["milestone_lines", "steps", "progress"]


def test_a_package_with_milestones_is_clean() -> None:
    linted = lint_packages([ROOT / "tests" / "packages" / "steps"])
    assert (list(report(linted)), status(linted)) == (["steps\u00a0: rien à signaler"], 0)


def test_a_mistake_of_the_milestones_is_told_by_file_line_and_column(folder: Path) -> None:
    change(folder / "steps.csv", "fin 2025", "un jour")
    title, line = (each.translate(str.maketrans("\u00a0\u202f", "  ")) for each in report(lint_packages([folder])))
    assert title == "steps : à corriger, 1 refus"
    assert line.startswith("  refusé : steps.csv, ligne 3, colonne due : « un jour » n’est pas une date lisible")


def test_a_mistake_of_a_table_that_both_owners_take_is_told_once(folder: Path) -> None:
    change(folder / "entities.csv", "nord,Site nord,school", "nord,Site nord,école")
    (linted,) = lint_packages([folder])
    assert [(each["table"], each["row"], each["column"]) for each in linted.mistakes] == [("entities", 1, "kind")]


def test_the_contracts_of_the_product_have_no_mistake() -> None:
    linted = lint_packages(sorted(path.parent for path in (ROOT / "contracts").glob("*/datapackage.json")))
    assert [list(each.mistakes) for each in linted] == [[], []]
