"""The milestones of both packages are the printed ones, each action once; what is stated of them keeps the rules."""

import csv
import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.journeys import printed_milestones_2018_2022 as old
from tests.journeys import printed_milestones_2023_2027 as new
from tests.journeys.printed_milestones_2018_2022 import Action, Jalon

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
OLD, NEW = "cop-2018-2022", "cop-2023-2027"
JALONS: dict[str, dict[str, Jalon]] = {OLD: old.JALONS, NEW: new.JALONS}
ACTIONS: dict[str, tuple[Action, ...]] = {OLD: old.ACTIONS, NEW: new.ACTIONS}
STATES = {"planned", "in_progress", "partly_done", "done", "postponed", "abandoned"}
PRINTED_LINES = {OLD: {"J2-1", "J2-2"}, NEW: {"M1.2", "M1.3"}}
HEADERS = {
    "milestones": "code,title,objective,indicators,pilot,source,note",
    "milestone_lines": "milestone,code,title,description,target,pilot,source,note",
    "steps": "line,code,year,until,title,due,doubtful,conditional,scope,pilot,source,note",
    "milestone_results": "line,year,text,source",
    "progress": "step,year,entity,state,share,done_on,evidence,address,file,sha256,due,forecast,confidence,reason,note",
}

Row = dict[str, str]

both = pytest.mark.parametrize("contract", [OLD, NEW])


@cache
def table(contract: str, name: str) -> list[Row]:
    path = CONTRACTS / contract / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(contract: str, name: str) -> list[str]:
    return [row["code"] for row in table(contract, name)]


def plain(text: str) -> str:
    """Words ready to compare: one kind of space, of apostrophe and of case."""
    return " ".join(text.replace("'", "’").split()).casefold()


def actions(contract: str) -> list[object]:
    return [pytest.param(contract, one, id=f"{one.line}-{one.first}-{one.at}") for one in ACTIONS[contract]]


def years(row: Row) -> range:
    return range(int(row["year"]), int(row["until"] or row["year"]) + 1)


def meets(row: Row, one: Action) -> bool:
    """The row stands in the action's line and columns, and holds its words."""
    return (row["line"], years(row)) == (one.line, range(one.first, one.last + 1)) and plain(one.words) in plain(
        row["title"]
    )


def jalon_of(contract: str, line: str) -> str:
    return next(row["milestone"] for row in table(contract, "milestone_lines") if row["code"] == line)


@pytest.mark.parametrize("name", HEADERS)
@both
def test_tables_have_their_columns(contract: str, name: str) -> None:
    path = CONTRACTS / contract / f"{name}.csv"
    nothing_said = name in {"progress", "milestone_results"} and not path.exists()
    assert nothing_said or path.read_text(encoding="utf-8").splitlines()[0] == HEADERS[name]


@both
def test_milestones_are_the_printed_ones(contract: str) -> None:
    held = {
        row["code"]: (row["objective"], frozenset(row["indicators"].split())) for row in table(contract, "milestones")
    }
    assert codes(contract, "milestones") == list(JALONS[contract])
    assert held == {code: (one.objective, one.indicators) for code, one in JALONS[contract].items()}


@both
def test_milestones_have_their_lines(contract: str) -> None:
    lines = Counter(row["milestone"] for row in table(contract, "milestone_lines"))
    assert lines == {code: one.lines for code, one in JALONS[contract].items()}
    held = codes(contract, "milestone_lines")
    assert len(set(held)) == len(held)
    assert {code for code in held if not code.startswith("J") or "-" in code} == PRINTED_LINES[contract]


@pytest.mark.parametrize(("line", "target"), old.TARGETS.items())
def test_lines_of_the_past_contract_have_their_target(line: str, target: str) -> None:
    held = next(row["target"] for row in table(OLD, "milestone_lines") if row["code"] == line)
    assert plain(target) in plain(held)
    assert bool(held) == bool(target)


def test_lines_of_the_present_contract_have_no_target() -> None:
    assert {row["target"] for row in table(NEW, "milestone_lines")} == {""}


@pytest.mark.parametrize(("contract", "one"), [*actions(OLD), *actions(NEW)])
def test_every_printed_action_is_one_step(contract: str, one: Action) -> None:
    found = [row for row in table(contract, "steps") if meets(row, one)]
    assert len(found) == 1, [row["title"] for row in table(contract, "steps") if row["line"] == one.line]
    step = found[0]
    assert jalon_of(contract, one.line) == one.jalon
    assert bool(step["until"]) == one.recurrent
    assert (step["doubtful"], step["conditional"]) == (str(one.doubtful).lower(), str(one.conditional).lower())
    assert step["scope"] == ("schools" if one.shared else "group")
    assert plain(step["due"]) == plain(one.date)


@both
def test_every_step_is_one_printed_action(contract: str) -> None:
    met = {row["code"]: sum(meets(row, one) for one in ACTIONS[contract]) for row in table(contract, "steps")}
    assert {code: count for code, count in met.items() if count != 1} == {}
    assert len(met) == len(ACTIONS[contract])


