"""What the entities commit to together, where its reconciliation says that it is not what the group commits to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from services.gateway.domain.definition import TargetRow
from services.gateway.domain.group.aggregation import ADDABLE
from services.gateway.domain.group.commitments import Commitments, Judged, Word, commitments
from services.gateway.domain.group.wording import distance
from services.gateway.domain.targets import Measure, constant_year, path
from services.gateway.domain.typography import level, number, percent, quantity, typeset
from services.gateway.domain.values import WIDE, rounded

from .book import Book
from .figures import signed
from .findings import Found, Place, at_point, at_target

_HUNDRED = Decimal(100)
_LESS, _MORE, _OVER = "restent en deçà", "vont au-delà", "dépassent"


@dataclass(frozen=True, slots=True)
class Compared:
    """A target of the group in a year, with its place, and Σ of the entities' pledges beside it."""

    row: TargetRow
    place: Place
    source: str
    measure: Measure
    found: Commitments

    @property
    def is_open(self) -> bool:
        """« Stable ou croissant » has nothing beyond it."""
        return self.row.operand == "baseline"

    @property
    def is_grown(self) -> bool:
        return self.found.judged_on is Judged.CHANGE


def short(book: Book) -> Iterator[Found]:
    """The entities commit to less than the group; not known as long as one of them has not said."""
    for each in _compared(book):
        if each.found.verdict is Word.SHORT:
            yield _found(book, each, _OVER if each.found.is_ceiling else _LESS)


def beyond(book: Book) -> Iterator[Found]:
    """The entities commit to more than the group."""
    for each in _compared(book):
        if each.found.verdict is Word.BEYOND and not each.is_open:
            yield _found(book, each, _LESS if each.found.is_ceiling else _MORE)


def _compared(book: Book) -> Iterator[Compared]:
    """Every target of the group that entities add up to, for its due year and for each point of its path."""
    for indicator in book.definition.indicators:
        if indicator.aggregation not in ADDABLE:
            continue
        group = replace(book.committed(indicator.code, book.group), ledger=book.ledger(indicator.code))
        entities = [book.committed(indicator.code, each) for each in book.members]
        for row in book.targets(indicator.code, book.group):
            own = replace(group, targets=[book.target(row)])
            for place, year, source in _places(book, row):
                if found := commitments(indicator.aggregation, own, entities, year):
                    yield Compared(row, place, source, book.measure(indicator.code), found)


def _places(book: Book, row: TargetRow) -> Iterator[tuple[Place, int, str]]:
    yield at_target(row), row.due_year, row.source
    for each in path(book.definition, row):
        if each.year < row.due_year:
            yield at_point(each), each.year, each.source


def _found(book: Book, compared: Compared, verb: str) -> Found:
    """The sum, what the group asks for, and how far the one is from the other."""
    found = compared.found
    said = f"En {found.year}, les cibles {_of_whom(found)} font ensemble {_together(compared)}"
    away = distance(found, compared.measure)
    sentence = f"{said}, pour {_asked(compared)} au groupe : elles {verb} de {away}{_reserve(book, compared)}."
    return Found(compared.place, typeset(sentence), compared.source)


def _together(compared: Compared) -> str:
    adjusted = compared.found.adjusted
    level_said = quantity(adjusted.low, compared.measure) if adjusted else ""
    return f"{level_said}{_euros(compared.row)}{_growth(compared)}"


def _euros(row: TargetRow) -> str:
    year = constant_year(row.basis)
    return f" en euros constants de {year}" if year else ""


def _growth(compared: Compared) -> str:
    """The growth of the sum, where growths are compared."""
    change, base = compared.found.entities.change, compared.found.entities.baseline
    if not compared.is_grown or change is None or base is None:
        return ""
    return f" ({percent(change.low)} depuis {level(base, compared.measure)})"


def _of_whom(found: Commitments) -> str:
    count = found.completeness.expected
    return "de l’entité concernée" if count == 1 else f"des {count} entités concernées"


def _asked(compared: Compared) -> str:
    asked = compared.found.asked
    if compared.is_grown and compared.is_open:
        return f"« {compared.row.text} »"
    ends = dict.fromkeys((asked.low, asked.high) if asked else ())
    return " à ".join(_percent(each) if compared.is_grown else level(each, compared.measure) for each in ends)


def _percent(ratio: Decimal) -> str:
    """A growth as it is printed: +5 %."""
    return signed(rounded(WIDE.multiply(ratio, _HUNDRED), 1).normalize(WIDE), "percent")


def _reserve(book: Book, compared: Compared) -> str:
    """What the sum includes: adjustments, and what several entities count."""
    amount = compared.found.adjustment
    adjusted = f", ajustements compris ({number(amount, compared.measure.decimals)})" if amount else ""
    distinct = book.indicator(compared.row.indicator).aggregation == "distinct"
    twice = " ; la somme compte plusieurs fois ce que des entités partagent : c’est un maximum" if distinct else ""
    return adjusted + twice
