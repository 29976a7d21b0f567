"""The balance of 2018-2022, judged: the published table, held against the contract's figures and Cadran's verdicts."""

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from .test_balance import line_of

_DOC = Path(__file__).parents[2] / "docs" / "balance-2018-2022.md"
_PLURAL = 2  # from there on French says « points »
_CELLS = [
    [cell.strip() for cell in row.strip("|").split("|")] for row in _DOC.read_text().splitlines() if row[:3] == "| `"
]
JUDGED = {cells[0].strip("`"): cells[1:] for cells in _CELLS}

BY_HAND = {
    "students": ("missed", "-674", "-0.0472"),  # 13 606 − 14 280; 674/14 280
    "engineering-and-management-students": ("met", "125", "0.0118"),
    "training-cost-per-student": ("missed", "-1.29", "-0.1204"),  # 10,71 − 12,0
    "training-cost-per-student-subsidised": ("missed", "-0.24", "-0.0372"),  # 6,46 − 6,7
    "employment-rate-6-months": ("not_evaluable", None, None),
    "research-innovation-revenue": ("met", "0.8", "0.0106"),
    "own-resources-ratio": ("met", "0.7", None),
    "research-contract-share": ("missed", "-2", None),
    "a-rank-publications-per-fte": ("met", "0.6", "0.1463"),
    "h-index": ("met", "10", "0.4545"),
    "companies-created": ("met", "1", "0.0125"),
    "companies-surviving-3-years": ("met", "4", None),
    "dematerialised-processes": ("met", "0", "0.0000"),  # 1 + 0 + 2 + 2 + 10
    "international-double-degrees": ("missed", "-5.3", None),
}
DIFFERS = {  # by the notes that say why
    "training-cost-per-student": "1",
    "training-cost-per-student-subsidised": "2",
    "employment-rate-6-months": "3",
}
REMARKED = {"research-contract-share": "4", "research-innovation-revenue": "5"}
_SAID = re.compile(r"(agree|silent|\*\*differ\*\*)(?: \((\d)\))?")
LABELS = {"met": "Atteint", "missed": "Non atteint", "not_evaluable": "Non évaluable"}


@pytest.mark.parametrize("code", BY_HAND)
def test_the_balance_is_judged_as_by_hand(balance: dict[int, Any], code: str) -> None:
    (target,) = line_of(balance[2022], code)["targets"]
    verdict = target["verdict"]
    assert (verdict["status"], *verdict["margin"].values()) == BY_HAND[code]
    assert target["final_verdict"] == verdict


@pytest.mark.parametrize("code", BY_HAND)
def test_the_published_table_says_what_the_product_says(balance: dict[int, Any], code: str) -> None:
    line = line_of(balance[2022], code)
    (target,) = line["targets"]
    assert JUDGED[code][:3] == [line["declared"], target["text"].replace("\u00a0", " ").replace("\u202f", " "),
                                target["verdict"]["label"]]  # fmt: skip
    assert JUDGED[code][2] == LABELS[target["verdict"]["status"]]
    assert JUDGED[code][3] == written(target["verdict"]["margin"])


def written(margin: dict[str, str | None]) -> str:
    """In percent with one decimal; of a rate, in points; nothing where there is none."""
    absolute, relative = margin["absolute"], margin["relative"]
    if absolute is None:
        return ""
    if relative is not None:
        return _signed((Decimal(relative) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)) + " %"
    return _signed(Decimal(absolute)) + (" pt" if abs(Decimal(absolute)) < _PLURAL else " pts")


def _signed(value: Decimal) -> str:
    return (f"{value:+f}" if value else f"{value:f}").replace("-", "−").replace(".", ",")


@pytest.mark.parametrize("code", BY_HAND)
def test_every_row_says_whether_the_text_agrees(code: str) -> None:
    found = _SAID.fullmatch(JUDGED[code][5])
    assert found
    assert (found[1] == "**differ**") == (code in DIFFERS)
    assert found[2] == (DIFFERS | REMARKED).get(code)
    assert (found[1] == "silent") == (JUDGED[code][4] == "nothing")


def test_every_note_is_of_one_row() -> None:
    notes = re.findall(r"^(\d)\. ", _DOC.read_text(), re.MULTILINE)
    assert notes == sorted((DIFFERS | REMARKED).values())


def test_the_table_is_whole(balance: dict[int, Any]) -> None:
    assert list(JUDGED) == list(BY_HAND) == [line["code"] for line in balance[2022]["indicators"]]


def test_the_counts_are_those_of_the_table(balance: dict[int, Any]) -> None:
    counts = {status: count for status, count in balance[2022]["summary"].items() if count}
    assert counts == {"met": 8, "missed": 5, "not_evaluable": 1}
    assert balance[2022]["final_summary"] == balance[2022]["summary"]
    assert len(balance[2022]["summary"]) == 10


def test_before_the_due_year_the_straight_line_is_said(balance: dict[int, Any]) -> None:
    (target,) = line_of(balance[2020], "students")["targets"]
    assert target["verdict"]["rule"] == "straight-line"
    assert target["verdict"]["operands"]["required"] == "13308.8"  # 11 852 + 2 428 × 3/5
    assert target["verdict"]["status"] == "watch"  # 13 257: 51,8 short, 145,7 tolerated
    assert target["final_verdict"]["status"] == "not_due"
    assert target["final_verdict"]["margin"]["absolute"] == "-1023"


def test_what_the_schools_did_not_state_is_missing(balance: dict[int, Any]) -> None:
    missing = balance[2020]["missing"]
    assert len(missing) == 3 * 9  # three indicators declined, nine schools
    assert {each["reason"] for each in missing} == {"not_reported"}
    assert balance[2022]["missing"] == []
