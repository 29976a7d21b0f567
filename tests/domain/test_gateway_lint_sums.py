"""The lint's rules on sums: what the entities commit to against the group, and parts against their whole."""

from typing import Any

import pytest

from .test_gateway_lint import NOW, Rows, Told, findings, indicator, target, told


def commitments(group: str, nord: str, sud: str | None, **columns: Any) -> Rows:
    rows = [target(group, **columns), target(nord, entity="nord")]
    return [*rows, target(sud, entity="sud")] if sud else rows


def test_the_entities_commit_to_what_the_group_does() -> None:
    assert told(NOW, targets=commitments("16450", "8000", "8257")) == [
        ("warning", "commitments-short",
         ("En 2028, les cibles des 2 entités concernées font ensemble 16 257 visites, pour 16 450 au groupe : "
         "elles restent en deçà de 193."))
    ]  # fmt: skip
    assert told(NOW, targets=commitments("16450", "8000", "8450")) == []


def test_more_than_the_group_is_good_to_know() -> None:
    (found,) = told(NOW, targets=commitments("150", "100", "60"))
    assert found[:2] == ("notice", "commitments-beyond")
    assert found[2].endswith("pour 150 au groupe : elles vont au-delà de 10.")


def test_commitments_are_compared_exactly() -> None:
    money = indicator(unit="M€", decimals=1)
    (found,) = told({}, indicators=[money], targets=commitments("9.30", "4.65", "4.61"))
    assert found[2].endswith("font ensemble 9,26 M€, pour 9,3 au groupe : elles restent en deçà de 0,04.")
    assert told({}, indicators=[money], targets=commitments("9.3", "4.65", "4.65")) == []


@pytest.mark.parametrize("nord", ["100", "200"])
def test_without_all_the_targets_nothing_is_compared(nord: str) -> None:
    assert told({"visits/sud": {2023: "30"}}, targets=commitments("150", nord, None)) == []
    assert told(NOW, targets=commitments("150", nord, None)) == []


def test_an_entity_that_is_not_concerned_is_not_waited_for() -> None:
    (found,) = findings(NOW, {}, {("visits", "sud")}, targets=commitments("150", "100", None))
    assert found.sentence.startswith("En 2028, les cibles de l’entité concernée font ensemble 100\u00a0visites")


def test_adjustments_are_part_of_the_sum() -> None:
    adjustment = {"indicator": "visits", "amount": "-5", "reason": "R", "source": "S"}
    shared = commitments("150", "75", "80")
    assert told(NOW, targets=shared, adjustments=[{**adjustment, "year": 2028}]) == []
    assert len(told(NOW, targets=shared, adjustments=[{**adjustment, "year": 2027}])) == 1
    (found,) = told(NOW, targets=commitments("160", "75", "80"), adjustments=[{**adjustment, "year": 2028}])
    assert found[2].endswith("elles restent en deçà de 10, ajustements compris (−5).")


def test_a_distinct_count_is_at_most_the_sum() -> None:
    """The publications of 2023-2027: +14,6 % together, +8 to 10 % for the group."""
    observed = {"visits/ville": {2023: "2044"}, "visits/nord": {2023: "1000"}, "visits/sud": {2023: "1065"}}
    rows = commitments("8", "1200", "1167", upper="10", operand="growth_range", comparison="within")
    (found,) = told(observed, indicators=[indicator(aggregation="distinct")], targets=rows)
    assert found[1:] == (
        "commitments-beyond",
        (
            "En 2028, les cibles des 2 entités concernées font ensemble 2 367 visites (+14,6 % depuis 2 065), "
            "pour +8 % à +10 % au groupe : elles vont au-delà de 4,6 pts ; "
            "la somme compte plusieurs fois ce que des entités partagent : c’est un maximum."
        ),
    )


GROWN = {"visits/ville": {2023: "130"}, "visits/nord": {2023: "60"}, "visits/sud": {2023: "40"}}


@pytest.mark.parametrize(
    ("nord", "sud", "said"),
    [
        ("61", "41", "+2,0 % depuis 100), pour +5 % au groupe : elles restent en deçà de 3 pts."),
        ("62", "43", None),
        ("70", "43", "+13,0 % depuis 100), pour +5 % au groupe : elles vont au-delà de 8 pts."),
    ],
)
def test_a_growth_is_compared_with_a_growth(nord: str, sud: str, said: str | None) -> None:
    """Whatever else the group counts: +5 % of its own 130 would be 136,5."""
    found = told(GROWN, targets=[target("5", operand="growth"), *commitments("0", nord, sud)[1:]])
    assert [each[2].partition("(")[2] for each in found] == ([said] if said else [])


