"""The lint's rules on figures: units, printed changes, figures printed twice, parts and sums."""

from typing import Any

import pytest

from .test_gateway_lint import NOW, findings, indicator, target, told

MONEY = indicator(unit="M€", decimals=1)


def printed(value: str, **columns: Any) -> dict[str, Any]:
    stated = {"indicator": "visits", "entity": "ville", "subject": "value", "year": 2023, "unit": "visites"}
    return {**stated, "value": value, "text": value, "source": "Fiche", **columns}


def change(value: str, **columns: Any) -> dict[str, Any]:
    stated = {"indicator": "visits", "entity": "ville", "subject": "value", "from_year": 2017, "to_year": 2022}
    return {
        **stated,
        "value": value,
        "unit": "percent",
        "text": f"{value} %",
        "follows": True,
        "source": "B",
        **columns,
    }


def test_one_quantity_in_two_units_is_told_once_a_place() -> None:
    rows = [printed("640", unit="k€"), printed("1070", unit="k€", year=2026), printed("7", unit="k€", source="Annexe")]
    assert told({}, indicators=[MONEY], printed_values=rows) == [
        ("warning", "mixed-units",
         "Imprimé ici en k€ (640 en 2023, 1 070 en 2026), alors que l’indicateur se compte en M€."),
        ("warning", "mixed-units", "Imprimé ici en k€ (7 en 2023), alors que l’indicateur se compte en M€."),
    ]  # fmt: skip


def test_a_share_beside_a_count_is_no_other_unit() -> None:
    assert told(NOW, printed_values=[printed("14", unit="%")]) == []


def test_a_part_has_the_unit_of_its_whole() -> None:
    part = indicator("school-visits", parent="visits", unit="k€")
    (found,) = findings({}, indicators=[MONEY, part])
    assert (found.severity, found.code, found.place.indicator) == ("error", "mixed-units", "school-visits")
    assert told({}, indicators=[MONEY, {**part, "unit": "M€"}]) == []


def test_a_benchmark_has_the_unit_of_what_it_is_compared_with() -> None:
    above = target(comparison="more_than", operand="benchmark", benchmark="pays")
    pays = {"code": "pays", "label": "Pays", "unit": "%", "source": "S"}
    both = [above, {**above, "entity": "nord"}]
    assert told({}, targets=both, benchmarks=[pays]) == [
        ("error", "mixed-units", "Comparé à une série en %, alors que l’indicateur se compte en visites.")
    ]
    assert told({}, targets=both, benchmarks=[{**pays, "unit": "visites"}]) == []


BALANCE = {"visits/ville": {2017: "14.50", 2022: "15.3"}}


def test_a_printed_change_follows_from_the_values() -> None:
    assert told(BALANCE, printed_changes=[change("5", follows=False)]) == [
        ("warning", "printed-change-does-not-follow",
         "« 5 % » est imprimé pour 2017-2022 ; les valeurs imprimées (14,50 → 15,3) donnent +6 %.")
    ]  # fmt: skip
    assert told(BALANCE, printed_changes=[change("6"), change("5.5", text="5,5 %")]) == []


def test_the_packages_own_word_is_not_taken() -> None:
    (found,) = told(BALANCE, printed_changes=[change("5")])
    assert found[2].endswith("donnent +6 % ; le paquet dit pourtant qu’il en découle.")
    (found,) = told(BALANCE, printed_changes=[change("6", follows=False)])
    assert found[:2] == ("warning", "printed-change-follows")


@pytest.mark.parametrize(("unit", "value", "follows"), [("points", "2.5", 0), ("points", "2", 1), ("absolute", "2", 1)])
def test_a_change_in_points_is_a_difference(unit: str, value: str, follows: int) -> None:
    rate = {"visits/ville": {2017: "37", 2022: "39"}}
    found = told(rate, indicators=[indicator(unit="%")], printed_changes=[change(value, unit=unit)])
    assert len(found) == 1 - follows


