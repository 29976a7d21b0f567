"""The ways in which a person's name may be written, so that « Durand M. », « M. Durand », « Durand, Marie » meet."""

from collections.abc import Iterator, Sequence

from services.bibliometrics.domain.names import words_of

Key = tuple[str, ...]
"""Folded words in alphabetical order: the order in which a name is written says nothing."""


def key(name: str) -> Key:
    return tuple(sorted(words_of(name)))


def is_initialled(name: str) -> bool:
    """Whether given names are reduced to initials: « Durand, M.-C. », « M. Durand »."""
    if "," in name:
        given = words_of(name.partition(",")[2])
        return all(len(word) == 1 for word in given)
    return any(len(word) == 1 for word in words_of(name))


def initialled(name: str) -> set[Key]:
    """The keys of a family name with initials, of all given names or of the first ones, apart or in one word (« JP »).

    Without a comma any of the first or last words may be the family name.
    """
    return {
        tuple(sorted([*family, *short]))
        for family, given in _readings(name)
        for short in _shortened(given)
        if family and given
    }


def _readings(name: str) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    family, comma, given = name.partition(",")
    if comma:
        yield words_of(family), words_of(given)
        return
    words = words_of(name)
    for place in range(1, len(words)):
        yield words[:place], words[place:]
        yield words[place:], words[:place]


def _shortened(given: Sequence[str]) -> Iterator[Sequence[str]]:
    initials = [word[0] for word in given]
    yield from (initials[:count] for count in range(1, len(initials) + 1))
    yield ["".join(initials)]
    yield [*given[:1], *initials[1:]]
