"""The contracts: what each states, and what may be asked of it."""

from services.gateway.facts import ContractFacts, group_of
from services.gateway.schemas.contracts import ContractItem, ContractView
from shared.events.contract import ContractBody
from shared.problems import Invalid, NotFound

_TABLES = {
    "entities", "objectives", "indicators", "benchmarks", "deflators", "hypotheses", "adjustments", "printed_changes",
    "printed_values", "breaks", "notes",
}  # fmt: skip


def contract_item(definition: ContractBody, version: int, observed_years: list[int]) -> ContractItem:
    header = definition.header
    return ContractItem(
        code=header.code,
        label=header.label,
        version=version,
        start_year=header.start_year,
        end_year=header.end_year,
        reference_year=header.reference_year,
        entity=group_of(definition),
        observed_years=observed_years,
    )


def contract_view(facts: ContractFacts, watermark: str) -> ContractView:
    header = facts.definition.header
    tables = facts.definition.model_dump(mode="json", include=_TABLES)
    item = contract_item(facts.definition, facts.version, facts.observed_years()).model_dump()
    return ContractView(**item, source=header.source, note=header.note, watermark=watermark, **tables)


def admit(definition: ContractBody, entity: str | None, year: int | None) -> None:
    """Raises NotFound on an entity that the contract does not name, Invalid on a year outside it."""
    known = years_of(definition)
    if entity is not None and entity not in {each.code for each in definition.entities}:
        raise NotFound(f"L’entité « {entity} » n’est pas dans ce contrat.")
    if year is not None and year not in known:
        raise Invalid(f"L’année {year} est hors du contrat : demandez de {known[0]} à {known[-1]}.")


def years_of(definition: ContractBody) -> range:
    """From the reference year to the contract's last, or to that of its furthest target."""
    last = max([definition.header.end_year, *(target.due_year for target in definition.targets)])
    return range(definition.header.reference_year, last + 1)


def year_of(facts: ContractFacts, asked: int | None) -> int:
    """The year asked, or the last one observed of the contract's own years, or the first of them."""
    header = facts.definition.header
    own = range(header.start_year, header.end_year + 1)
    told = {*facts.observed_years(), *facts.rehearsed_years()}
    return asked or max((year for year in told if year in own), default=own[0])
