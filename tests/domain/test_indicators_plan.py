"""What a load does to each row: created, updated, unchanged, rejected; and which definitions are removed."""

from dataclasses import replace

from services.indicators.domain.contract import Contract, Entity, EntityKind, Header, Note
from services.indicators.domain.validation import KEYS
from services.indicators.rows import OBSERVATIONS
from shared.intake.mistakes import Mistake, Unread
from shared.intake.plans import Outcome, Plan, compare

HEADER = Header(code="essai", label="Essai", start_year=2021, end_year=2023, reference_year=2020, source="Page 1")
GROUP = Entity(code="groupe", label="Groupe", kind=EntityKind.GROUP)
NORTH = Entity(code="nord", label="Nord", kind=EntityKind.SCHOOL)
KNOWN = Contract(contract=(HEADER,), entities=(GROUP, NORTH), indicators=())
CREATED, UPDATED, UNCHANGED, REJECTED = Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REJECTED


def test_a_first_load_creates_every_row() -> None:
    plan = compare(KEYS, None, KNOWN)
    assert (plan.outcomes["contract"], plan.outcomes["entities"]) == ([CREATED], [CREATED, CREATED])
    assert plan.removed.total() == 0


def test_the_same_contract_again_is_unchanged() -> None:
    plan = compare(KEYS, KNOWN, KNOWN)
    assert {outcome for outcomes in plan.outcomes.values() for outcome in outcomes} == {UNCHANGED}


def test_a_row_is_known_by_its_key_whatever_its_place() -> None:
    stated = replace(KNOWN, entities=(replace(NORTH, label="Site nord"), GROUP, replace(NORTH, code="sud")))
    assert compare(KEYS, KNOWN, stated).outcomes["entities"] == [UPDATED, UNCHANGED, CREATED]


def test_a_row_that_is_no_longer_stated_is_removed() -> None:
    plan = compare(KEYS, KNOWN, replace(KNOWN, entities=(GROUP,)))
    assert (plan.removed["entities"], plan.body()["removed"], plan.body()["tables"]["entities"]["removed"]) == (1, 1, 1)


def test_a_row_that_cannot_be_read_is_not_removed() -> None:
    unread = Unread({"entities": {1: {"code": "nord", "label": "Nord"}}})
    assert compare(KEYS, KNOWN, replace(KNOWN, entities=(GROUP,)), unread).removed["entities"] == 0


def test_an_empty_cell_of_a_key_is_a_value() -> None:
    note = Note(text="Oui", source="Page 1")
    known = replace(KNOWN, notes=(note, replace(note, year=2020)))
    plan = compare(KEYS, known, replace(KNOWN, notes=(replace(note, year=2021), note)))
    assert (plan.outcomes["notes"], plan.removed["notes"]) == ([CREATED, UNCHANGED], 1)


def test_a_mistake_rejects_its_row_once() -> None:
    plan = compare(KEYS, None, KNOWN)
    mistake = Mistake(table="entities", row=1, column="label", code="form", message="non")
    plan.reject([mistake, replace(mistake, column="code"), replace(mistake, row=9)])
    assert plan.outcomes["entities"] == [CREATED, REJECTED]
    assert len(plan.mistakes) == 3


def test_the_counters_of_a_plan_add_up() -> None:
    plan = Plan(outcomes={"entities": [CREATED, UNCHANGED], OBSERVATIONS: [UPDATED, REJECTED, REJECTED, UNCHANGED]})
    body = plan.body()
    assert {name: body[name] for name in ("received", "created", "updated", "unchanged", "rejected")} == {
        "received": 6, "created": 1, "updated": 1, "unchanged": 2, "rejected": 2,
    }  # fmt: skip
    assert body["tables"][OBSERVATIONS] == {
        "received": 4, "created": 0, "updated": 1, "unchanged": 1, "rejected": 2, "removed": 0,
    }  # fmt: skip


def test_a_plan_shows_its_first_changes_only() -> None:
    plan = Plan(changes=[{"year": year} for year in range(600)])
    assert [change["year"] for change in plan.body()["changes"]] == list(range(500))
