"""Where a page leads: to the other years, entities and contracts, to itself today, and to what a machine reads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .addresses import Addresses, bibliometrics_page, contract_page, milestones_page
from .choices import Chosen
from .showing import Around
from .way import Way


@dataclass(frozen=True, slots=True)
class Ways:
    """`today` is the page itself, with what is known now; `kept` is what a form on it must not lose."""

    years: Sequence[Way]
    entities: Sequence[Way]
    contracts: Sequence[Way]
    machines: Sequence[Way]
    today: str
    kept: dict[str, str] = field(default_factory=dict)


_MILESTONES, _BIBLIOMETRICS = "Jalons", "Bibliométrie"
_AFTER = [("manques", "Ce qui manque"), ("divergences", "Divergences"), ("entites", "Le groupe et ses entités")]


def places(domains: Iterable[str]) -> list[tuple[str, str]]:
    """What is where in the page of a year."""
    numbered = [(f"domaine-{number}", label) for number, label in enumerate(domains, 1)]
    return [("tableau", "Tableau de bord"), ("jalons", "Jalons"), *numbered, *_AFTER]


def of_year(around: Around, address: Addresses, year: int, entity: str) -> Ways:
    return Ways(
        years=_years(around, address, entity, str(year)),
        entities=[Way(label, address.page(year, code), code == entity) for code, label in around.everyone],
        contracts=_contracts(around, contract_page),
        machines=_machines(around, address, entity, address.data(year, entity)),
        today=address.today.page(year, entity),
    )


def of_milestones(around: Around, address: Addresses, entity: str) -> Ways:
    return Ways(
        years=_years(around, address, entity, _MILESTONES),
        entities=[Way(label, address.milestones(code), code == entity) for code, label in around.everyone],
        contracts=_contracts(around, milestones_page),
        machines=_machines(around, address, entity, address.milestones_data(entity)),
        today=address.today.milestones(entity),
    )


def of_bibliometrics(around: Around, address: Addresses, chosen: Chosen, year: int) -> Ways:
    """The entities' own pages are those of a year of the contract: that one, or the nearest."""
    group, fields = around.contract.entity, chosen.fields()
    followed = min(max(year, around.years[0]), around.years[-1])
    return Ways(
        years=_years(around, address, group, _BIBLIOMETRICS),
        entities=[Way(label, address.page(followed, code)) for code, label in around.everyone],
        contracts=_contracts(around, bibliometrics_page),
        machines=_own(address, address.bibliometrics_data(fields)),
        today=address.today.bibliometrics(fields),
        kept=fields,
    )


def _years(around: Around, address: Addresses, entity: str, here: str) -> list[Way]:
    """The years, then what is told of all of them at once."""
    reference = around.contract.reference_year
    years = [
        Way(str(year), address.page(year, entity), str(year) == here, "référence" if year == reference else None)
        for year in around.years
    ]
    others = {_MILESTONES: address.milestones(entity), _BIBLIOMETRICS: address.bibliometrics({})}
    return [*years, *(Way(label, page, label == here) for label, page in others.items())]


def _contracts(around: Around, page: Callable[[str], str]) -> list[Way]:
    own = around.contract.code
    return [Way(each.label, page(each.code), each.code == own) for each in around.contracts]


def _machines(around: Around, address: Addresses, entity: str, data: str) -> list[Way]:
    """Without a plan of milestones there is nothing to put into its files."""
    own = _own(address, data)
    files = [
        Way("Les dates des jalons, pour un agenda (iCalendar)", address.calendar(entity)),
        Way("L’avancement des jalons, pour un tableur (CSV)", address.progress(entity)),
    ]
    return own + files if around.has_milestones else own


def _own(address: Addresses, data: str) -> list[Way]:
    return [
        Way("Cette page pour une machine (JSON)", data),
        Way("Les définitions du contrat (JSON)", address.definitions()),
    ]
