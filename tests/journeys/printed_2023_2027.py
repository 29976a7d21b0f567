"""The figures of the contract 2023-2027 as they are printed, transcribed by hand from the group's table and each sheet.

A cell is a decimal string in the indicator's unit, or one of the four words that stand for the lack of a figure. Every
row carries the line of the extracted text on which its figures stand.
"""

from dataclasses import dataclass, replace

BLANK = "blank"
DASH = "-"
NOT_CONCERNED = "n/a"
NOT_AVAILABLE = "NA"
FIGURELESS = (BLANK, DASH, NOT_CONCERNED, NOT_AVAILABLE)

SINCE_2022 = "year 2022"
NO_BASELINE = "none"
ANY_BASELINE = ""
CURRENT = "current-euros"
CONSTANT = "constant-euros-2022"


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective in the product's words; `baseline` is its kind, its years and its own value."""

    comparison: str
    operand: str
    value: str = ""
    upper: str = ""
    level: str = ""
    benchmark: str = ""
    basis: str = ""
    accumulation: str = "annual"
    due_year: int = 2027
    baseline: str = SINCE_2022


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet. `unaimed` is what is printed in the objective's cell when that is no objective."""

    line: int
    observed: dict[int, str]
    planned: dict[int, str]
    aims: tuple[Aim, ...]
    unaimed: str = ""
    provisional: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """The readings that a cell allows, the one held first, and why; no row is the reading « nothing is printed »."""

    readings: tuple[Row | None, ...]
    sentence: str


LINES_READ: dict[str, tuple[int, int]] = {
    "imt": (1464, 1665),
    "imt-atlantique": (3231, 3318),
    "imt-mines-albi": (3717, 3835),
    "imt-mines-ales": (4151, 4249),
    "imt-nord-europe": (4678, 4785),
    "imt-bs": (5029, 5127),
    "mines-saint-etienne": (5421, 5530),
    "telecom-paris": (5764, 5890),
    "telecom-sudparis": (6334, 6416),
    "eurecom": (6667, 6830),
}
GROUP = "imt"
SCHOOLS = tuple(entity for entity in LINES_READ if entity != GROUP)


def _cells(text: str) -> tuple[dict[int, str], list[str]]:
    before, _, after = text.partition(" | ")
    return dict(zip((2021, 2022), before.split(), strict=True)), after.split()


def _yearly(line: int, text: str, basis: str = "", baseline: str = SINCE_2022) -> Row:
    """Figures in every year: 2021 2022 | 2023 2024 2025 2026 2027."""
    observed, after = _cells(text)
    *planned, last = after
    aim = Aim("at_least", "value", last, basis=basis, baseline=baseline)
    return Row(line, observed, dict(zip((2023, 2024, 2025, 2026), planned, strict=True)), (aim,))


def _mean(line: int, text: str, kind: str = "mean") -> Row:
    """« Moyenne 2020-21-22 » stands in place of 2021 and 2022: mean | 2023 2024 2025 2026 2027, in constant euros."""
    mean, _, after = text.partition(" | ")
    baseline = f"{kind} 2020 2021 2022 = {mean}"
    return _yearly(line, f"{BLANK} {BLANK} | {after}", CONSTANT, baseline)


def _last(line: int, text: str) -> Row:
    """A figure of 2027 alone: 2021 2022 | 2027."""
    observed, (last,) = _cells(text)
    return Row(line, observed, {}, (Aim("at_least", "value", last),))


def _floor(line: int, text: str, comparison: str = "at_least") -> Row:
    """« Valeur supérieure ou égale à », or « supérieure à », across all years: 2021 2022 | floor."""
    observed, (floor,) = _cells(text)
    return Row(line, observed, {}, (Aim(comparison, "value", floor, baseline=NO_BASELINE),))


def _above_cge(line: int, text: str) -> Row:
    """« Valeur supérieure à la moyenne CGE »: 2021 2022."""
    aim = Aim("more_than", "benchmark", benchmark="cge", baseline=ANY_BASELINE)
    return Row(line, _cells(text)[0], {}, (aim,))


def _growing(line: int, text: str) -> Row:
    """« Valeur croissante »: 2021 2022."""
    return Row(line, _cells(text)[0], {}, (Aim("more_than", "baseline"),))


