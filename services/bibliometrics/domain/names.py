"""Name patterns of institutions: how they are written, and where they are found in an affiliation text."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .normalising import folded

ANY = "*"
_LETTER = "ꙮ"  # stands for `*` while a pattern is folded: a letter that no name has
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile("[,;|]")
_ACCENTS = re.compile("[\u0300-\u034e]+")


def words_of(text: str) -> list[str]:
    """The words of `folded`, faster where the text is plain but for accents, as most affiliations are."""
    plain = _plain(text)
    return _PLAIN_WORD.findall(plain) if plain.isascii() else folded(text).split()


def _plain(text: str) -> str:
    shown = html.unescape(text)
    return shown.lower() if shown.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", shown).casefold())


def _pieces(text: str) -> list[list[str]]:
    """The words of a text, parted where it has separators."""
    plain = _plain(text)
    if plain.isascii():
        return [_PLAIN_WORD.findall(piece) for piece in _SEPARATOR.split(plain)]
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return [_WORD.findall(piece) for piece in _SEPARATOR.split(bare)]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text, and the places where a piece of it begins: after a comma, a semicolon or a bar."""

    words: Sequence[str]
    parted: frozenset[int] = frozenset()

    @classmethod
    def of(cls, text: str) -> "Said":
        """What an affiliation text says."""
        words: list[str] = []
        parted: list[int] = []
        for piece in _pieces(text):
            parted.append(len(words))
            words += piece
        return cls(words, frozenset(parted))


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent words; nothing may part those at the `tight` places from the ones that they follow."""

    words: tuple[str, ...]
    tight: tuple[int, ...]

    def is_whole(self, said: Said, start: int) -> bool:
        """Whether no separator parts it where it may not, once its words are found there."""
        return not any(start + place in said.parted for place in self.tight)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Runs of adjacent whole words, between which any number of words may stand; `telecom*` is any word so begun.

    A separator of the text (« , », « ; », « | ») parts a run, save where the pattern has one too: « ENST, Paris » is
    found with its comma or without. « Mines * Étienne » is two runs, whatever is between. A `*` before the first word
    or after the last says nothing, and is left out.
    """

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """The pattern that a cell writes; it has no run where the cell holds no letter and no figure."""
        return cls(tuple(_runs(Said.of(text.replace(ANY, _LETTER)))))

    @property
    def literals(self) -> frozenset[str]:
        """The words that a text must hold as they are."""
        return frozenset(word for run in self.runs for word in run.words if ANY not in word)

    @property
    def letters(self) -> int:
        """How many letters and figures it has."""
        return sum(len(word.replace(ANY, "")) for run in self.runs for word in run.words)

    @property
    def length(self) -> int:
        """How many words it has."""
        return sum(len(run.words) for run in self.runs)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places where it is found, from its first word to after its last, in words of the text."""
        return [(places[0], places[-1] + 1) for places in self.places(Said.of(text))]

    def places(self, said: Said) -> list[tuple[int, ...]]:
        """The words that each match reads: those that a `*` between words skips are not its own."""
        return list(_matches(said, self.runs)) if self.runs else []


def _runs(said: Said) -> Iterator[Run]:
    words = [word.replace(_LETTER, ANY) for word in said.words]
    first = 0
    for place, word in enumerate((*words, ANY)):
        if not word.strip(ANY):
            if first < place:
                tight = (each - first for each in range(first + 1, place) if each not in said.parted)
                yield Run(tuple(words[first:place]), tuple(tight))
            first = place + 1


def _matches(said: Said, runs: Sequence[Run]) -> Iterator[tuple[int, ...]]:
    """From each place of the first run, the nearest places of the following ones."""
    for start in _starts(said, runs[0], 0):
        places = [*range(start, start + len(runs[0].words))]
        for run in runs[1:]:
            following = next(_starts(said, run, places[-1] + 1), None)
            if following is None:
                return
            places += range(following, following + len(run.words))
        yield tuple(places)


def _starts(said: Said, run: Run, first: int) -> Iterator[int]:
    wanted = run.words
    for start in _openings(said.words, wanted[0], first):
        following = said.words[start + 1 : start + len(wanted)]
        fits = len(following) == len(wanted) - 1 and all(map(_agrees, following, wanted[1:]))
        if fits and run.is_whole(said, start):
            yield start


def _openings(words: Sequence[str], wanted: str, first: int) -> Iterator[int]:
    """The places of one word."""
    places = range(first, len(words))
    if ANY in wanted:
        return (place for place in places if _agrees(words[place], wanted))
    return (place for place in places if words[place] == wanted)


def _agrees(word: str, wanted: str) -> bool:
    return word == wanted or (ANY in wanted and bool(_shape(wanted).fullmatch(word)))


@lru_cache(maxsize=1_000)
def _shape(wanted: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in wanted.split(ANY)))
