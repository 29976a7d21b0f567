"""Which entities the Σ counts: the contract's own, without one of them, or with one more."""

import pytest

from services.gateway.domain.group.perimeter import Member, counted, offered, perimeter

MEMBERS = (
    Member("lac", "École du Lac", "school"),
    Member("delta", "Delta", "subsidiary"),
    Member("gip", "GIP", "other"),
)


def test_schools_and_subsidiaries_are_counted_and_others_only_when_asked() -> None:
    assert counted(MEMBERS) == ("lac", "delta")
    assert offered(MEMBERS, {"lac", "gip"}, ()) == ("hors-lac", "hors-delta", "avec-gip")
    assert offered(MEMBERS, {"lac"}, {"hors-delta", "hors-gip"}) == ("hors-lac", "hors-delta", "hors-gip")


@pytest.mark.parametrize(
    ("asked", "included", "excluded", "label"),
    [
        (None, ("lac", "delta"), ("gip",), "Périmètre du contrat"),
        ("hors-delta", ("lac",), ("delta", "gip"), "Périmètre du contrat, hors Delta"),
        ("avec-gip", ("lac", "delta", "gip"), (), "Périmètre du contrat, avec GIP"),
        ("hors-gip", ("lac", "delta"), ("gip",), "Périmètre du contrat, hors GIP"),
        ("large", ("lac", "delta"), ("gip",), "Périmètre «\u00a0large\u00a0»"),
    ],
)
def test_a_perimeter_names_who_is_in_and_who_is_out(
    asked: str | None, included: tuple[str, ...], excluded: tuple[str, ...], label: str
) -> None:
    found = perimeter(asked, MEMBERS)
    assert (found.included, found.excluded, found.label) == (included, excluded, label)