def _provisional(row: Row) -> Row:
    return replace(row, provisional=(2022,))


def _group(line: int, reference: str, *aims: Aim, planned: str = "", unaimed: str = "") -> Row:
    years = dict(zip((2023, 2024, 2025, 2026), planned.split(), strict=bool(planned)))
    return Row(line, {2022: reference}, years, aims, unaimed)


_MONITORED = Aim("none", "none", baseline=ANY_BASELINE)
_STABLE = Aim("at_least", "baseline")

_IMT: dict[str, Row] = {
    "students": _group(1482, "13606", Aim("at_least", "value", "16450"), planned="13800 14460 15120 15780"),
    "engineering-students": _group(1486, "9653", Aim("at_least", "value", "11600"), planned="9970 10430 10825 11230"),
    "women-in-engineering-intake": _group(
        1493, "22.7", Aim("at_least", "value", "30"), Aim("at_least", "value", "35", due_year=2030)
    ),
    "employment-rate-6-months": _group(1504, "94.4", unaimed=DASH),
    "international-mobility": _group(1518, "18", Aim("at_least", "value", "33")),
    "continuing-education-own-resources": _group(
        1522, "6.2", Aim("at_least", "growth", "50", level="9.3", basis=CURRENT)
    ),
    "training-cost-per-student": _group(1535, "12.0", _MONITORED),
    "training-cost-per-student-subsidised": _group(1544, "6.7", _MONITORED),
    "publications": _group(1550, "2044", Aim("within", "growth_range", "8", upper="10")),
    "publications-top-10": _group(1556, "278", _STABLE),
    "publications-per-fte": _group(1567, "4.4", _STABLE),
    "research-innovation-own-resources": _group(
        1571, "76.3", Aim("at_least", "growth", "5", level="92", basis=CONSTANT)
    ),
    "research-innovation-own-resources-eu": _group(
        1580, "9.2", Aim("at_least", "growth", "35", basis=CURRENT), Aim("at_least", "growth", "20", basis=CONSTANT)
    ),
    "research-own-resources-share": _group(1594, "39", Aim("at_least", "value", "40")),
    "companies-created": _group(1616, "81", _STABLE),
    "sme-support-actions": _group(1623, "5255", Aim("at_least", "growth", "10")),
    "france-2030-resources": _group(
        1629,
        BLANK,
        Aim("none", "none", baseline=NO_BASELINE),
        Aim("none", "none", accumulation="cumulative", baseline=NO_BASELINE),
    ),
    "own-resources-ratio": _group(1634, "40.7", Aim("at_least", "value", "40")),
    "budget-execution-rate": _group(1640, "98.5", Aim("more_than", "value", "97", baseline=NO_BASELINE)),
    "sdg-publications": _group(1650, "542", Aim("more_than", "baseline")),
    "energy-consumption": Row(
        1656, {2021: "145", 2022: BLANK}, {2026: "120"}, (Aim("at_most", "value", "114", baseline="year 2021"),)
    ),
}

_IMT_ATLANTIQUE: dict[str, Row] = {
    "students": _yearly(3240, "1915 2079 | 2170 2246 2306 2455 2620"),
    "engineering-students": _yearly(3242, "1419 1575 | 1657 1716 1770 1880 1979"),
    "employment-rate-6-months": _above_cge(3245, "85 92"),
    "international-mobility": _last(3254, "blank 24 | 32"),
    "continuing-education-own-resources": _yearly(3260, "0 0 | 0 0 0 0 0", CURRENT),
    "publications": _provisional(_last(3267, "536 486 | 555")),
    "publications-per-fte": _floor(3273, "4.8 4.4 | 4.6"),
    "research-innovation-own-resources": _mean(3280, "13.9 | 14.0 14.1 14.2 14.3 14.4"),
    "companies-created": _floor(3291, "10 8 | 10"),
    "sme-support-actions": _last(3294, "blank 858 | 885"),
    "sdg-publications": _provisional(_floor(3303, "142 113 | 125")),
}

