"""Pledges are compared exactly, whatever is printed of them, and at any ambient precision."""

from decimal import Decimal, localcontext

from services.gateway.domain.group.commitments import Word
from services.gateway.domain.group.sides import Span
from services.gateway.domain.group.wording import sentence

from .pledging import DELTA, LABELS, MONEY, STUDENTS, committed, group_of, level, pledged


def test_levels_are_compared_exactly_and_not_as_they_are_printed() -> None:
    """6,2 M€ + 50 % are 9,3 M€; 9,26 M€ are 0,04 M€ less, though one decimal shows 9,3 too."""
    grown = {"operand": "growth", "measure": MONEY}
    for lac, verdict, told in (
        ("4.61", Word.SHORT, "en deçà du groupe ; le groupe s’engage sur 9,3 (écart : 0,04)"),
        ("4.65", Word.EQUAL, "à hauteur du groupe ; le groupe s’engage sur 9,3"),
    ):
        entities = committed("lac", "3.1", level(lac)), committed("delta", "3.1", level("4.65"))
        assert pledged(group_of(level("50", **grown), baseline="6.2"), *entities).verdict is verdict
        found = pledged(group_of(level("9.3", measure=MONEY)), *entities)
        assert found.verdict is verdict
        assert told in sentence(found, MONEY, LABELS).replace("\u00a0", " ").replace("\u202f", " ")


def test_growths_that_one_decimal_shows_alike_say_how_far_apart_they_are() -> None:
    entities = committed("lac", "60000", level("60010")), committed("delta", "40000", level("44970"))
    told = sentence(pledged(group_of(level("5", operand="growth"), baseline="100000"), *entities), STUDENTS, LABELS)
    assert (
        told.replace("\u00a0", " ")
        .replace("\u202f", " ")
        .endswith(
            "en deçà du groupe ; évolution de +5,0 %, contre +5,0 % pour le groupe (105 000) (écart : moins de 0,1 pt)."
        )
    )


def test_the_gap_is_of_both_ends_on_both_sides() -> None:
    ranged = {"comparison": "within", "upper": Decimal(80)}
    found = pledged(
        group_of(level("105", comparison="within", upper=Decimal(130))),
        committed("lac", "60", level("70", **ranged)),
        DELTA,
    )
    assert found.entities.level == Span(Decimal(110), Decimal(120))
    assert found.gap == Span(Decimal(-5), Decimal(10))  # 105 − 110, 130 − 120
    assert (found.verdict, found.away) == (Word.EQUAL, None)
    assert "écart" not in sentence(found, STUDENTS, LABELS)


def test_pledges_are_the_same_at_any_ambient_precision() -> None:
    long = "12345678901234567890.0123456789"
    entities = committed("lac", "60", level(long)), committed("delta", "30", level("-0.0000000001"))
    found = pledged(group_of(level(long)), *entities)
    with localcontext(prec=9):
        again = pledged(group_of(level(long)), *entities)
        told = sentence(again, STUDENTS, LABELS)
        assert (again.verdict, again.gap, again.away) == (Word.SHORT, found.gap, Decimal("1E-10"))
    assert told == sentence(found, STUDENTS, LABELS)
