"""Which subjects differ: an owner read before and after the views, so that what is only on its way is no alarm."""

import pytest

from services.discrepancies import Difference, Held, Kind, compare

ONE = Held(1, "one", 1)
TWO = Held(2, "two", 2)


def found(told: dict[str, Held], shown: dict[str, Held], after: dict[str, Held] | None = None) -> list[Difference]:
    return list(compare(told, shown, told if after is None else after))


def test_what_is_the_same_on_both_sides_is_no_difference() -> None:
    assert found({"a": ONE, "b": TWO}, {"a": ONE, "b": TWO}) == []


@pytest.mark.parametrize(
    ("told", "shown", "expected"),
    [
        ({"a": ONE}, {}, Difference("a", Kind.MISSING, 1, 0)),
        ({"a": TWO}, {"a": ONE}, Difference("a", Kind.OLDER, 2, 1)),
        ({"a": ONE}, {"a": TWO}, Difference("a", Kind.NEWER, 1, 2)),
        ({}, {"a": ONE}, Difference("a", Kind.UNKNOWN, 0, 1)),
        ({"a": ONE}, {"a": Held(1, "other", 1)}, Difference("a", Kind.DIFFERENT, 1, 1)),
        ({"a": TWO}, {"a": Held(2, "two", 1)}, Difference("a", Kind.HISTORY, 2, 2)),
    ],
    ids=lambda each: each.kind.name if isinstance(each, Difference) else None,
)
def test_each_difference_is_named_once(told: dict[str, Held], shown: dict[str, Held], expected: Difference) -> None:
    assert found(told, shown) == [expected]


def test_views_that_keep_no_history_are_not_asked_for_one() -> None:
    assert found({"a": TWO}, {"a": Held(2, "two", None)}) == []


def test_what_was_written_while_the_views_were_read_is_no_difference() -> None:
    """Told since, and shown already or not yet."""
    assert found({"a": ONE}, {"a": TWO}, after={"a": TWO}) == []
    assert found({"a": ONE}, {"a": ONE}, after={"a": TWO}) == []
    assert found({}, {"a": ONE}, after={"a": ONE}) == []
    assert found({}, {}, after={"a": ONE}) == []
