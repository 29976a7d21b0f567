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
_ACCENTS = re.compile("[\u0300-\u034e]+")
Run = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of `folded`, faster where the text is plain but for accents, as most affiliations are."""
    shown = html.unescape(text)
    plain = shown.lower() if shown.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", shown).casefold())
    return _PLAIN_WORD.findall(plain) if plain.isascii() else folded(text).split()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Runs of adjacent whole words, between which any number of words may stand; `telecom*` is any word so begun.

    « Mines * Étienne » is two runs. A `*` before the first word or after the last says nothing, and is left out.
    """

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """The pattern that a cell writes; it has no run where the cell holds no letter and no figure."""
        tokens = [word.replace(_LETTER, ANY) for word in folded(text.replace(ANY, _LETTER)).split()]
        return cls(tuple(_runs(tokens)))

    @property
    def literals(self) -> frozenset[str]:
        """The words that a text must hold as they are."""
        return frozenset(word for run in self.runs for word in run if ANY not in word)

    @property
    def letters(self) -> int:
        """How many letters and figures it has."""
        return sum(len(word.replace(ANY, "")) for run in self.runs for word in run)

    @property
    def length(self) -> int:
        """How many words it has."""
        return sum(len(run) for run in self.runs)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places where it is found, from its first word to after its last, in words of the text."""
        return [(places[0], places[-1] + 1) for places in self.places(words_of(text))]

    def places(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The words that each match reads: those that a `*` between words skips are not its own."""
        return list(_matches(words, self.runs)) if self.runs else []


def _runs(tokens: Sequence[str]) -> Iterator[Run]:
    run: list[str] = []
    for token in tokens:
        if token.strip(ANY):
            run.append(token)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _matches(words: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[int, ...]]:
    """From each place of the first run, the nearest places of the following ones."""
    for start in _starts(words, runs[0], 0):
        places = [*range(start, start + len(runs[0]))]
        for run in runs[1:]:
            following = next(_starts(words, run, places[-1] + 1), None)
            if following is None:
                return
            places += range(following, following + len(run))
        yield tuple(places)


def _starts(words: Sequence[str], run: Run, first: int) -> Iterator[int]:
    for start in _openings(words, run[0], first):
        following = words[start + 1 : start + len(run)]
        if len(following) == len(run) - 1 and all(map(_agrees, following, run[1:])):
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
