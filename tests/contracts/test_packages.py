"""Every contract package is valid, holds the columns of the domain and nothing else, and is documented in full."""

import json
import re
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import frictionless
import pytest

from services.bibliometrics.rows import KEYS as BIBLIOMETRICS_KEYS
from services.bibliometrics.rows import TABLES as BIBLIOMETRICS
from services.indicators.domain import validation as indicators
from services.indicators.rows import TABLES as INDICATORS
from services.milestones.domain import validation as milestones
from services.milestones.rows import KEYS as MILESTONE_KEYS
from services.milestones.rows import TABLES as MILESTONES

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"
PACKAGES = sorted(folder for folder in CONTRACTS.iterdir() if folder.is_dir())
LIVE_ONLY = {("observations", "reason")}
ROW_TYPES: dict[str, Any] = {**BIBLIOMETRICS._models, **MILESTONES._models, **INDICATORS._models}
"""Of a table that several owners take the indicators keep all, and the others a part."""
ROW_KEYS = {
    **BIBLIOMETRICS_KEYS,
    **MILESTONE_KEYS,
    **indicators.KEYS,
    "observations": ("indicator", "entity", "year", "basis", "perimeter"),
    "steps": ("code",),
    "progress": ("step", "year", "entity"),
}
LISTS = {("milestones", "indicators")}
"""Several codes in one cell, which a foreign key cannot say."""
REFERENCES = {
    **milestones.REFERENCES,
    **indicators.REFERENCES,
    "observations": {"indicator": "indicators", "entity": "entities"},
    "measures": {"indicator": "indicators"},
    "affiliations": {"entity": "entities"},
    "staff": {"entity": "entities"},
    "progress": {"step": "steps", "entity": "entities"},
}
WHOLE_KEYS = {"trajectory": {("indicator", "entity", "target", "targets")}}
"""A point is that of a target, by the whole of its key."""
TYPES = {str: "string", int: "integer", Decimal: "number", bool: "boolean", date: "date"}


def table_fields(table: str) -> list[Field[Any]]:
    return [field for field in fields(ROW_TYPES[table]) if (table, field.name) not in LIVE_ONLY]


def columns(table: str) -> set[str]:
    return {field.name for field in table_fields(table)}


def kind(table: str, column: str) -> Any:
    """The type of a cell that is not empty."""
    hint = get_type_hints(ROW_TYPES[table])[column]
    return next((each for each in get_args(hint) if each is not NoneType), hint)


def column_type(table: str, column: str) -> str:
    return next((name for each, name in TYPES.items() if kind(table, column) is each), "string")


def enum_values(table: str, column: str) -> list[str] | None:
    found = kind(table, column)
    return [member.value for member in found] if isinstance(found, type) and issubclass(found, StrEnum) else None


def foreign_keys(table: str, present: set[str]) -> set[tuple[str, ...]]:
    """The columns that name a code of another table, of those that the package has."""
    named = REFERENCES.get(table, {}).items()
    return {(column, other) for column, other in named if other in present and (table, column) not in LISTS}


def resources(package: Path) -> list[dict[str, Any]]:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = descriptor["resources"]
    return listed


def sections() -> dict[str, str]:
    """The README's section on each table, by table."""
    parts = re.split(r"^#+ ", (CONTRACTS / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    titled = ((re.match(r"`(\w+)\.csv`\n", part), part) for part in parts)
    return {title[1]: part for title, part in titled if title}


def documented(section: str) -> dict[str, bool]:
    """The columns in their order, and whether each is said to be required."""
    return {name: said == "oui" for name, said in re.findall(_COLUMN, section, flags=re.MULTILINE)}


_COLUMN = r"^\| `(\w+)` \|[^|]+\|[^|]+\| *(oui|) *\|[^|]+\|$"


def documented_key(section: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`(\w+)`", re.findall(r"^Clé.*$", section, flags=re.MULTILINE)[0]))


each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)


@each_package
def test_a_package_is_valid(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = frictionless.validate(str((package / "datapackage.json").relative_to(ROOT)))
    assert report.flatten(["path", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


@each_package
def test_a_package_is_named_after_its_folder(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["name"] == package.name
    assert (package / "contract.csv").read_text(encoding="utf-8").splitlines()[1].startswith(f"{package.name},")


@each_package
def test_a_package_lists_every_table_that_it_holds(package: Path) -> None:
    assert {resource["path"] for resource in resources(package)} == {table.name for table in package.glob("*.csv")}
    assert {resource["path"] for resource in resources(package)} >= {"contract.csv", "entities.csv", "indicators.csv"}


@each_package
def test_the_columns_of_a_table_are_those_of_the_readme(package: Path) -> None:
    for resource in resources(package):
        header = (package / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header == list(documented(sections()[resource["name"]])), resource["path"]
        assert header == [field["name"] for field in resource["schema"]["fields"]], resource["path"]


@each_package
def test_a_schema_describes_the_columns_of_the_domain_as_it_reads_them(package: Path) -> None:
    for resource in resources(package):
        described = {field["name"]: field for field in resource["schema"]["fields"]}
        assert described.keys() == columns(resource["name"])
        for field in table_fields(resource["name"]):
            constraints = described[field.name].get("constraints", {})
            assert described[field.name]["description"], field.name
            assert described[field.name]["type"] == column_type(resource["name"], field.name), field.name
            assert constraints.get("required", False) is (field.default is MISSING), field.name
            assert constraints.get("enum") == enum_values(resource["name"], field.name), field.name


@each_package
def test_a_schema_names_the_tables_that_the_domain_refers_to(package: Path) -> None:
    present = {resource["name"] for resource in resources(package)}
    for resource in resources(package):
        keys = resource["schema"].get("foreignKeys", [])
        named = {(*key["fields"], key["reference"]["resource"] or resource["name"]) for key in keys}
        expected = foreign_keys(resource["name"], present) | WHOLE_KEYS.get(resource["name"], set())
        assert named == expected, resource["name"]


@each_package
def test_the_primary_key_of_a_table_is_the_key_of_the_domain(package: Path) -> None:
    for resource in resources(package):
        assert tuple(resource["schema"]["primaryKey"]) == ROW_KEYS[resource["name"]], resource["name"]


@each_package
def test_tables_are_utf8_without_bom_and_end_lines_with_lf(package: Path) -> None:
    for table in package.glob("*.csv"):
        content = table.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), table.name
        assert b"\r" not in content, table.name
        assert content.endswith(b"\n"), table.name


def test_the_readme_documents_every_table_and_column_and_says_which_are_required() -> None:
    said = {table: documented(text) for table, text in sections().items()}
    assert said == {
        table: {field.name: field.default is MISSING for field in table_fields(table)} for table in ROW_TYPES
    }


def test_the_readme_states_the_key_of_every_table() -> None:
    assert {table: documented_key(text) for table, text in sections().items()} == ROW_KEYS


def test_the_milestones_keep_a_part_of_what_both_owners_read() -> None:
    both = {*INDICATORS.names} & {*MILESTONES.names}
    read = {table: {field.name for field in fields(MILESTONES._models[table])} for table in both}
    assert both == {"contract", "entities", "objectives", "indicators"}
    assert all(names <= columns(table) for table, names in read.items())