_IMT_MINES_ALBI: dict[str, Row] = {
    "students": _yearly(3726, "918 932 | 1018 1120 1180 1210 1245"),
    "engineering-students": _yearly(3728, "797 810 | 853 925 960 970 995"),
    "employment-rate-6-months": _above_cge(3731, "blank blank"),
    "international-mobility": _last(3740, "blank 23 | 40"),
    "continuing-education-own-resources": _yearly(3746, "0 0 | 0.1 0.15 0.2 0.2 0.3", CURRENT),
    "publications": _last(3752, "127 120 | 130"),
    "publications-per-fte": _floor(3758, "3.7 3.7 | 3.7"),
    "research-innovation-own-resources": _mean(3767, "5.2 | 5.2 5.2 5.3 5.4 5.6", kind="adjusted"),
    "companies-created": _floor(3779, "7 9 | 9"),
    "sme-support-actions": _last(3784, "NA 384 | 434"),
    "sdg-publications": _floor(3794, "69 65 | 69"),
}

_IMT_MINES_ALES: dict[str, Row] = {
    "students": _yearly(4159, "1324 1348 | 1376 1418 1508 1544 1580"),
    "engineering-students": _yearly(4161, "1193 1246 | 1262 1288 1334 1380 1410"),
    "employment-rate-6-months": _above_cge(4164, "86 94"),
    "international-mobility": _last(4172, "blank 10 | 17"),
    "continuing-education-own-resources": _yearly(4175, "blank 0.44 | 0.5 0.55 0.6 0.65 0.7", CURRENT),
    "publications": _last(4182, "150 151 | 163"),
    "publications-per-fte": _floor(4188, "3.4 3.4 | 3.4"),
    "research-innovation-own-resources": _mean(4196, "3.6 | 3.6 3.7 3.7 3.8 3.8"),
    "companies-created": _floor(4205, "5 8 | 8"),
    "sme-support-actions": _last(4208, "blank 938 | 1032"),
    "sdg-publications": _floor(4214, "53 53 | 53", "more_than"),
}

_IMT_NORD_EUROPE: dict[str, Row] = {
    "students": _yearly(4687, "2225 2278 | 2349 2456 2505 2555 2643"),
    "engineering-students": _yearly(4689, "2025 2078 | 2106 2186 2216 2261 2298"),
    "employment-rate-6-months": _above_cge(4692, "87.7 93.5"),
    "international-mobility": _last(4701, "blank 19 | 22"),
    "continuing-education-own-resources": _yearly(4707, "1.2 1.3 | 1.5 1.7 1.9 2.1 2.2", CURRENT),
    "publications": _last(4713, "238 205 | 240"),
    "publications-per-fte": _floor(4719, "4.5 3.7 | 3.8"),
    "research-innovation-own-resources": _mean(4726, "7.5 | 7.5 7.5 7.5 7.5 7.5"),
    "companies-created": _floor(4738, "5 1 | 4"),
    "sme-support-actions": _last(4741, "765 800 | 850"),
    "sdg-publications": _floor(4750, "79 95 | 100"),
}

_IMT_BS: dict[str, Row] = {
    "students": _yearly(5038, "1411 1310 | 1224 1225 1279 1315 1340"),
    "engineering-students": Row(5040, {2021: NOT_CONCERNED, 2022: NOT_CONCERNED}, {}, (), unaimed=NOT_CONCERNED),
    "employment-rate-6-months": _above_cge(5043, "92.2 96.9"),
    "international-mobility": _last(5052, "6.3 2.9 | 20"),
    "continuing-education-own-resources": _yearly(5064, "1.26 1.20 | 1.70 2.41 3.37 4.21 4.65", CURRENT),
    "publications": _last(5070, "57 58 | 65"),
    "publications-per-fte": _last(5076, "1.9 2 | 2.2"),
    "research-innovation-own-resources": _mean(5083, "0.520 | 0.640 0.800 0.950 1.070 1.130"),
    "companies-created": _last(5094, "13 17 | 20"),
    "sme-support-actions": _last(5097, "blank 355 | 370"),
    "sdg-publications": _last(5106, "12 8 | 14"),
}

