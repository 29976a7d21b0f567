"""Citations, percentiles and goals of a SciVal export: neither percentile ever stands for the other."""

from decimal import Decimal
from pathlib import Path

import pytest

from services.bibliometrics.domain.publication import Goals, Percentile, Record
from services.bibliometrics.importing.reading import Reading, Severity

from .scival_files import FIELD_WEIGHTED, PLAIN, ROW, Cell, export, finding, one, read_text


def _read(tmp_path: Path, **changes: Cell) -> Reading:
    return read_text(tmp_path, export(one(**changes)))


def _record(tmp_path: Path, **changes: Cell) -> Record:
    return _read(tmp_path, **changes).records[0][1]


def test_each_percentile_has_its_column_as_printed(tmp_path: Path) -> None:
    record = _record(tmp_path, **{PLAIN: "3", FIELD_WEIGHTED: "11"})

    assert record.field_weighted == Percentile(value=Decimal(11), column=FIELD_WEIGHTED)
    assert record.plain == Percentile(value=Decimal(3), column=PLAIN)


@pytest.mark.parametrize("cell", ["-", ""])
def test_a_missing_percentile_has_no_value(tmp_path: Path, cell: str) -> None:
    assert _record(tmp_path, **{FIELD_WEIGHTED: cell}).field_weighted == Percentile(value=None, column=FIELD_WEIGHTED)


def test_a_plain_percentile_alone_is_no_substitute_and_that_is_said(tmp_path: Path) -> None:
    reading = _read(tmp_path, **{PLAIN: "3"})

    assert reading.records[0][1].field_weighted is None
    found = finding(reading, "no_field_weighted")
    assert found.severity is Severity.WARNING
    assert "ne la remplace pas" in found.message


def test_without_any_percentile_nothing_is_said_of_a_substitute(tmp_path: Path) -> None:
    assert "ne la remplace pas" not in finding(_read(tmp_path), "no_field_weighted").message


def test_field_weighted_after_the_name_is_field_weighted_too(tmp_path: Path) -> None:
    record = _record(tmp_path, **{"Outputs in Top Citation Percentiles (field-weighted), per percentile": "4"})

    assert record.plain is None
    assert record.field_weighted is not None


@pytest.mark.parametrize("cell", ["0", "101", "100.5", "-3", "top 10", "1e1", "NaN"])
def test_a_percentile_that_is_none_refuses_the_row(tmp_path: Path, cell: str) -> None:
    reading = _read(tmp_path, **{FIELD_WEIGHTED: cell})

    (error,) = [each for each in reading.findings if each.severity is Severity.ERROR]
    assert (error.row, error.column) == (13, FIELD_WEIGHTED)
    assert (reading.received, reading.rejected) == (1, 1)


@pytest.mark.parametrize("cell", ["100", "0.5", "1"])
def test_the_bounds_of_a_percentile(tmp_path: Path, cell: str) -> None:
    assert _record(tmp_path, **{FIELD_WEIGHTED: cell}).field_weighted == Percentile(
        value=Decimal(cell), column=FIELD_WEIGHTED
    )


def test_citations_and_their_impact(tmp_path: Path) -> None:
    record = _record(tmp_path, Citations="1,204", **{"Field-Weighted Citation Impact": "2.37"})

    assert (record.citations, record.fwci) == (1204, Decimal("2.37"))


def test_no_citation_is_not_a_missing_count(tmp_path: Path) -> None:
    assert _record(tmp_path, Citations="0").citations == 0
    assert _record(tmp_path, Citations="-").citations is None
    assert _record(tmp_path).citations is None


def test_an_impact_that_is_no_number_refuses_the_row(tmp_path: Path) -> None:
    assert _read(tmp_path, **{"Field-Weighted Citation Impact": "élevé"}).rejected == 1


def test_goals_are_known_by_their_numbers_and_the_version_of_their_mapping(tmp_path: Path) -> None:
    record = _record(
        tmp_path,
        **{
            "Sustainable Development Goals (2021)": "SDG 11: Sustainable Cities and Communities",
            "Sustainable Development Goals (2023)": "SDG 9: Industry| SDG 1: No Poverty| SDG 12: Consumption",
            "Sustainable Development Goals (2025)": "-",
        },
    )

    assert record.goals == (
        Goals(numbers=(11,), mapping="2021"),
        Goals(numbers=(1, 9, 12), mapping="2023"),
        Goals(numbers=(), mapping="2025"),
    )


def test_a_mapping_without_a_year_is_unsaid(tmp_path: Path) -> None:
    record = _record(tmp_path, **{"Sustainable Development Goals": "SDG3: Good Health"})

    assert record.goals == (Goals(numbers=(3,), mapping=""),)


def test_goals_without_a_number_are_said(tmp_path: Path) -> None:
    reading = _read(tmp_path, **{"Sustainable Development Goals (2023)": "Bonne santé"})

    assert reading.records[0][1].goals == (Goals(numbers=(), mapping="2023"),)
    assert finding(reading, "goals").severity is Severity.WARNING


def test_a_file_without_goals_gives_none(tmp_path: Path) -> None:
    assert read_text(tmp_path, export(ROW)).records[0][1].goals == ()
