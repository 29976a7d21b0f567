"""Where a page leads: to the other years, entities and contracts, to itself today, and to what a machine reads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .addresses import Addresses, contract_page, milestones_page
from .showing import Around


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    address: str
    is_here: bool = False
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """`today` is the page itself, with what is known now."""

    years: Sequence[Way]
    entities: Sequence[Way]
    contracts: Sequence[Way]
    machines: Sequence[Way]
    today: str


_AFTER = [("manques", "Ce qui manque"), ("divergences", "Divergences"), ("entites", "Le groupe et ses entités")]


def places(domains: Iterable[str]) -> list[tuple[str, str]]:
    """What is where in the page of a year."""
    numbered = [(f"domaine-{number}", label) for number, label in enumerate(domains, 1)]
    return [("tableau", "Tableau de bord"), ("jalons", "Jalons"), *numbered, *_AFTER]


def of_year(around: Around, address: Addresses, year: int, entity: str) -> Ways:
    return Ways(
        years=_years(around, address, entity, year),
        entities=[Way(label, address.page(year, code), code == entity) for code, label in around.everyone],
        contracts=_contracts(around, contract_page),
        machines=_machines(around, address, entity, address.data(year, entity)),
        today=address.today.page(year, entity),
    )


def of_milestones(around: Around, address: Addresses, entity: str) -> Ways:
    return Ways(
        years=_years(around, address, entity, None),
        entities=[Way(label, address.milestones(code), code == entity) for code, label in around.everyone],
        contracts=_contracts(around, milestones_page),
        machines=_machines(around, address, entity, address.milestones_data(entity)),
        today=address.today.milestones(entity),
    )


def _years(around: Around, address: Addresses, entity: str, here: int | None) -> list[Way]:
    """The years, then the milestones of all of them; the page that is none of the years is theirs."""
    reference = around.contract.reference_year
    years = [
        Way(str(year), address.page(year, entity), year == here, "référence" if year == reference else None)
        for year in around.years
    ]
    return [*years, Way("Jalons", address.milestones(entity), here is None)]


def _contracts(around: Around, page: Callable[[str], str]) -> list[Way]:
    own = around.contract.code
    return [Way(each.label, page(each.code), each.code == own) for each in around.contracts]


def _machines(around: Around, address: Addresses, entity: str, data: str) -> list[Way]:
    """Without a plan of milestones there is nothing to put into its files."""
    own = [
        Way("Cette page pour une machine (JSON)", data),
        Way("Les définitions du contrat (JSON)", address.definitions()),
    ]
    files = [
        Way("Les dates des jalons, pour un agenda (iCalendar)", address.calendar(entity)),
        Way("L’avancement des jalons, pour un tableur (CSV)", address.progress(entity)),
    ]
    return own + files if around.has_milestones else own