_MINES_SAINT_ETIENNE: dict[str, Row] = {
    "students": _yearly(5430, "2348 2400 | 2491 2582 2673 2764 2855"),
    "engineering-students": _yearly(5432, "2030 2089 | 2172 2255 2338 2421 2504"),
    "employment-rate-6-months": _above_cge(5435, "95.2 94.5"),
    "international-mobility": _last(5444, "21 22 | 28"),
    "continuing-education-own-resources": _yearly(5450, "0.4 0.4 | 0.4 0.5 0.5 0.6 0.6", CURRENT),
    "publications": _last(5456, "247 232 | 250"),
    "publications-per-fte": _floor(5462, "4.44 3.96 | 4"),
    "research-innovation-own-resources": _mean(5469, "8.2 | 8.3 8.3 8.4 8.4 8.5"),
    "companies-created": _floor(5481, "4 3 | 4"),
    "sme-support-actions": _last(5484, "blank 885 | 950"),
    "sdg-publications": _floor(5493, "105 105 | 105"),
}

_TELECOM_PARIS: dict[str, Row] = {
    "students": _yearly(5773, "1682 1746 | 1699 1846 1944 2001 2145"),
    "engineering-students": _yearly(5775, "872 930 | 931 986 1025 1048 1053"),
    "employment-rate-6-months": _above_cge(5778, "94.9 98.4"),
    "international-mobility": _last(5787, "blank 24 | 30"),
    "continuing-education-own-resources": _yearly(5790, "2.39 2.58 | 2.75 4.00 4.10 4.20 4.20", CURRENT),
    "publications": _last(5798, "466 407 | 470"),
    "publications-per-fte": _floor(5801, "6.25 5.4 | 6"),
    "research-innovation-own-resources": _mean(5807, "10.9 | 11.5 12.0 12.6 13.1 13.7"),
    "companies-created": _floor(5816, "29 33 | 30"),
    "sme-support-actions": _last(5819, "blank 428 | 556"),
    "sdg-publications": _floor(5825, "66 45 | 60"),
}

_TELECOM_SUDPARIS: dict[str, Row] = {
    "students": _yearly(6342, "974 970 | 1015 1034 1066 1108 1156"),
    "engineering-students": _yearly(6344, "688 706 | 718 730 760 802 850"),
    "employment-rate-6-months": _above_cge(6347, "blank 93.9"),
    "international-mobility": _last(6356, "NA 13 | 18"),
    "continuing-education-own-resources": _yearly(6362, "0.3 0.3 | 0.3 0.4 0.6 0.8 1.0", CURRENT),
    "publications": _last(6368, "214 234 | 244"),
    "publications-per-fte": _floor(6374, "5.3 5.5 | 5.4"),
    "research-innovation-own-resources": _mean(6381, "4.8 | 4.9 5.0 5.1 5.2 5.28"),
    "companies-created": _floor(6392, "13 17 | 15"),
    "sme-support-actions": _last(6396, "512 496 | 520"),
    "sdg-publications": _floor(6405, "53 44 | 45", "more_than"),
}

_EURECOM: dict[str, Row] = {
    "students": _yearly(6769, "463 428 | 420 530 607 631 673"),
    "engineering-students": _yearly(6771, "0 39 | 92 145 185 195 200"),
    "employment-rate-6-months": _above_cge(6774, "blank blank"),
    "international-mobility": _last(6782, "blank NA | 70"),
    "continuing-education-own-resources": _yearly(6785, "0 0 | 0 0 0 0 0", CURRENT),
    "publications": _last(6793, "185 172 | 250"),
    "publications-per-fte": _floor(6796, "14.8 13.8 | 14"),
    "research-innovation-own-resources": _mean(6802, "10.4 | 11.0 11.6 12.2 12.8 13.4"),
    "companies-created": _growing(6811, "2 0"),
    "sme-support-actions": _last(6814, "blank 43 | 78"),
    "sdg-publications": _floor(6820, "21 14 | 21"),
}

PRINTED: dict[str, dict[str, Row]] = {
    "imt": _IMT,
    "imt-atlantique": _IMT_ATLANTIQUE,
    "imt-mines-albi": _IMT_MINES_ALBI,
    "imt-mines-ales": _IMT_MINES_ALES,
    "imt-nord-europe": _IMT_NORD_EUROPE,
    "imt-bs": _IMT_BS,
    "mines-saint-etienne": _MINES_SAINT_ETIENNE,
    "telecom-paris": _TELECOM_PARIS,
    "telecom-sudparis": _TELECOM_SUDPARIS,
    "eurecom": _EURECOM,
}
INDICATORS = tuple(_IMT)

