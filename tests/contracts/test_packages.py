"""Every contract package is valid, holds the columns of the domain and nothing else, and is documented in full."""

import json
import re
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import frictionless
import pytest

from services.indicators.domain.contract import Contract
from services.indicators.domain.observation import Observation
from services.indicators.domain.validation import KEYS

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"
PACKAGES = sorted(folder for folder in CONTRACTS.iterdir() if folder.is_dir())
LIVE_ONLY = {("observations", "reason")}
ROW_KEYS = {**KEYS, "observations": ("indicator", "entity", "year", "basis", "perimeter")}


def row_types() -> dict[str, Any]:
    hints = get_type_hints(Contract)
    return {field.name: get_args(hints[field.name])[0] for field in fields(Contract)} | {"observations": Observation}


ROW_TYPES = row_types()


def table_fields(table: str) -> list[Field[Any]]:
    return [field for field in fields(ROW_TYPES[table]) if (table, field.name) not in LIVE_ONLY]


def columns(table: str) -> list[str]:
    return [field.name for field in table_fields(table)]


def enum_values(table: str, column: str) -> list[str] | None:
    hint = get_type_hints(ROW_TYPES[table])[column]
    kinds = [kind for kind in (hint, *get_args(hint)) if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return [member.value for member in kinds[0]] if kinds else None


def resources(package: Path) -> list[dict[str, Any]]:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = descriptor["resources"]
    return listed


def sections() -> dict[str, str]:
    """The README's section on each table, by table."""
    parts = re.split(r"^#+ ", (CONTRACTS / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    titled = ((re.match(r"`(\w+)\.csv`\n", part), part) for part in parts)
    return {title[1]: part for title, part in titled if title}


def documented(section: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)


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
def test_the_columns_of_a_table_are_the_fields_of_the_domain(package: Path) -> None:
    for resource in resources(package):
        header = (package / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == columns(resource["name"]), resource["path"]
        assert [field["name"] for field in resource["schema"]["fields"]] == columns(resource["name"]), resource["path"]


@each_package
def test_a_schema_describes_its_columns_and_requires_what_the_domain_requires(package: Path) -> None:
    for resource in resources(package):
        described = {field["name"]: field for field in resource["schema"]["fields"]}
        for field in table_fields(resource["name"]):
            constraints = described[field.name].get("constraints", {})
            assert described[field.name]["description"], field.name
            assert constraints.get("required", False) is (field.default is MISSING), field.name
            assert constraints.get("enum") == enum_values(resource["name"], field.name), field.name


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


def test_the_readme_documents_every_table_and_column() -> None:
    assert {table: documented(text) for table, text in sections().items()} == {
        table: columns(table) for table in ROW_TYPES
    }


def test_the_readme_states_the_key_of_every_table() -> None:
    assert {table: documented_key(text) for table, text in sections().items()} == ROW_KEYS
