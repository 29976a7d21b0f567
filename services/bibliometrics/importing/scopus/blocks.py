"""The affiliations of each author: « Authors with affiliations », where every block is surely somebody's."""

from collections.abc import Sequence

from .cells import text

_LONGEST_NAME = 4  # comma-separated pieces: « Wesseh, P.K., Jr. », and one to spare


def blocks_of(cell: str) -> list[str]:
    return list(filter(None, map(str.strip, text(cell).split("; ")))) if cell else []


def aligned(blocks: Sequence[str], names: Sequence[str]) -> list[str] | None:
    """The text of each author's block without the name; none where blocks and authors can't be matched one by one.

    An affiliation may hold « ; » itself: what begins with no author's name continues the block before.
    """
    texts: list[str] = []
    for block in blocks:
        rest = _without_name(block, names[len(texts)]) if len(texts) < len(names) else None
        if rest is not None:
            texts.append(rest)
        elif texts:
            texts[-1] += f"; {block}"
        else:
            return None
    return texts if len(texts) == len(names) else None


def _without_name(block: str, name: str) -> str | None:
    """What follows the name, most often written as it is among the authors; else whatever its spaces and commas."""
    if block.startswith(f"{name}, "):
        return block[len(name) + 2 :]
    key, pieces = _compact(name), block.split(", ", _LONGEST_NAME)
    for length in range(1, min(len(pieces), _LONGEST_NAME) + 1):
        if _compact("".join(pieces[:length])) == key:
            return ", ".join(pieces[length:])
    return None


def _compact(name: str) -> str:
    return name.replace(" ", "").replace(",", "").replace("\xa0", "")
