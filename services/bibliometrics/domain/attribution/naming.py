"""Which entities an affiliation text names: all patterns at once, the longest winning over what it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.bibliometrics.domain.names import Pattern, Said, words_of
from services.bibliometrics.domain.periods import Period

from .evidence import Clue

_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Signature:
    """An identifier or a name under which an entity signs, and when."""

    entity: str
    clue: Clue
    value: str
    period: Period


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a text: `words` are the places of those that it reads."""

    signature: Signature
    words: frozenset[int]


_Wanted = tuple[Pattern, frozenset[str], Signature]
"""A pattern, the words that a text must hold to bear it, and whose it is."""


class Names:
    """The patterns of all entities, by a word that a text must hold; it remembers the latest texts that it read."""

    __slots__ = ("_anywhere", "_by_word", "_found")

    def __init__(self, signatures: Iterable[Signature]) -> None:
        self._by_word: dict[str, list[_Wanted]] = {}
        self._anywhere: list[_Wanted] = []
        for signature in signatures:
            self._keep(Pattern.of(signature.value), signature)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._search)

    def read(self, text: str, year: int | None) -> Sequence[Signature]:
        """The names in force in the year that a text bears, each once, without those inside another entity's name."""
        found = [each for each in self._found(text) if each.signature.period.applies_in(year)]
        if len(found) < 2:  # noqa: PLR2004 - most texts: nothing is inside anything
            return [each.signature for each in found]
        kept = [each.signature for each in found if not any(_covers(other, each) for other in found)]
        return list(dict.fromkeys(kept))

    def _keep(self, pattern: Pattern, signature: Signature) -> None:
        literals = pattern.literals
        rarest = max(literals, key=lambda word: (len(word), word), default=None)
        shelf = self._anywhere if rarest is None else self._by_word.setdefault(rarest, [])
        shelf.append((pattern, literals, signature))

    def _search(self, text: str) -> tuple[_Found, ...]:
        held = frozenset(words_of(text))
        candidates = list(self._anywhere)
        for word in self._by_word.keys() & held:
            candidates += (each for each in self._by_word[word] if each[1] <= held)
        if not candidates:  # most texts
            return ()
        said = Said.of(text)
        return tuple(
            _Found(signature, frozenset(places))
            for pattern, _, signature in candidates
            for places in pattern.places(said)
        )


def _covers(other: _Found, each: _Found) -> bool:
    return each.words < other.words and other.signature.entity != each.signature.entity
