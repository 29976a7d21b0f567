"""Counting publications: worked out on paper for three schools, Lac, Delta and Mer."""

from decimal import Decimal

from services.bibliometrics.domain.counting.counts import Common, Counts, EntityCount
from services.bibliometrics.domain.counting.measuring import count
from services.bibliometrics.domain.counting.rows import Counted, Wanted
from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

SCHOOLS = ("lac", "delta", "mer")


def row(id: str, whole: str = "", permanent: str = "", year: int | None = 2024, **said: object) -> Counted:  # noqa: A002
    """A publication and its signers, as words: « lac delta »."""
    signed = {"whole": frozenset(whole.split()), "permanent": frozenset(permanent.split())}
    return Counted(**{"id": id, "year": year, "type": DocumentType.ARTICLE} | signed | said)  # type: ignore[arg-type]


ROWS = [
    row("1", "lac", "lac"),
    row("2", "lac delta", "delta"),
    row("3", "lac delta mer", "lac", type=DocumentType.BOOK),
    row("4", "delta", "delta"),
    row("5", "delta mer"),
    row("6", group_whole=True),
    row("7"),
    row("8", "lac", "lac", excluded="erratum"),
    row("9", excluded="erratum"),
    row("10", "lac mer", "lac mer", year=2023),
    row("11", "ailleurs"),
    row("12", "ailleurs mer", excluded="retracted"),
    row("13", year=None, whole="mer", excluded="no_year"),
]


def wanted(perimeter: Perimeter = Perimeter.WHOLE, year: int | None = 2024) -> Wanted:
    return Wanted(measure=MeasureKind.PUBLICATIONS, perimeter=perimeter, year=year)


def numbers(counts: Counts) -> dict[str, int]:
    return {each.entity: each.count for each in counts.entities}


def test_each_school_has_every_publication_that_it_signs_and_the_group_has_each_once() -> None:
    found = count(ROWS, SCHOOLS, wanted())
    assert numbers(found) == {"lac": 3, "delta": 4, "mer": 2}
    assert (found.sum, found.overlap, found.distinct) == (9, 4, 5)


def test_the_permanent_staff_sign_less_than_the_whole_institution() -> None:
    found = count(ROWS, SCHOOLS, wanted(Perimeter.PERMANENT))
    assert numbers(found) == {"lac": 2, "delta": 2, "mer": 0}
    assert (found.sum, found.overlap, found.distinct) == (4, 0, 4)


def test_the_schools_are_in_the_order_asked() -> None:
    found = count(ROWS, ("mer", "lac", "delta"), wanted())
    assert [each.entity for each in found.entities] == ["mer", "lac", "delta"]
    assert found.matrix == (Common("mer", "lac", 1), Common("mer", "delta", 2), Common("lac", "delta", 2))


def test_fractional_counts_share_each_publication_between_the_schools_that_sign_it() -> None:
    # lac 1 + 1/2 + 1/3, delta 1/2 + 1/3 + 1 + 1/2, mer 1/3 + 1/2
    found = count(ROWS, SCHOOLS, wanted())
    assert found.entities == (
        EntityCount("lac", 3, Decimal("1.8333")),
        EntityCount("delta", 4, Decimal("2.3333")),
        EntityCount("mer", 2, Decimal("0.8333")),
    )


def test_the_matrix_says_what_each_pair_of_schools_has_in_common() -> None:
    found = count(ROWS, SCHOOLS, wanted())
    assert found.matrix == (Common("lac", "delta", 2), Common("lac", "mer", 1), Common("delta", "mer", 2))


def test_pairs_that_have_nothing_in_common_are_not_in_the_matrix() -> None:
    assert count(ROWS, SCHOOLS, wanted(Perimeter.PERMANENT)).matrix == ()
    assert count(ROWS, SCHOOLS, wanted(year=2023)).matrix == (Common("lac", "mer", 1),)


def test_what_is_in_the_name_of_the_group_alone_is_no_school_s() -> None:
    assert count(ROWS, SCHOOLS, wanted()).group_only == 1
    assert count(ROWS, SCHOOLS, wanted(Perimeter.PERMANENT)).group_only == 0


def test_what_a_school_signs_with_the_group_is_the_school_s() -> None:
    found = count([row("1", "lac", group_whole=True)], SCHOOLS, wanted())
    assert (found.distinct, found.group_only) == (1, 0)


def test_what_is_excluded_is_counted_by_reason_where_it_is_signed() -> None:
    assert count(ROWS, SCHOOLS, wanted()).excluded == {"erratum": 1, "retracted": 1}
    assert count(ROWS, SCHOOLS, wanted(Perimeter.PERMANENT)).excluded == {"erratum": 1}
    assert count(ROWS, SCHOOLS, wanted(year=None)).excluded == {"erratum": 1, "no_year": 1, "retracted": 1}


def test_what_nobody_signs_in_any_perimeter_is_unattributed() -> None:
    # the seventh, and the eleventh, which an entity that is no member signs
    assert count(ROWS, SCHOOLS, wanted()).unattributed == 2
    assert count(ROWS, SCHOOLS, wanted(Perimeter.PERMANENT)).unattributed == 2


def test_without_a_year_every_year_is_counted_together() -> None:
    found = count(ROWS, SCHOOLS, wanted(year=None))
    assert numbers(found) == {"lac": 4, "delta": 4, "mer": 3}
    assert (found.sum, found.distinct) == (11, 6)


def test_types_that_are_not_wanted_are_neither_counted_nor_excluded() -> None:
    books = Wanted(
        measure=MeasureKind.PUBLICATIONS, perimeter=Perimeter.WHOLE, year=2024, types=frozenset({DocumentType.BOOK})
    )
    found = count(ROWS, SCHOOLS, books)
    assert numbers(found) == {"lac": 1, "delta": 1, "mer": 1}
    assert (found.distinct, found.excluded, found.unattributed) == (1, {}, 0)


def test_a_year_without_a_publication_is_a_year_of_zeros() -> None:
    found = count(ROWS, SCHOOLS, wanted(year=2020))
    assert numbers(found) == {"lac": 0, "delta": 0, "mer": 0}
    assert (found.sum, found.overlap, found.distinct, found.missing) == (0, 0, 0, ())
