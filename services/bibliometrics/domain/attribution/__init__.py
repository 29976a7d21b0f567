"""Which entities a publication is attributed to, in which perimeters, and what explains it."""

from .attributing import attribute
from .evidence import Attribution, Clue, Evidence, Ruling, Verdict
from .rules import Rules

__all__ = ["Attribution", "Clue", "Evidence", "Rules", "Ruling", "Verdict", "attribute"]