@both
def test_steps_are_numbered_in_printed_order(contract: str) -> None:
    expected = []
    seen: Counter[str] = Counter()
    for row in table(contract, "steps"):
        seen[row["line"]] += 1
        expected.append(f"{row['line']}-{seen[row['line']]}")
    assert codes(contract, "steps") == expected
    printed = sorted(ACTIONS[contract], key=lambda one: (codes(contract, "milestone_lines").index(one.line), one.first))
    order = [(one.line, one.first, plain(one.words)) for one in printed]
    held = [(row["line"], int(row["year"]), plain(row["title"])) for row in table(contract, "steps")]
    assert [(line, year) for line, year, _ in held] == [(line, year) for line, year, _ in order]
    assert all(words in title for (*_, words), (*_, title) in zip(order, held, strict=True))


@both
def test_every_code_exists(contract: str) -> None:
    milestones, lines, steps = (set(codes(contract, name)) for name in ("milestones", "milestone_lines", "steps"))
    assert {row["milestone"] for row in table(contract, "milestone_lines")} <= milestones
    assert {row["line"] for row in table(contract, "steps")} == lines
    assert {row["line"] for row in table(contract, "milestone_results")} <= lines
    assert {row["step"] for row in table(contract, "progress")} <= steps
    assert {row["entity"] for row in table(contract, "progress")} <= set(codes(contract, "entities"))


@both
def test_milestones_name_objectives_and_indicators_that_exist(contract: str) -> None:
    held = table(contract, "milestones")
    assert {row["objective"] for row in held} - {""} <= set(codes(contract, "objectives"))
    assert {code for row in held for code in row["indicators"].split()} <= set(codes(contract, "indicators"))


@both
def test_everything_has_a_title_a_source_and_no_person_for_pilot(contract: str) -> None:
    rows = [row for name in ("milestones", "milestone_lines", "steps") for row in table(contract, name)]
    assert all(row["title"].strip() and row["source"].startswith("COP 2023-2027") for row in rows)
    assert not [row["pilot"] for row in rows if re.search(r"\b(M\.|Mme|Monsieur|Madame)\b", row["pilot"])]


@both
def test_a_doubt_says_why(contract: str) -> None:
    assert [row["code"] for row in table(contract, "steps") if row["doubtful"] == "true" and not row["note"]] == []


@both
def test_progress_is_stated_once_of_an_expected_entity_in_a_printed_year(contract: str) -> None:
    steps = {row["code"]: row for row in table(contract, "steps")}
    kinds = {row["code"]: row["kind"] for row in table(contract, "entities")}
    expected = {"group": {"group"}, "schools": {"school", "subsidiary"}}
    for row in table(contract, "progress"):
        step = steps[row["step"]]
        assert int(row["year"]) in years(step), row
        assert kinds[row["entity"]] in expected[step["scope"]], row
    keys = Counter((row["step"], row["year"], row["entity"]) for row in table(contract, "progress"))
    assert [key for key, count in keys.items() if count > 1] == []


@both
def test_progress_keeps_the_rules_of_its_state(contract: str) -> None:
    for row in table(contract, "progress"):
        state = row["state"]
        assert state in STATES, row
        assert bool(row["share"]) == (state == "partly_done"), row
        assert not row["share"] or Decimal(0) < Decimal(row["share"]) < Decimal(1), row
        assert state != "done" or row["evidence"] or row["address"], row
        assert not row["done_on"] or state == "done", row
        assert state not in {"postponed", "abandoned"} or row["reason"].strip(), row
        assert bool(row["due"]) == (state == "postponed"), row
        assert not row["forecast"] or state not in {"done", "abandoned"}, row


@both
def test_progress_keeps_the_rules_of_its_words(contract: str) -> None:
    today = datetime.now(UTC).date()
    for row in table(contract, "progress"):
        assert not row["done_on"] or date(1900, 1, 1) <= date.fromisoformat(row["done_on"]) <= today, row
        assert re.fullmatch(r"(https?://\S+)?", row["address"]), row
        assert bool(row["file"]) == bool(row["sha256"]), row
        assert re.fullmatch(r"([0-9a-f]{64})?", row["sha256"]), row
        assert row["confidence"] in ({"", "high", "medium", "low"} if row["forecast"] else {""}), row
        assert len(row["reason"]) <= 1000, row
        assert len(row["note"]) <= 2000, row


@both
def test_a_postponed_step_is_due_later(contract: str) -> None:
    for row in table(contract, "progress"):
        named = [int(year) for year in re.findall(r"\b\d{4}\b", row["due"])]
        assert not named or max(named) >= int(row["year"]), row


@both
def test_a_printed_date_is_in_its_column_unless_in_doubt(contract: str) -> None:
    dated = [row for row in table(contract, "steps") if row["due"] and row["doubtful"] == "false"]
    assert [row["code"] for row in dated if not re.search(rf"\b(20)?{row['year'][2:]}\b", row["due"])] == []


@both
def test_results_are_written_in_words_in_a_year_of_the_contract(contract: str) -> None:
    term = table(contract, "contract")[0]
    for row in table(contract, "milestone_results"):
        assert int(term["start_year"]) <= int(row["year"]) <= int(term["end_year"]), row
        assert row["text"].strip(), row
        assert row["source"].startswith("COP 2023-2027"), row
    held = [(row["line"], row["text"]) for row in table(contract, "milestone_results")]
    assert len(set(held)) == len(held)
