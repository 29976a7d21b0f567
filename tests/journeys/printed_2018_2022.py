"""The balance of the contract 2018-2022 as it is printed, transcribed by hand from the document's own tables."""

from dataclasses import dataclass
from decimal import Decimal

YEARS = (2017, 2018, 2019, 2020, 2021, 2022)


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a table: its values by year, the change printed under the last one, and the target's words.

    `target_change` is the change that stands beside a target's level; `level` is the level by hand, where one follows.
    """

    values: dict[int, str]
    change: str
    target: str
    target_change: str
    level: str | None


def _of_the_group(values: str, change: str, target: str, target_change: str, level: str | None) -> Printed:
    return Printed(dict(zip(YEARS, values.split(" | "), strict=True)), change, target, target_change, level)


# « Indicateurs du COP 2018-2022 : valeurs globales pour l’ensemble de l’Institut »
GROUP: dict[str, Printed] = {
    "students": _of_the_group(
        "11 852 | 12 322 | 12 632 | 13 257 | 13 362 | 13 606", "+14,8%", "14 280", "+20%", "14280"
    ),
    "engineering-and-management-students": _of_the_group(
        "9 220 | 9 663 | 9 934 | 10 305 | 10 333 | 10 705", "+16,1%", "10 580", "+15%", "10580"
    ),
    "training-cost-per-student": _of_the_group(
        "11,9 | 11,6 | 11,8 | 10,8 | 11,2 | 12,0", "+0,3%", "", "-10%", "10.71"
    ),  # 11,9 − 1,19
    "training-cost-per-student-subsidised": _of_the_group(
        "7,6 | 7,4 | 7,2 | 6,5 | 6,6 | 6,7", "-11%", "", "-15%", "6.46"
    ),  # 7,6 − 1,14
    "employment-rate-6-months": _of_the_group(
        "91,4% | 94,6% | 94,7% | 95,0% | 89,4% | 94,4%", "", "> CGE", "", None
    ),
    "research-innovation-revenue": _of_the_group(
        "65,6 | 67,3 | 70,9 | 68,4 | 73,3 | 76,3", "+16%", "75,5", "+15%", "75.5"
    ),
    "own-resources-ratio": _of_the_group(
        "36,2% | 36,3% | 37,9% | 37,0% | 38,0% | 40,7%", "+4,5 pts", "40%", "+3,8pts", "40.0"
    ),
    "research-contract-share": _of_the_group(
        "37% | 37% | 38% | 37% | 38% | 39%", "+2,5 pts", "41%", "+4 pts", "41"
    ),
    "a-rank-publications-per-fte": _of_the_group(
        "4,1 | 4,4 | 4,7 | 4,2 | 4,6 | 4,7", "+15%", "Stable ou croissant", "", "4.1"
    ),
    "h-index": _of_the_group("22 | 23 | 25 | 27 | 30 | 32", "", "Stable ou croissant", "", "22"),
    "companies-created": _of_the_group("67 | 74 | 74 | 76 | 79 | 81", "+21%", "80", "+19%", "80"),
    "companies-surviving-3-years": _of_the_group(
        "84% | 93% | 84% | 89% | 87% | 88%", "+4pts", "Stable", "", "84"
    ),
    "dematerialised-processes": _of_the_group("- | 1 | 0 | 2 | 2 | 10", "+15", "", "+15", "15"),
    "international-double-degrees": _of_the_group(
        "6,7% | 7,5% | 8,7% | 10,8% | 7,7% | 8,4%", "+1,8pts", "", "+7 pts", "13.7"
    ),
}  # fmt: skip

SCHOOLS = (
    "imt-atlantique",
    "imt-nord-europe",
    "imt-mines-albi",
    "imt-mines-ales",
    "mines-saint-etienne",
    "telecom-paris",
    "telecom-sudparis",
    "imt-bs",
    "eurecom",
)


def _by_school(before: str, target: str, target_change: str, after: str, change: str) -> dict[str, Printed]:
    rows = (row.split(" | ") for row in (before, target, target_change, after, change))
    lines = zip(*rows, strict=True)
    return {
        school: Printed({2017: start, 2022: end}, grown, aim, aimed, figure(aim))
        for school, (start, aim, aimed, end, grown) in zip(SCHOOLS, lines, strict=True)
    }


def figure(text: str) -> str | None:
    """« 11 852 », « 91,4% », « -10% » as a decimal string; « - » is no figure."""
    plain = text.replace(" ", "").replace(",", ".").removesuffix("pts").removesuffix("%").removeprefix("+")
    return None if plain in {"-", ""} else plain


def amount(text: str) -> Decimal:
    """A printed change as a number: « +14,8% » is 14.8."""
    return Decimal(figure(text) or "NaN")


# « Indicateurs du COP 2018-2022 : valeurs par école »
BY_SCHOOL: dict[str, dict[str, Printed]] = {
    # « Nombre d’élèves (toutes formations diplômantes) »
    "students": _by_school(
        before="2 113 | 1 864 | 971 | 1 094 | 1 807 | 1 637 | 965 | 1 221 | 404",
        target="2 261 | 2 415 | 1 150 | 1 313 | 2 350 | 2 109 | 1 100 | 1 560 | 444",
        target_change="7% | 30% | 18% | 20% | 30% | 29% | 14% | 28% | 10%",
        after="2 079 | 2 278 | 924 | 1 348 | 2 400 | 1 746 | 970 | 1 310 | 428",
        change="-2% | 22% | -5% | 23% | 33% | 7% | 1% | 7% | 6%",
    ),
    # « Dont élèves ingénieurs / managers »
    "engineering-and-management-students": _by_school(
        before="1 503 | 1 722 | 789 | 983 | 1 594 | 820 | 751 | 1 007 | 289",
        target="1 563 | 2 245 | 770 | 1 130 | 2 024 | 984 | 792 | 1 160 | 270",
        target_change="4% | 30% | -2% | 15% | 27% | 20% | 5% | 15% | -7%",
        after="1 575 | 2 078 | 814 | 1 246 | 2 089 | 930 | 706 | 1 028 | 229",
        change="5% | 21% | 3% | 27% | 31% | 13% | -6% | 2% | -21%",
    ),
    # « Ressources propres en recherche, valorisation et innovation »: 6,8, 5,0 and 0,45 carry the notes 16, 17 and 18
    "research-innovation-revenue": _by_school(
        before="14,50 | 6,11 | 3,58 | 3,46 | 5,76 | 14,62 | 4,45 | 0,61 | 6,57",
        target="16,0 | 7,4 | 4,2 | 4,0 | 6,7 | 17,1 | 5,5 | 1,0 | 8,0",
        target_change="10% | 21% | 17% | 15% | 16% | 17% | 24% | 64% | 22%",
        after="15,3 | 6,8 | 6,0 | 3,4 | 8,8 | 10,5 | 5,0 | 0,45 | 11,8",
        change="5% | 12% | 68% | -1% | 53% | -28% | 13% | -26% | 80%",
    ),
}

# Printed changes that their own printed values contradict, and what those values give, rounded half up.
CONTRADICTED: dict[tuple[str, str, str], str] = {
    ("training-cost-per-student", "imt", "value"): "0.8",  # 11,9 → 12,0
    ("training-cost-per-student-subsidised", "imt", "value"): "-12",  # 7,6 → 6,7
    ("research-contract-share", "imt", "value"): "2.0",  # 37 → 39
    ("international-double-degrees", "imt", "value"): "1.7",  # 6,7 → 8,4
    ("research-innovation-revenue", "imt-atlantique", "value"): "6",  # 14,50 → 15,3
    ("research-innovation-revenue", "imt-nord-europe", "value"): "11",  # 6,11 → 6,8
    ("research-innovation-revenue", "imt-mines-ales", "value"): "-2",  # 3,46 → 3,4
    ("research-innovation-revenue", "imt-mines-ales", "target"): "16",  # 3,46 → 4,0
    ("research-innovation-revenue", "telecom-sudparis", "value"): "12",  # 4,45 → 5,0
}

# Sums of the nine schools, and what the group declares beyond them, added by hand.
SUMS: dict[tuple[str, int], tuple[str, str]] = {
    ("students", 2017): ("12076", "-224"),
    ("students", 2022): ("13483", "123"),
    ("engineering-and-management-students", 2017): ("9458", "-238"),
    ("engineering-and-management-students", 2022): ("10695", "10"),
    ("research-innovation-revenue", 2017): ("59.66", "5.94"),
    ("research-innovation-revenue", 2022): ("68.05", "8.25"),
}
