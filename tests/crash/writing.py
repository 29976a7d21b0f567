"""The writers of a crash: some to each owner, under names of their own."""

import random

from tests.crash.observing import Observing
from tests.crash.publishing import Publishing
from tests.crash.stepping import Stepping
from tests.crash.writers import Ledger, Writer

_EACH = 2


def new_writers(chance: random.Random, ledger: Ledger) -> list[Writer]:
    observing: list[Writer] = [Observing(f"o{number}", chance, ledger) for number in range(_EACH)]
    stepping = [Stepping(f"s{number}", chance, ledger) for number in range(_EACH)]
    return [*observing, *stepping, *(Publishing(f"p{number}", chance, ledger) for number in range(_EACH))]
