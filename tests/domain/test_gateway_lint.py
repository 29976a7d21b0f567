"""The lint's rules on targets: each on the smallest contract that has the anomaly, and on its neighbour without it."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import pytest

from services.gateway.domain.lint import Book, Figure, Figures, Finding, lint
from shared.events.contract import ContractBody

Rows = list[dict[str, Any]]
Told = tuple[str, str, str]  # severity, code and sentence, with plain spaces

HEADER = {"code": "c", "label": "C", "start_year": 2024, "end_year": 2028, "reference_year": 2023, "source": "S"}
ENTITIES = [
    {"code": "ville", "label": "Ville", "kind": "group"},
    {"code": "nord", "label": "Nord", "kind": "school"},
    {"code": "sud", "label": "Sud", "kind": "school"},
]
PRICES = {
    "deflators": [{"code": "prix", "label": "Prix", "version": "1", "base_year": 2023, "source": "S"}],
    "deflator_values": [
        {"series": "prix", "year": 2023, "value": "100", "source": "S"},
        {"series": "prix", "year": 2028, "value": "115", "source": "S"},
    ],
}


def indicator(code: str = "visits", **columns: Any) -> dict[str, Any]:
    stated = {"label": code, "unit": "visites", "decimals": 0, "direction": "up", "domain": "D", "aggregation": "sum"}
    return {"code": code, "declined": True, "source": "S", **stated, **columns}


def target(value: str | None = None, **columns: Any) -> dict[str, Any]:
    stated = {"indicator": "visits", "entity": "ville", "target": "2028", "comparison": "at_least", "due_year": 2028}
    operand = {"operand": "value" if value else "baseline", "value": value, "text": value or "Stable", "source": "S"}
    return {**stated, **operand, **columns}


def figures(stated: Mapping[str, Mapping[int, str]]) -> Figures:
    return {
        (place.partition("/")[0], place.partition("/")[2]): {
            year: Figure(Decimal(value), f"relevé {year}") for year, value in years.items()
        }
        for place, years in stated.items()
    }


def findings(
    observed: Mapping[str, Mapping[int, str]],
    elsewhere: Mapping[str, Mapping[str, Mapping[int, str]]] | None = None,
    spared: Collection[tuple[str, str]] = (),
    /,
    **tables: Rows,
) -> list[Finding]:
    """What is found in a contract with these observations, « visits/nord » by year, and these tables."""
    whole = {"contract": [HEADER], "entities": ENTITIES, "indicators": [indicator()], **tables}
    definition = ContractBody.model_validate_json(ContractBody.model_validate(whole).model_dump_json())
    others = {code: figures(stated) for code, stated in (elsewhere or {}).items()}
    return lint(Book(definition, figures(observed), others, spared))


def told(observed: Mapping[str, Mapping[int, str]], /, **tables: Rows) -> list[Told]:
    """As `findings`, with plain spaces for those that a line may not break at."""
    plain = str.maketrans("\u00a0\u202f", "  ")
    return [(each.severity, each.code, each.sentence.translate(plain)) for each in findings(observed, **tables)]


NOW = {"visits/ville": {2023: "100"}}


def test_a_target_needs_a_direction() -> None:
    (found,) = told(NOW, indicators=[indicator(direction="none")], targets=[target("120")])
    assert found == (
        "error", "no-direction", "« 120 » est une cible, et l’indicateur ne dit pas quel sens est souhaité."
    )  # fmt: skip
    assert told(NOW, targets=[target("120")]) == []


def test_what_is_monitored_needs_no_direction() -> None:
    monitored = target(comparison="none", operand="none")
    assert told(NOW, indicators=[indicator(direction="none")], targets=[monitored]) == []


def test_a_target_goes_in_the_direction_of_its_indicator() -> None:
    (found,) = told(NOW, indicators=[indicator(direction="down")], targets=[target("120")])
    assert found == ("error", "no-direction", "« 120 » fixe un minimum, et l’indicateur est souhaité à la baisse.")
    (found,) = told(NOW, targets=[target("90", comparison="less_than")])
    assert found == ("error", "no-direction", "« 90 » fixe un maximum, et l’indicateur est souhaité à la hausse.")
    assert told(NOW, indicators=[indicator(direction="down")], targets=[target("90", comparison="at_most")]) == []


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        (target("100"), "au moins 100 visites"),
        (target("99", comparison="more_than"), "plus de 99 visites"),
        (target("-1", operand="growth"), "au moins 99 visites"),
        (target("0", operand="points"), "au moins 100 visites"),
    ],
)
def test_a_target_that_the_baseline_meets_already(stated: dict[str, Any], asked: str) -> None:
    sentence = f"La cible de 2028 ({asked}) est déjà atteinte à la référence : 100 visites en 2023."
    assert told(NOW, targets=[stated]) == [("warning", "already-met", sentence)]


@pytest.mark.parametrize(
    "stated",
    [
        target("101"),
        target("100", comparison="more_than"),
        target("90", baseline_kind="none"),
        target("90", comparison="within", upper="110"),
        target("90", accumulation="cumulative"),
        target(comparison="more_than"),
        target(tolerance="1"),
        target("1", operand="growth"),
    ],
)
def test_a_target_that_the_baseline_does_not_meet(stated: dict[str, Any]) -> None:
    assert told(NOW, targets=[stated]) == []


def test_a_mean_baseline_says_its_years() -> None:
    mean = target("7.5", baseline_kind="mean", baseline_years="2021 2022 2023", baseline_value="7.5")
    (found,) = told({}, targets=[mean])
    assert found[2].endswith("à la référence : 7,5 visites en moyenne de 2021, 2022 et 2023.")


def test_stable_says_its_tolerance() -> None:
    rate = indicator(unit="%", decimals=1)
    assert told(NOW, indicators=[rate], targets=[target()]) == [
        ("notice", "stable-without-tolerance", "« Stable » ne dit pas quel écart est toléré : 0,05 pt, par défaut.")
    ]
    assert told(NOW, indicators=[rate], targets=[target(tolerance="0.2")]) == []


def test_a_target_is_due_within_the_contract() -> None:
    late, early = target("120", due_year=2030, target="2030"), target("120", due_year=2022, target="2022")
    assert told(NOW, targets=[late]) == [("notice", "horizon", "Échéance en 2030, après la fin du contrat (2028).")]
    assert told(NOW, targets=[early]) == [("error", "horizon", "Échéance en 2022, avant le début du contrat (2024).")]
    assert told(NOW, targets=[target("120", due_year=2024)]) == []


def test_a_trajectory_begins_within_the_contract() -> None:
    point = {"indicator": "visits", "entity": "ville", "target": "2028", "value": "110", "source": "S"}
    sentence = "Point de trajectoire en 2023, avant le début du contrat (2024)."
    assert told(NOW, targets=[target("120")], trajectory=[{**point, "year": 2023}]) == [("error", "horizon", sentence)]
    assert told(NOW, targets=[target("120")], trajectory=[{**point, "year": 2024}]) == []


MONEY = indicator("grants", unit="M€", decimals=1, aggregation="declared")
CURRENT = target("38", indicator="grants", target="current", operand="growth", basis="current-euros", text="+38 %")
CONSTANT = target(
    "20", indicator="grants", target="constant", operand="growth", basis="constant-euros-2023", text="[+20 %]"
)


def bases(*targets: dict[str, Any], start: str = "9.2") -> list[Told]:
    return told({"grants/ville": {2023: start}}, indicators=[MONEY], targets=list(targets), **PRICES)


def test_current_and_constant_euros_agree_under_the_contracts_own_index() -> None:
    (found,) = bases({**CURRENT, "value": "35", "text": "+35 %"}, CONSTANT)
    assert found == (
        "error", "contradicting-bases",
        ("« +35 % » et « [+20 %] » se contredisent : à l’indice du contrat (100 en 2023, 115 en 2028), "
        "+35 % en euros courants font +17,4 % en euros constants, et non +20 %."),
    )  # fmt: skip
    assert bases(CURRENT, CONSTANT) == []


def test_bases_agree_to_their_printed_precision() -> None:
    assert bases({**CURRENT, "value": "37"}, CONSTANT) == []  # 36,5 à 37,5 fait 18,7 à 19,6 ; 20 est 19,5 à 20,5
    assert len(bases({**CURRENT, "value": "37.0"}, {**CONSTANT, "value": "20.0"})) == 1


def test_levels_in_two_bases_agree_too() -> None:
    level = {**CURRENT, "operand": "value", "value": "10.0", "text": "10,0 M€"}
    (found,) = bases(level, CONSTANT)
    assert found[2].endswith("(100 en 2023, 115 en 2028), la seconde demande 12,7 M€ courants.")  # 9,2 × 1,2 × 1,15
    assert bases({**level, "value": "12.7"}, CONSTANT) == []


def test_without_an_index_nothing_contradicts() -> None:
    stated = [{**CURRENT, "value": "35"}, CONSTANT]
    assert told({"grants/ville": {2023: "9.2"}}, indicators=[MONEY], targets=stated) == []


@pytest.mark.parametrize(("level", "agrees"), [("92", True), ("80", True), ("93", True), ("94", False)])
def test_a_level_beside_a_constant_growth_follows_in_current_or_in_constant_euros(level: str, *, agrees: bool) -> None:
    """76,3 × 1,05 = 80,1 ; × 1,15 = 92,1, and up to 92,6 where +5 % is less than +5,5 %."""
    stated = {**CONSTANT, "value": "5", "level": level, "text": "+5 %"}
    sentence = (
        "« +5 % » : à l’indice du contrat (100 en 2023, 115 en 2028), cela fait 92,1 M€ courants, et non 94,0 M€."
    )
    expected = [] if agrees else [("error", "contradicting-bases", sentence)]
    assert bases(stated, start="76.3") == expected
