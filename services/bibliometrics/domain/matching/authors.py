"""Whether two first authors have one family name, whichever way round their names are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.bibliometrics.domain.normalising import folded
from services.bibliometrics.domain.publication import Author

_PARTICLE_WORDS = """
    al af bin ben bint da dal de del della den der des di do dos du el ibn la las le les los ould saint san st te ten
    ter van vom von zu zum zur
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_ABBREVIATED = 3  # letters that a given name keeps before its point


@dataclass(frozen=True, slots=True)
class Name:
    """What a written name says: its family name where the form tells which it is, and its words, initials apart.

    « Martin, Jeanne » and « Martin J. » tell their family name. « Jeanne Martin », which may be « Martin Jeanne », « J.
    Martin » and « Jeanne M. Martin » do not. `letters` begin the words and the initials that precede the last word.
    """

    family: frozenset[str]
    words: tuple[str, ...]
    letters: frozenset[str]


def same_family_name(one: Author, other: Author) -> bool:
    """Whether what one tells as a family name is so of the other, or is among its words where it tells none."""
    names, others = _names(one), _names(other)
    family, other_family = _family(names), _family(others)
    if family and other_family:
        return not family.isdisjoint(other_family)
    if family or other_family:
        untold = others if family else names
        return any(not (family or other_family).isdisjoint(each.words) for each in untold)
    return any(_alike(each, another) for each in names for another in others)


def _names(author: Author) -> list[Name]:
    return [_name(text) for text in {author.name, author.full_name} if text]


def _family(names: Iterable[Name]) -> frozenset[str]:
    return frozenset[str]().union(*(each.family for each in names))


def _alike(one: Name, other: Name) -> bool:
    """Whether two names of which neither tells the family name have the same words, or end the same and begin alike."""
    if not one.words or not other.words:
        return False
    if set(one.words) == set(other.words):
        return True
    begun = not one.letters or not other.letters or not one.letters.isdisjoint(other.letters)
    return begun and one.words[-1] == other.words[-1]


@lru_cache(maxsize=50_000)
def _name(text: str) -> Name:
    family, comma, _ = text.partition(",")
    written = [each for each in family.split() if folded(each) and folded(each) not in _SUFFIXES]
    kept = [not _is_initial(each) for each in written]
    words = _words([each for each, is_word in zip(written, kept, strict=True) if is_word])
    ends_with_initials = any(kept) and kept == sorted(kept, reverse=True) and not kept[-1]
    letters = frozenset(piece[0] for each in written for piece in folded(each).split() if piece not in words[-1:])
    return Name(frozenset(words) if comma or ends_with_initials else frozenset(), words, letters)


def _is_initial(written: str) -> bool:
    """Whether this stands for a given name: « J », « J.-P. », « Th. »."""
    return max(map(len, folded(written).split())) <= (_ABBREVIATED if written.endswith(".") else 1)


def _words(written: Sequence[str]) -> tuple[str, ...]:
    """Their words of two letters at least, but for the particles that another word follows: « El Housse » is housse."""
    pieces = [piece for each in written for piece in folded(each).split() if len(piece) > 1]
    return tuple(piece for piece in pieces[:-1] if piece not in _PARTICLES) + tuple(pieces[-1:])
