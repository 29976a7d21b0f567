"""What is counted unless a package says otherwise: measures.csv, beside this file, in the form of a package's table."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from shared.spreadsheets import read_table

from .domain.registry import Measure
from .rows import TABLES

_FILE = Path(__file__).parent / "measures.csv"


def measures(indicators: Collection[str]) -> tuple[Measure, ...]:
    """Those whose indicator is among these; all of them where a package names no indicator."""
    return tuple(each for each in _all() if not indicators or each.indicator in indicators)


@cache
def _all() -> tuple[Measure, ...]:
    table = read_table(_FILE.read_bytes())
    return tuple(row for _, row in TABLES.parse("measures", [cells for _, cells in table.rows]).rows)
