"""What was decided on a contestation wins over what the records say."""

import pytest

from services.bibliometrics.domain.attribution import Clue, Evidence, Ruling, Verdict, attribute
from services.bibliometrics.domain.publication import Author
from services.bibliometrics.domain.registry import Perimeter

from .bibliometrics_schools import MARIE, record, rules

RULES = rules(MARIE)
SIGNED = record(Author(full_name="Durand, Marie", scopus_id="7001", affiliations=("Télécom Paris",)))
STRANGER = record(Author(full_name="Smith, Ann", affiliations=("MIT",)))
UNSIGNED = record(Author(full_name="Durand, Marie", scopus_id="7001", affiliations=("MIT",)))
ADD_WHOLE = Ruling(entity="telecom-paris", perimeter=Perimeter.WHOLE, verdict=Verdict.ATTRIBUTED)
ADD_PERMANENT = Ruling(entity="telecom-paris", perimeter=Perimeter.PERMANENT, verdict=Verdict.ATTRIBUTED)
DROP_WHOLE = Ruling(entity="telecom-paris", perimeter=Perimeter.WHOLE, verdict=Verdict.REMOVED)
DROP_PERMANENT = Ruling(entity="telecom-paris", perimeter=Perimeter.PERMANENT, verdict=Verdict.REMOVED)
ELSEWHERE = Ruling(entity="eurecom", perimeter=Perimeter.WHOLE, verdict=Verdict.REMOVED)
Standing = tuple[bool, bool]
NONE, WHOLE, BOTH = (False, False), (False, True), (True, True)


@pytest.mark.parametrize(
    ("decisions", "signed", "stranger"),
    [
        ([], BOTH, NONE),
        ([ELSEWHERE], BOTH, NONE),
        ([ADD_WHOLE], BOTH, WHOLE),
        ([ADD_PERMANENT], BOTH, BOTH),
        ([DROP_WHOLE], NONE, NONE),
        ([DROP_PERMANENT], WHOLE, NONE),
        ([DROP_PERMANENT, ADD_WHOLE], WHOLE, WHOLE),
        ([ADD_WHOLE, DROP_PERMANENT], WHOLE, WHOLE),
        ([DROP_WHOLE, ADD_PERMANENT], BOTH, BOTH),
        ([ADD_PERMANENT, DROP_WHOLE], NONE, NONE),
        ([DROP_WHOLE, ADD_WHOLE], BOTH, WHOLE),
        ([ADD_WHOLE, DROP_WHOLE], NONE, NONE),
    ],
)
def test_decisions_win_and_the_later_one_over_the_earlier(
    decisions: list[Ruling], signed: Standing, stranger: Standing
) -> None:
    for document, expected in ((SIGNED, signed), (STRANGER, stranger)):
        found = attribute([document], 2023, RULES, decisions)
        assert [(each.permanent, each.whole) for each in found] == ([] if expected == NONE else [expected])


def test_who_was_whole_for_being_permanent_only_is_neither_once_removed() -> None:
    assert [each.whole for each in attribute([UNSIGNED], 2023, RULES)] == [True]
    assert attribute([UNSIGNED], 2023, RULES, [DROP_PERMANENT]) == ()


def test_a_decision_is_among_the_reasons() -> None:
    (found,) = attribute([STRANGER], 2023, RULES, [ADD_PERMANENT])
    assert found.evidence == (Evidence(perimeter=Perimeter.PERMANENT, rule=Clue.DECISION, value="attributed"),)


def test_what_was_removed_no_longer_speaks_for_it() -> None:
    (found,) = attribute([SIGNED], 2023, RULES, [DROP_PERMANENT])
    assert [(each.perimeter, each.rule, each.value) for each in found.evidence] == [
        (Perimeter.WHOLE, Clue.NAME, "Télécom Paris"),
        (Perimeter.PERMANENT, Clue.DECISION, "removed"),
    ]


def test_an_undone_decision_is_no_reason() -> None:
    (found,) = attribute([STRANGER], 2023, RULES, [DROP_WHOLE, ADD_PERMANENT])
    assert [(each.perimeter, each.value) for each in found.evidence] == [(Perimeter.PERMANENT, "attributed")]
