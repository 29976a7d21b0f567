"""A small contract's milestones for the tests of the services: two milestones, three lines, eight steps."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
from sqlalchemy import select

from shared.database import Database
from shared.outbox import OutboxRow

CODE = "jalons"
CONTRACT = f"/milestones/v1/contracts/{CODE}"
MANY = f"{CONTRACT}/progress"
STEPS = "/milestones/v1/steps"
PROGRESS = "/milestones/v1/progress"
Row = dict[str, Any]
Package = dict[str, list[Row]]
PAPER = {"reference": "Procès-verbal 12"}
DONE = {"state": "done", "evidence": [PAPER]}
STARTED = {"state": "in_progress"}


def step(code: str, year: int, title: str, **others: Any) -> Row:
    """A step of the line that its code begins with."""
    return {"line": code.rpartition("-")[0], "code": code, "year": year, "title": title, "source": "Page 5", **others}


def stated(code: str, year: int, entity: str, state: str, **others: Any) -> Row:
    return {"step": code, "year": year, "entity": entity, "state": state, **others}


def package() -> Package:
    """The whole package, new at each call: a test changes the one that it holds."""
    return {
        "contract": [
            {
                "code": CODE,
                "label": "Contrat d’essai",
                "start_year": 2021,
                "end_year": 2023,
                "reference_year": 2020,
                "source": "Page 1",
            }
        ],
        "entities": [
            {"code": "groupe", "label": "Le groupe", "kind": "group"},
            {"code": "nord", "label": "Site nord", "kind": "school"},
            {"code": "sud", "label": "Site sud", "kind": "school"},
            {"code": "filiale", "label": "La filiale", "kind": "subsidiary"},
            {"code": "ami", "label": "Un partenaire", "kind": "other"},
        ],
        "objectives": [{"code": "A", "label": "Accueillir"}],
        "indicators": [{"code": "visitors", "label": "Visiteurs", "unit": "visiteurs"}],
        "milestones": [
            {"code": "J1", "title": "Ouvrir", "objective": "A", "indicators": "visitors", "source": "Page 5"},
            {"code": "J2", "title": "Vendre", "pilot": "Direction des ventes", "source": "Page 6"},
        ],
        "milestone_lines": [
            {"milestone": "J1", "code": "J1.1", "title": "Trouver un lieu", "source": "Page 5"},
            {"milestone": "J1", "code": "J1.2", "title": "Accueillir", "target": "Partout", "source": "Page 5"},
            {"milestone": "J2", "code": "J2.1", "title": "Tenir boutique", "source": "Page 6"},
        ],
        "milestone_results": [{"line": "J1.1", "year": 2021, "text": "Un lieu est trouvé.", "source": "Bilan"}],
        "steps": [
            step("J1.1-1", 2021, "Choisir le lieu", due="T4 2021"),
            step("J1.1-2", 2022, "Signer le bail", conditional="true", pilot="Direction du patrimoine"),
            step("J1.2-1", 2021, "Compter les visites", until=2023, due="fin d’année"),
            step("J1.2-2", 2022, "Former l’accueil", due="juin 2022", scope="schools"),
            step("J2.1-1", 2022, "Ouvrir la vente", due="T2/2022 ?"),
            step("J2.1-2", 2023, "Publier les tarifs", scope="schools", note="Chaque école les siens"),
        ],
        "progress": [
            stated("J1.1-1", 2021, "groupe", "done", done_on="2021-12-15", evidence="Bail, p. 1"),
            stated("J1.2-2", 2022, "nord", "in_progress"),
        ],
    }


ROWS = 22
"""1 contract, 5 entities, 1 objective, 1 indicator, 2 milestones, 3 lines, 1 result, 6 rows of steps, 2 of progress."""
STEPS_IN_ORDER = [
    "J1.1-1/2021", "J1.2-1/2021", "J1.1-2/2022", "J1.2-1/2022", "J1.2-2/2022", "J2.1-1/2022", "J1.2-1/2023",
    "J2.1-2/2023",
]  # fmt: skip


def id_of(code: str, year: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:cadran:steps/{CODE}/{code}/{year}"))


def at(code: str, year: int) -> str:
    """The address of a step."""
    return f"{STEPS}/{id_of(code, year)}"


def of(code: str, year: int, entity: str = "groupe") -> str:
    """The address of a step's progress."""
    return f"{at(code, year)}/progress/{entity}"


LEASE, SALE = of("J1.1-2", 2022), of("J2.1-1", 2022)
"""Two steps of the group of which nothing is stated: of the whole of 2022, and of its second quarter."""


async def put(client: httpx.AsyncClient, address: str, body: Row, if_match: str | None = None) -> httpx.Response:
    return await client.put(address, json=body, headers={"If-Match": if_match} if if_match is not None else {})


async def tell(client: httpx.AsyncClient, address: str, body: Row) -> Row:
    """State progress after whatever was stated before."""
    version = (await client.get(address)).json()["version"]
    answer = await put(client, address, body, f'"{version}"')
    assert answer.status_code in {200, 201}, answer.text
    told: Row = answer.json()
    return told


async def items(client: httpx.AsyncClient, path: str, **asked: Any) -> list[Row]:
    answer = await client.get(path, params={"contract": CODE, **asked})
    assert answer.status_code == 200, answer.text
    found: list[Row] = answer.json()["items"]
    return found


async def turned(client: httpx.AsyncClient, path: str, **asked: Any) -> list[Row]:
    """What is on all the pages of a list, three on each."""
    found, following = list[Row](), dict[str, str]()
    while True:
        page = (await client.get(path, params={"limit": 3, **asked, **following})).json()
        found += page["items"]
        if page["next"] is None:
            return found
        following = {"after": page["next"]}


def name(item: Row) -> str:
    """« J1.2-1/2022 »: which step it is."""
    return f"{item['code']}/{item['year']}"


async def facts(database: Database) -> list[OutboxRow]:
    """Every event that was recorded, in its order."""
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
