"""What contradicts itself within one observation, and when two statements are the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.indicators.domain.observation import Absence, Observation, Status, incoherences, key_of, says_the_same

ONE = Observation(indicator="visitors", entity="nord", year=2021, source="Page 3", value=Decimal(110))
NO_BASIS = "n’est pas une base : current-euros, constant-euros-AAAA (constant-euros-2022), ou rien"
NO_CODE = "n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"


@pytest.mark.parametrize(
    "sound",
    [
        {},
        {"value": Decimal(0)},
        {"value": Decimal("-12.5")},
        {"value": Decimal("99999999999999999999.9999999999")},
        {"value": Decimal("0.0000000001")},
        {"value": Decimal("1E+19")},
        {"value": None, "absence": Absence.CONFIDENTIAL},
        {"note": "deux\nlignes\tet une tabulation", "reason": "x" * 1000},
        {"note": "x" * 4000, "source": "x" * 1000, "basis": "constant-euros-2022", "perimeter": "x" * 64},
        {"basis": "current-euros", "perimeter": "hors-armines"},
    ],
)
def test_a_sound_observation_has_nothing_said_of_it(sound: dict[str, Any]) -> None:
    assert list(incoherences(replace(ONE, **sound))) == []


@pytest.mark.parametrize(
    ("wrong", "column", "sentence"),
    [
        ({"value": None}, "value", "ni valeur ni motif d’absence : donnez l’une ou l’autre (zéro s’écrit 0)"),
        ({"absence": Absence.LATE}, "absence",
         "une valeur et un motif d’absence se contredisent : gardez l’une ou l’autre"),
        ({"value": Decimal("1E+20")}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
        ({"value": Decimal("-1E+20")}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
        ({"value": Decimal("1E-11")}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
        ({"value": Decimal("NaN")}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
        ({"value": Decimal("Infinity")}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
        ({"source": ""}, "source", "toute valeur porte sa source"),
        ({"source": " \t"}, "source", "toute valeur porte sa source"),
        ({"source": "x" * 1001}, "source", "texte trop long (au plus 1000 caractères)"),
        ({"note": "x" * 4001}, "note", "texte trop long (au plus 4000 caractères)"),
        ({"reason": "x" * 1001}, "reason", "texte trop long (au plus 1000 caractères)"),
        ({"basis": "Constant euros"}, "basis", f"« Constant euros » {NO_BASIS}"),
        ({"basis": "current-euros "}, "basis", f"« current-euros  » {NO_BASIS}"),
        ({"basis": "constant-euros"}, "basis", f"« constant-euros » {NO_BASIS}"),
        ({"basis": "constant-euros-22"}, "basis", f"« constant-euros-22 » {NO_BASIS}"),
        ({"basis": "constant-euros-1899"}, "basis", f"« constant-euros-1899 » {NO_BASIS}"),
        ({"basis": "constant-euros-２０２２"}, "basis", f"« constant-euros-２０２２ » {NO_BASIS}"),
        ({"perimeter": "x" * 65}, "perimeter", f"« {'x' * 65} » {NO_CODE}"),
        ({"perimeter": "Hors Armines"}, "perimeter", f"« Hors Armines » {NO_CODE}"),
        ({"note": "a\x00b"}, "note", "le texte contient un caractère de commande"),
        ({"source": "a\x1bb"}, "source", "le texte contient un caractère de commande"),
    ],
)  # fmt: skip
def test_each_contradiction_is_said_with_its_column(wrong: dict[str, Any], column: str, sentence: str) -> None:
    assert list(incoherences(replace(ONE, **wrong))) == [(column, sentence)]


@pytest.mark.parametrize(
    "again", [{}, {"value": Decimal("110.0")}, {"value": Decimal("1.1E+2")}, {"reason": "Vérifié"}]
)
def test_a_statement_repeated_says_the_same(again: dict[str, Any]) -> None:
    assert says_the_same(ONE, replace(ONE, **again))


@pytest.mark.parametrize(
    "changed",
    [
        {"value": Decimal("110.1")},
        {"value": None, "absence": Absence.LATE},
        {"status": Status.PROVISIONAL},
        {"source": "Page 4"},
        {"note": "Comptage"},
        {"observed_on": date(2022, 1, 31)},
    ],
)
def test_another_statement_does_not(changed: dict[str, Any]) -> None:
    assert not says_the_same(ONE, replace(ONE, **changed))


def test_an_absence_is_not_zero() -> None:
    assert not says_the_same(replace(ONE, value=Decimal(0)), replace(ONE, value=None, absence=Absence.NOT_MEASURED))


@pytest.mark.parametrize(
    ("other", "same"),
    [({"value": Decimal(1), "source": "Page 4", "note": "Autre"}, True), ({"year": 2022}, False),
     ({"entity": "sud"}, False), ({"indicator": "revenue"}, False), ({"basis": "current-euros"}, False),
     ({"perimeter": "annexe"}, False)],
)  # fmt: skip
def test_a_figure_is_known_by_its_place(other: dict[str, Any], *, same: bool) -> None:
    assert (key_of(replace(ONE, **other)) == key_of(ONE)) is same