# Days of extraction that a foot-note gives for the figures of 2022.
EXTRACTED: dict[tuple[str, str], str] = {
    ("imt", "sdg-publications"): "2023-05-17",
    ("imt-atlantique", "sdg-publications"): "2023-05-10",
}

# « Déclinaison par école », the last column of the group's table.
DECLINED: dict[str, str] = {
    "students": "Oui",
    "engineering-students": "Oui",
    "women-in-engineering-intake": BLANK,
    "employment-rate-6-months": "Oui (> moyenne CGE)",
    "international-mobility": "Oui",
    "continuing-education-own-resources": BLANK,
    "training-cost-per-student": "Non",
    "training-cost-per-student-subsidised": "Non",
    "publications": "Oui",
    "publications-top-10": "Non",
    "publications-per-fte": "Oui",
    "research-innovation-own-resources": "Oui",
    "research-innovation-own-resources-eu": "Non",
    "research-own-resources-share": "Non",
    "companies-created": "Oui",
    "sme-support-actions": "Oui",
    "france-2030-resources": "Non",
    "own-resources-ratio": "Non",
    "budget-execution-rate": "Oui (> 97%)",
    "sdg-publications": "Oui",
    "energy-consumption": "Non",
}

# Sheets that print another unit than the indicator's: the cells as printed, the indicator's unit being M€.
OTHER_UNITS: dict[tuple[str, str], str] = {
    ("imt-bs", "research-innovation-own-resources"): "k€ constants: 520 | 640 800 950 1070 1130",
}

_BUDGET_OF_A_SCHOOL = Doubt(
    (None, Row(1640, {}, {}, (Aim("more_than", "value", "97", baseline=NO_BASELINE),))),
    "« Oui (> 97%) » stands in the group's table; no sheet of a school has the row.",
)

AMBIGUOUS: dict[tuple[str, str], Doubt] = {
    ("imt-bs", "international-mobility"): Doubt(
        (_last(5052, "6.3 2.9 | 20"), _last(5052, "blank 6.3 | 20")),
        "« 6,3%   2,9% » follows a space, which on other sheets is an empty 2021; two figures fit 2021 and 2022 best.",
    ),
    ("imt-mines-albi", "research-innovation-own-resources"): Doubt(
        (_IMT_MINES_ALBI["research-innovation-own-resources"], _mean(3767, "5.2 | 5.2 5.2 5.3 5.4 5.6")),
        "« Moyenne 2020-2021-2022 » is a mean, and its note *** neutralises half of the recovery plan's receipts.",
    ),
    ("eurecom", "international-mobility"): Doubt(
        (
            _last(6782, "blank NA | 70"),
            Row(6782, {2021: BLANK, 2022: NOT_AVAILABLE}, {}, (Aim("at_least", "value", "70", baseline=NO_BASELINE),)),
        ),
        "« na » in 2022 leaves 70% in 2027 without any figure to start from.",
    ),
    **{(school, "budget-execution-rate"): _BUDGET_OF_A_SCHOOL for school in SCHOOLS},
}

# Percentages that stand beside a level or in the comments of a sheet: line, from, to, percent.
RESTATED: dict[tuple[str, str], tuple[int, int, int, str]] = {
    ("imt", "students"): (1484, 2022, 2027, "21"),
    ("imt", "engineering-students"): (1487, 2022, 2027, "20"),
    ("imt-atlantique", "students"): (3318, 2022, 2027, "26"),
    ("telecom-paris", "students"): (5842, 2022, 2027, "23"),
    ("telecom-paris", "engineering-students"): (5846, 2022, 2027, "13"),
    ("eurecom", "publications"): (6721, 2021, 2027, "35"),
}

# The sum of the nine schools, and the group's own figure, added by hand.
SUMS: dict[tuple[str, int], tuple[str, str]] = {
    ("students", 2022): ("13491", "13606"),
    ("students", 2027): ("16257", "16450"),
    ("engineering-students", 2022): ("9473", "9653"),
    ("engineering-students", 2027): ("11289", "11600"),
    ("publications", 2022): ("2065", "2044"),
    ("companies-created", 2022): ("96", "81"),
    ("continuing-education-own-resources", 2022): ("6.22", "6.2"),
    ("continuing-education-own-resources", 2027): ("13.65", "9.3"),
    ("sdg-publications", 2022): ("542", "542"),
    ("sme-support-actions", 2022): ("5187", "5255"),
}
