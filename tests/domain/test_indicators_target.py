"""What contradicts itself within one target."""

from decimal import Decimal
from typing import Any

import pytest

from services.indicators.domain.target import BaselineKind, Comparison, Operand, Target, incoherences


def target(comparison: str = "at_least", operand: str = "value", value: str | None = "400", **others: Any) -> Target:
    return Target(
        indicator="visitors",
        entity="groupe",
        target="2023",
        comparison=Comparison(comparison),
        operand=Operand(operand),
        due_year=2023,
        text="400",
        source="Page 4",
        value=Decimal(value) if value is not None else None,
        **others,
    )


SOUND = [
    target(),
    target("more_than"),
    target("at_most", "growth", "-10"),
    target("less_than"),
    target("at_least", "baseline", None),
    target("more_than", "baseline", None),
    target("more_than", "benchmark", None, benchmark="cge"),
    target("at_least", "growth", "50", level=Decimal("9.3"), basis="current-euros"),
    target("at_least", "points", "7"),
    target("within", "growth_range", "8", upper=Decimal(10)),
    target("within", "growth_range", "8", upper=Decimal(8)),
    target("within", "value", "3", upper=Decimal(5)),
    target("none", "none", None),
    target("none", "none", None, baseline_kind=BaselineKind.NONE),
    target(baseline_years="2021"),
    target(baseline_kind=BaselineKind.MEAN, baseline_years="2020 2021 2022"),
    target(baseline_kind=BaselineKind.ADJUSTED, baseline_value=Decimal(0)),
    target(baseline_kind=BaselineKind.ADJUSTED, baseline_years="2021", baseline_value=Decimal(0)),
    target(baseline_kind=BaselineKind.MEAN, baseline_years="2020 2021", baseline_value=Decimal("240.5")),
    target(baseline_kind=BaselineKind.NONE),
    target(tolerance=Decimal(0)),
]
LEAVE = "laissez la cellule vide"
INCOHERENT = [
    (target("none"), "operand", "comparison et operand valent « none » ensemble (suivi sans cible), ou aucun des deux"),
    (target("at_least", "none", None), "operand",
     "comparison et operand valent « none » ensemble (suivi sans cible), ou aucun des deux"),
    (target(value=None), "value", "l’opérande « value » demande une valeur"),
    (target(operand="growth", value=None), "value", "l’opérande « growth » demande une valeur"),
    (target(operand="points", value=None), "value", "l’opérande « points » demande une valeur"),
    (target("within", "growth_range", None, upper=Decimal(10)), "value",
     "l’opérande « growth_range » demande une valeur"),
    (target(operand="baseline"), "value", f"l’opérande « baseline » n’a pas de valeur : {LEAVE}"),
    (target("none", "none", "3"), "value", f"l’opérande « none » n’a pas de valeur : {LEAVE}"),
    (target(operand="benchmark", benchmark="cge"), "value", f"l’opérande « benchmark » n’a pas de valeur : {LEAVE}"),
    (target(operand="benchmark", value=None), "benchmark",
     "benchmark se remplit si, et seulement si, l’opérande est « benchmark »"),
    (target(benchmark="cge"), "benchmark", "benchmark se remplit si, et seulement si, l’opérande est « benchmark »"),
    (target("within"), "upper", "une fourchette demande une borne haute"),
    (target(operand="growth_range", value="8"), "upper", "une fourchette demande une borne haute"),
    (target(upper=Decimal(500)), "upper", f"la borne haute ne vaut que pour une fourchette : {LEAVE}"),
    (target("within", "value", "5", upper=Decimal(3)), "upper", "la borne haute est inférieure à la borne basse"),
    (target(baseline_years="2021-2022"), "baseline_years",
     "des années de quatre chiffres séparées par une espace sont attendues"),
    (target(baseline_years="21"), "baseline_years",
     "des années de quatre chiffres séparées par une espace sont attendues"),
    (target(baseline_years="2021 2022"), "baseline_years", "une référence d’une année n’en nomme qu’une"),
    (target(baseline_kind=BaselineKind.MEAN, baseline_years="2021"), "baseline_years",
     "une référence moyenne nomme au moins deux années"),
    (target(baseline_kind=BaselineKind.MEAN), "baseline_years", "une référence moyenne nomme au moins deux années"),
    (target(baseline_kind=BaselineKind.ADJUSTED), "baseline_value", "une référence ajustée donne sa valeur"),
    (target(operand="growth", value="5", baseline_kind=BaselineKind.NONE), "baseline_kind",
     "l’opérande « growth » demande une référence"),
    (target(operand="baseline", value=None, baseline_kind=BaselineKind.NONE), "baseline_kind",
     "l’opérande « baseline » demande une référence"),
    (target(baseline_years="2021", baseline_value=Decimal(390)), "baseline_value",
     f"une référence « year » ne donne pas sa valeur : {LEAVE}"),
    (target(baseline_kind=BaselineKind.NONE, baseline_value=Decimal(0)), "baseline_value",
     f"une référence « none » ne donne pas sa valeur : {LEAVE}"),
    (target(baseline_kind=BaselineKind.NONE, baseline_years="2021"), "baseline_years",
     f"une référence « none » ne nomme pas d’année : {LEAVE}"),
    (target(baseline_years="２０２１"), "baseline_years",
     "des années de quatre chiffres séparées par une espace sont attendues"),
    (target(tolerance=Decimal("-0.1")), "tolerance", "une tolérance n’est pas négative"),
]  # fmt: skip


@pytest.mark.parametrize("sound", SOUND, ids=lambda each: f"{each.comparison} {each.operand} {each.baseline_kind}")
def test_a_sound_target_has_nothing_said_of_it(sound: Target) -> None:
    assert list(incoherences(sound)) == []


@pytest.mark.parametrize(("incoherent", "column", "sentence"), INCOHERENT, ids=lambda each: str(each)[:40])
def test_each_contradiction_is_said_with_its_column(incoherent: Target, column: str, sentence: str) -> None:
    assert list(incoherences(incoherent)) == [(column, sentence)]


def test_several_contradictions_are_all_said() -> None:
    wrong = target("none", "value", None, upper=Decimal(3), benchmark="cge", tolerance=Decimal(-1))
    assert [column for column, _ in incoherences(wrong)] == ["operand", "value", "benchmark", "upper", "tolerance"]
