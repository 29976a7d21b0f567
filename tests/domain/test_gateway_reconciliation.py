"""Reconciling Σ with the group's value: what the ledger explains, what stays unexplained, and how it is said."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.group.aggregation import GroupValue
from services.gateway.domain.group.reconciliation import Adjustment, Reconciliation, applicable, reconcile, sentence
from services.gateway.domain.targets import Measure
from services.gateway.domain.values import Stated

from .reporting import group_value

STUDENTS = Measure(unit="étudiants", decimals=0)
MONEY = Measure(unit="M€", decimals=1)
LABELS = {"lac": "École du Lac", "delta": "École du Delta"}


def value_of(aggregation: str, declared: str | None, **by_entity: str | None) -> GroupValue:
    stated = {entity: Stated(Decimal(value) if value else None) for entity, value in by_entity.items()}
    return group_value(aggregation, Decimal(declared) if declared else None, stated)


def ledger(*amounts: str) -> list[Adjustment]:
    return [Adjustment(Decimal(amount), "Un motif", "Une source", "lac") for amount in amounts]


def figures(found: Reconciliation) -> list[int | None]:
    stated = (found.combined, found.gap, found.explained, found.unexplained)
    return [None if each is None else int(each) for each in stated]


def said(aggregation: str, value: GroupValue, *amounts: str, measure: Measure = STUDENTS) -> str:
    """The sentence, with ordinary spaces."""
    told = sentence(reconcile(value, ledger(*amounts)), value, aggregation, measure, LABELS)
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_ledger_explains_a_part_of_the_gap_and_the_rest_is_unexplained() -> None:
    # companies created in 2022: Σ 96, one incubator of 17 counted twice, group 81
    found = reconcile(value_of("sum", "81", lac="79", delta="17"), ledger("-17"))
    assert figures(found) == [96, -15, 79, 2]


def test_what_is_shared_is_reconciled_though_its_sum_is_no_group_value() -> None:
    found = reconcile(value_of("distinct", "2044", lac="1065", delta="1000"), [])
    assert figures(found) == [2065, -21, 2065, -21]


def test_with_an_entity_missing_nothing_is_explained() -> None:
    found = reconcile(value_of("sum", "81", lac="79", delta=None), ledger("-17"))
    assert figures(found) == [79, None, None, None]


def test_a_line_about_an_entity_that_sum_leaves_out_explains_nothing() -> None:
    lines = [*ledger("-17"), Adjustment(Decimal(3), "Sans entité", "Une source")]
    assert applicable(lines, ("lac", None)) == lines[1:]
    assert applicable(lines, ("delta", None)) == lines


EXPLAINED = [
    (
        value_of("sum", "13606", lac="13000", delta="483"),
        (),
        "13 483 étudiants, soit 123 de moins que le groupe (13 606) ; aucun ajustement ne l’explique.",
    ),
    (
        value_of("sum", "81", lac="79", delta="17"),
        ("-17",),
        "96 étudiants, soit 15 de plus que le groupe (81) ; avec les ajustements, 79 ; reste sans explication : +2.",
    ),
    (
        value_of("sum", "79", lac="79", delta="17"),
        ("-17",),
        "96 étudiants, soit 17 de plus que le groupe (79) ; avec les ajustements, 79 : tout est expliqué.",
    ),
    (value_of("sum", "542", lac="500", delta="42"), (), "542 étudiants, égale à la valeur du groupe."),
    (value_of("sum", None, lac="79", delta="1"), (), "80 étudiants ; le groupe n’a pas déclaré de valeur."),
]


@pytest.mark.parametrize(("value", "amounts", "told"), EXPLAINED)
def test_a_reconciliation_says_itself_in_french(value: GroupValue, amounts: tuple[str, ...], told: str) -> None:
    assert said("sum", value, *amounts) == f"Somme de 2 entités : {told}"


def test_what_entities_share_is_said_to_be_counted_once_in_the_group() -> None:
    told = said("distinct", value_of("distinct", "2044", lac="2000", delta="65"))
    assert "(2 044), où ce que plusieurs entités partagent compte une seule fois ; aucun ajustement" in told


PARTIAL = "1 entité sur 2 (manque : École du Delta)"
UNCOMPARED = [
    (
        "sum",
        value_of("sum", "81", lac="79", delta=None),
        f"Somme de {PARTIAL} : 79 étudiants ; sans toutes les valeurs, aucun écart n’est calculé.",
    ),
    ("sum", value_of("sum", "81", lac=None), "Aucune valeur d’entité pour cette année."),
    (
        "declared",
        value_of("declared", "81", lac="79"),
        "Mesuré au niveau du groupe : les valeurs des entités ne s’additionnent pas.",
    ),
]


@pytest.mark.parametrize(("aggregation", "value", "told"), UNCOMPARED)
def test_why_nothing_is_compared_is_said(aggregation: str, value: GroupValue, told: str) -> None:
    assert said(aggregation, value) == told


def test_a_gap_within_the_printed_rounding_is_said_to_be_one() -> None:
    told = said("sum", value_of("sum", "6.2", lac="6.22"), measure=MONEY)
    assert told.endswith("soit 0,02 de plus que le groupe (6,2) ; l’arrondi du chiffre imprimé suffit à l’expliquer.")


def test_the_rounding_is_told_at_any_ambient_precision() -> None:
    value = value_of("sum", "1234567890.2", lac="1234567890.2500000001")
    expected = said("sum", value, measure=MONEY)
    with localcontext(prec=9):
        assert said("sum", value, measure=MONEY) == expected
    assert expected.endswith("aucun ajustement ne l’explique.")


def test_the_typography_is_french() -> None:
    value = value_of("sum", "13606", lac="13483")
    told = sentence(reconcile(value, []), value, "sum", STUDENTS, LABELS)
    assert "13\u202f483\u00a0étudiants" in told
    assert "entité\u00a0: " in told
    assert "\u202f; " in told


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=3)


@given(
    st.sampled_from(["sum", "distinct", "cumulative"]),
    amounts,
    st.dictionaries(st.text(min_size=1, max_size=3), st.builds(Stated, amounts), min_size=1, max_size=9),
    st.lists(st.builds(Adjustment, amounts, st.just("Un motif"), st.just("Une source")), max_size=5),
)
def test_sum_adjustments_and_what_is_unexplained_make_the_declared_value_exactly(
    aggregation: str, declared: Decimal, by_entity: dict[str, Stated], lines: list[Adjustment]
) -> None:
    found = reconcile(group_value(aggregation, declared, by_entity), lines)
    assert found.combined is not None
    assert found.unexplained is not None
    assert found.combined + sum(line.amount for line in lines) + found.unexplained == declared
    assert found.explained == found.combined + sum(line.amount for line in lines)