@pytest.mark.parametrize(
    ("stated", "value", "unit", "follows"),
    [
        (target("120", due_year=2022), "20", "percent", True),
        (target("120", due_year=2022), "19", "percent", False),
        (target("8", upper="10", operand="growth_range", comparison="within", due_year=2022), "10", "percent", True),
        (target("8", upper="10", operand="growth_range", comparison="within", due_year=2022), "9", "percent", False),
        (target("7", operand="points", due_year=2022), "7", "points", True),
        (target("15", accumulation="cumulative", due_year=2022), "15", "absolute", True),
        (target("50", operand="growth", level="151", due_year=2022), "50", "percent", False),
    ],
)
def test_a_change_of_a_target_follows_from_its_level_or_is_the_target(
    stated: dict[str, Any], value: str, unit: str, *, follows: bool
) -> None:
    was = {"visits/ville": {2017: "100", 2023: "100"}}
    found = told(was, targets=[stated], printed_changes=[change(value, unit=unit, subject="target")])
    assert ["printed-change-does-not-follow" in each for each in found if "horizon" not in each] == [True] * (
        not follows
    )


def test_a_change_of_a_cumulated_flow_is_its_sum() -> None:
    flow = {"visits/ville": {2018: "1", 2019: "0", 2020: "2", 2021: "2", 2022: "10"}}
    total = target("15", accumulation="cumulative", baseline_kind="adjusted", baseline_value="0")
    assert told(flow, targets=[total], printed_changes=[change("15", unit="absolute")]) == []
    assert len(told(flow, targets=[total], printed_changes=[change("14", unit="absolute")])) == 1


def test_a_change_may_follow_from_what_is_printed_beside_it() -> None:
    """EURECOM, +46 %: 377 → 550 students without those who prepare a doctorate; the table has 463 → 673, +45 %."""
    table = {"visits/ville": {2021: "463"}}
    beside = [printed("377", year=2021), printed("550", year=2028, subject="target")]
    told_of = change("46", subject="target", from_year=2021, to_year=2028, source="Fiche")
    tables = {"targets": [target("673")], "printed_values": beside, "printed_changes": [told_of]}
    assert [found[1] for found in told(table, **tables)] == ["printed-twice", "printed-twice"]
    tables["printed_changes"] = [{**told_of, "source": "Ailleurs"}]
    assert told(table, **tables)[0][1] == "printed-change-does-not-follow"


def test_a_level_follows_from_the_growth_printed_with_it() -> None:
    grown = target("50", operand="growth", level="9.3", text="9,3 M€ (+50 %)")
    assert told({"visits/ville": {2023: "6.2"}}, indicators=[MONEY], targets=[grown]) == []
    (found,) = told({"visits/ville": {2023: "6.0"}}, indicators=[MONEY], targets=[grown])
    assert found[1:] == (
        "printed-change-does-not-follow", "« 9,3 M€ (+50 %) » : le niveau imprimé (6,0 → 9,3) donne +55 %."
    )  # fmt: skip


def test_a_figure_is_printed_with_one_number() -> None:
    assert told({"visits/ville": {2023: "932"}}, printed_values=[printed("924")]) == [
        (
            "warning",
            "printed-twice",
            "La valeur de 2023 est imprimée deux fois : 932 visites ici, 924 visites ailleurs.",
        )
    ]
    assert told({"visits/ville": {2023: "932"}}, printed_values=[printed("932"), printed("700", year=2020)]) == []
    assert told({"visits/ville": {2023: "76.3"}}, printed_values=[printed("76")]) == []


def test_a_target_is_printed_with_one_number() -> None:
    (found,) = told(NOW, targets=[target("673")], printed_values=[printed("550", year=2028, subject="target")])
    assert found[2] == "La cible de 2028 est imprimée deux fois : 673 visites ici, 550 visites ailleurs."
    assert told(NOW, targets=[target("673")], printed_values=[printed("673", year=2028, subject="target")]) == []


def test_two_contracts_print_one_number() -> None:
    albi = {"visits/nord": {2022: "924"}}
    (found,) = findings(albi, {"other": {"visits/nord": {2022: "932", 2023: "950"}}})
    assert (found.place.table, found.place.entity, found.place.year) == ("observations", "nord", 2022)
    assert found.source == "relevé 2022"
    assert "924\u00a0visites ici, 932\u00a0visites dans other." in found.sentence
    assert findings(albi, {"other": {"visits/nord": {2022: "924"}, "visits/sud": {2022: "1"}}}) == []


def test_what_the_document_says_itself_of_another_printing_is_said_once() -> None:
    row = printed("932", entity="nord", year=2022)
    found = findings({"visits/nord": {2022: "924"}}, {"other": {"visits/nord": {2022: "932"}}}, printed_values=[row])
    assert [each.place.table for each in found] == ["printed_values"]