def test_less_than_is_shown_is_said() -> None:
    observed = {"visits/ville": {2023: "130000"}, "visits/nord": {2023: "60000"}, "visits/sud": {2023: "40000"}}
    grown = target("5", operand="growth")
    (found,) = told(observed, targets=[grown, *commitments("0", "60010", "44970")[1:]])
    assert found[2].endswith("pour +5 % au groupe : elles restent en deçà de moins de 0,1 pt.")


def test_what_falls_below_a_stable_value_is_set_against_its_words() -> None:
    found, *_ = told(GROWN, targets=[target(tolerance="1"), *commitments("0", "50", "40")[1:]])
    assert found[2].endswith("(−10,0 % depuis 100), pour « Stable » au groupe : elles restent en deçà de 10 pts.")


def test_a_growth_is_of_the_sum_as_it_stands() -> None:
    """The ledger leads to a level of the group."""
    adjustment = {"indicator": "visits", "year": 2028, "amount": "-30", "reason": "R", "source": "S"}
    grown = [target("5", operand="growth"), *commitments("0", "62", "43")[1:]]
    assert told(GROWN, targets=grown, adjustments=[adjustment]) == []


def test_stable_or_growing_has_nothing_beyond_it() -> None:
    stable = [target(tolerance="1"), target("70", entity="nord"), target("50", entity="sud")]
    assert told(NOW, targets=stable) == []
    (found,) = told(NOW, targets=[*stable[:2], target("20", entity="sud")])
    assert found[1] == "commitments-short"


def test_a_ceiling_is_exceeded_rather_than_missed() -> None:
    down = [indicator(direction="down")]
    rows = [{**row, "comparison": "at_most"} for row in commitments("100", "60", "70")]
    (found,) = told({}, indicators=down, targets=rows)
    assert found[1] == "commitments-short"
    assert found[2].endswith("elles dépassent de 30.")
    (found,) = told({}, indicators=down, targets=[{**rows[0], "value": "140"}, *rows[1:]])
    assert found[1] == "commitments-beyond"


@pytest.mark.parametrize("aggregation", ["declared", "ratio", "last"])
def test_what_does_not_add_up_is_not_added(aggregation: str) -> None:
    assert told(NOW, indicators=[indicator(aggregation=aggregation)], targets=commitments("150", "1", "1")) == []


def test_euros_of_two_kinds_are_not_added() -> None:
    rows = commitments("150", "1", "1", basis="constant-euros-2023")
    assert told({}, targets=rows) == []


def test_each_year_of_the_trajectory_is_reconciled() -> None:
    points = [
        {"indicator": "visits", "entity": entity, "target": "2028", "year": 2026, "value": value, "source": "S"}
        for entity, value in (("ville", "140"), ("nord", "70"), ("sud", "67"))
    ]
    (found,) = findings(NOW, targets=commitments("150", "75", "75"), trajectory=points)
    assert (found.code, found.place.table, found.place.year) == ("commitments-short", "trajectory", 2026)


WHOLE, PART = indicator(), indicator("young", parent="visits")


def parts(observed: dict[str, dict[int, str]], **tables: Rows) -> list[Told]:
    return told(observed, indicators=[WHOLE, PART], **tables)


def test_a_part_is_not_larger_than_its_whole() -> None:
    assert parts({"visits/nord": {2023: "100"}, "young/nord": {2023: "101"}}) == [
        ("error", "part-larger-than-whole",
         "La partie dépasse le tout en 2023 : 101 visites pour 100 visites (« visits »).")
    ]  # fmt: skip
    assert parts({"visits/nord": {2023: "100", 2024: "90"}, "young/nord": {2023: "100", 2025: "99"}}) == []


def test_nor_is_its_target() -> None:
    whole, part = target("100", entity="nord"), target("110", entity="nord", indicator="young")
    (found,) = parts({}, targets=[whole, part])
    assert found[2] == "La partie dépasse le tout en 2028 : 110 visites pour 100 visites (« visits »)."
    assert parts({}, targets=[whole, {**part, "value": "100"}]) == []


def test_the_parts_together_are_not_larger_than_the_groups_whole() -> None:
    entities = {"young/nord": {2023: "60"}, "young/sud": {2023: "50"}}
    (found,) = parts({"visits/ville": {2023: "100"}, **entities})
    assert found[2] == "La somme des parties dépasse le tout en 2023 : 110 visites pour 100 visites (« visits »)."
    assert parts({"visits/ville": {2023: "110"}, **entities}) == []
    (found,) = parts({"visits/ville": {2023: "100"}, "young/ville": {2023: "110"}, **entities})
    assert found[2].startswith("La partie dépasse")
