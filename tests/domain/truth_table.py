"""The truth table: every case of every kind, each worked out by hand."""

from .truth_table_balance import BALANCE
from .truth_table_floors import FLOORS
from .truth_table_growths import GROWTHS
from .truth_table_levels import LEVELS
from .truth_table_money import MONEY
from .truth_table_ranges import RANGES
from .truth_table_silences import SILENCES
from .truth_table_stable import STABLE
from .truth_table_sums import SUMS

KINDS = (LEVELS, GROWTHS, MONEY, FLOORS, STABLE, RANGES, SUMS, BALANCE, SILENCES)
CASES = [case for kind in KINDS for given in kind for case in given.cases()]
