"""The documents of milestones say what the product does: their dates, states and counts."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.milestones.domain.dates import Due, read_due
from services.milestones.domain.evidence import Evidence
from services.milestones.domain.progress import Confidence, Forecast, Statement, mistakes
from services.milestones.domain.transitions import LABELS, TRANSITIONS, State
from tests.conftest import COP, ROOT, World

PAGE = (ROOT / "docs" / "milestones.md").read_text("utf-8")
README = (ROOT / "contracts" / "README.md").read_text("utf-8")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip
TODAY = date(2025, 6, 1)
OWN = Due(date(2024, 1, 1), date(2024, 12, 31), "2024")
LATER = Due(date(2026, 1, 1), date(2026, 12, 31), "2026")
SAID: dict[str, Any] = {
    "share": Decimal("0.5"),
    "done_on": date(2025, 5, 1),
    "evidence": (Evidence("Procès-verbal"),),
    "due": LATER,
    "forecast": Forecast(LATER, Confidence.LOW),
    "reason": "Marché infructueux",
}


def table(page: str, first: str) -> list[list[str]]:
    """The cells of the table whose header begins with this one, under its header."""
    rows = page[page.index(f"| {first} |") :].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.removeprefix("|").removesuffix("|").split("|")] for row in rows]


def forms(cell: str) -> list[str]:
    """The words between back quotes; « none » and « rien » are no words at all."""
    return [*([""] if cell.startswith(("none", "rien")) else []), *re.findall(r"`([^`]+)`", cell)]


def days(words: str) -> tuple[date, date]:
    """« du 1er octobre au 31 décembre 2024 »."""
    found = re.match(r"du (\d+)(?:er)?(?: (\w+))? au (\d+) (\w+) (\d{4})", words)
    assert found, words
    first, month, last, other, year = found.groups()
    return date(int(year), _month(month or other), int(first)), date(int(year), _month(other), int(last))


def _month(name: str) -> int:
    return MONTHS.index(name) + 1


IN_WORDS = {
    "toute l’année de l’étape": (date(2024, 1, 1), date(2024, 12, 31)),
    "ce jour": (date(2024, 6, 15), date(2024, 6, 15)),
}
OTHERS = {
    "1er juin 2024": (date(2024, 6, 1), date(2024, 6, 1)),
    "2024-2025": (date(2024, 1, 1), date(2025, 12, 31)),
    "T1 2024 – T3 2024": (date(2024, 1, 1), date(2024, 9, 30)),
    "2024 à 2026": (date(2024, 1, 1), date(2026, 12, 31)),
    "T4": (date(2024, 10, 1), date(2024, 12, 31)),
    "juin": (date(2024, 6, 1), date(2024, 6, 30)),
    "fin d’année": (date(2024, 10, 1), date(2024, 12, 31)),
}
"""What the table of contracts/README.md says by reference to other rows, or of several forms at once."""


def printed_dates() -> Iterator[tuple[str, tuple[date, date], bool]]:
    for words, earliest, latest in table(PAGE, "words, of a step of 2024"):
        for form in forms(words):
            yield form, (date.fromisoformat(earliest), date.fromisoformat(latest)), "doubtful" in words
    for words, meaning in table(README, "On écrit"):
        for form in forms(words):
            yield form, OTHERS.get(form) or IN_WORDS.get(meaning) or days(meaning), "doute" in meaning


@pytest.mark.parametrize(("words", "between", "doubtful"), [*printed_dates()])
def test_a_date_of_the_documents_is_read_as_they_say(words: str, between: tuple[date, date], *, doubtful: bool) -> None:
    due = read_due(words, 2024)
    assert (due.earliest, due.latest, due.doubtful) == (*between, doubtful)


def test_the_table_of_passages_is_that_of_the_domain() -> None:
    columns = [State(each) for each in State]
    printed = {name: cells for name, *cells in table(PAGE, r"from \ to")}
    assert printed == {
        f"{before} *{LABELS[before]}*": [TRANSITIONS[before].get(after, "") for after in columns] for before in State
    }
    header = PAGE[PAGE.index(r"| from \ to |") :].splitlines()[0]
    assert [each.strip() for each in header.strip("|").split("|")][1:] == [str(each) for each in columns]


def statement(state: State, names: Sequence[str]) -> Statement:
    return Statement(state=state, **{name: SAID[name] for name in names})


def wrong(state: State, names: Sequence[str]) -> set[tuple[str, str]]:
    return {(column, code) for column, code, _ in mistakes(None, statement(state, names), OWN, TODAY)}


@pytest.mark.parametrize(("name", "needs", "may"), table(PAGE, "state"))
def test_a_state_needs_what_is_said_and_may_have_no_more(name: str, needs: str, may: str) -> None:
    needed, allowed = (cell.split(", ") if cell else [] for cell in (needs, may))
    assert wrong(State(name), needed) == set()
    assert wrong(State(name), [*needed, *allowed]) == set()
    for each in needed:
        assert (each, "required") in wrong(State(name), [other for other in needed if other != each])
    for each in {"share", "done_on", "due", "forecast"} - {*needed, *allowed}:
        assert (each, "unexpected") in wrong(State(name), [*needed, each])


def test_the_readme_of_the_contracts_names_the_states_and_their_words() -> None:
    assert [(name.strip("`"), word) for name, word, _ in table(README, "État")] == [
        (str(state), word) for state, word in LABELS.items()
    ]


async def test_the_balance_of_the_past_contract_is_the_printed_one(still_world: World) -> None:
    async with still_world.client("reader") as client:
        view = (await client.get(f"/v1/contracts/{COP}/milestones")).json()
    counted = [(f"{each['code']} {each['title']}", each["summary"]) for each in view["milestones"]]
    assert table(PAGE, "Milestone") == [
        [title, *(str(summary[name]) for name in ("done", "late", "abandoned"))] for title, summary in counted
    ]
    assert view["summary"] == {"done": 17, "in_progress": 0, "late": 29, "coming": 0, "postponed": 0, "abandoned": 1}
