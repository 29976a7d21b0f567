"""Which version of a classifier maps publications to goals: one at a time, for versions give different counts."""

import re
from collections import Counter
from collections.abc import Iterable

from .rows import Counted

_YEAR = re.compile(r"\d{4}")
_CROSS_CHECK = "openalex"


def numbers_in(row: Counted, mapping: str) -> tuple[int, ...] | None:
    """The goals that one version finds (perhaps none of them); none where the row has no column of that version."""
    for goals in row.goals:
        if goals.mapping == mapping:
            return goals.numbers
    return None


def covered(rows: Iterable[Counted]) -> dict[str, int]:
    """How many rows have a column of each version, OpenAlex's included, in the order of the versions."""
    found = Counter(mapping for row in rows for mapping in {goals.mapping for goals in row.goals})
    return dict(sorted(found.items(), key=lambda each: _age(each[0])))


def chosen(mappings: dict[str, int]) -> str | None:
    """The newest version that covers every row that any covers; without such a one, the newest of the widest.

    OpenAlex's own mapping is never chosen: it is a cross-check. To compare years, choose once for all of their rows.
    """
    own = {mapping: count for mapping, count in mappings.items() if not mapping.startswith(_CROSS_CHECK)}
    return max(own, key=lambda mapping: (own[mapping], _age(mapping)), default=None)


def _age(mapping: str) -> tuple[int, str]:
    year = _YEAR.search(mapping)
    return int(year[0]) if year else 0, mapping
