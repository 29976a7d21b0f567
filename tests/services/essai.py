"""A small contract of its own for the tests of the services: one group, two sites, three indicators."""

from typing import Any

CODE = "essai"
Row = dict[str, Any]
Package = dict[str, list[Row]]

INDICATOR = {
    "unit": "visiteurs",
    "decimals": 0,
    "direction": "up",
    "domain": "Accueil",
    "aggregation": "sum",
    "declined": True,
    "source": "Page 2",
}


def observed(indicator: str, entity: str, year: int, value: str | None, **others: Any) -> Row:
    stated = {"value": value} if value is not None else {}
    return {"indicator": indicator, "entity": entity, "year": year, "source": "Page 3", **stated, **others}


def package() -> Package:
    """The whole package, new at each call: a test changes the one that it holds."""
    return {
        "contract": [
            {
                "code": CODE,
                "label": "Contrat d’essai",
                "start_year": 2021,
                "end_year": 2023,
                "reference_year": 2020,
                "source": "Page 1",
            }
        ],
        "entities": [
            {"code": "groupe", "label": "Le groupe", "kind": "group"},
            {"code": "nord", "label": "Site nord", "kind": "school"},
            {"code": "sud", "label": "Site sud", "kind": "school"},
        ],
        "indicators": [
            INDICATOR | {"code": "visitors", "label": "Visiteurs"},
            INDICATOR
            | {
                "code": "satisfaction",
                "label": "Satisfaction",
                "unit": "%",
                "decimals": 1,
                "aggregation": "declared",
                "declined": False,
            },
            INDICATOR | {"code": "revenue", "label": "Recettes", "unit": "M€", "decimals": 2},
        ],
        "targets": [
            {
                "indicator": "visitors",
                "entity": "groupe",
                "target": "2023",
                "comparison": "at_least",
                "operand": "value",
                "due_year": 2023,
                "text": "400",
                "source": "Page 4",
                "value": "400",
            }
        ],
        "observations": [
            observed("visitors", "groupe", 2020, "300"),
            observed("visitors", "nord", 2020, "100"),
            observed("visitors", "sud", 2020, "200"),
            observed("visitors", "groupe", 2021, "330"),
            observed("visitors", "nord", 2021, "110"),
            observed("visitors", "sud", 2021, "220", status="provisional"),
            observed("satisfaction", "groupe", 2020, "81.5"),
            observed("satisfaction", "groupe", 2021, None, absence="not_measured"),
            observed("revenue", "groupe", 2020, "1.50", status="provisional"),
        ],
    }


def place(observation: Row) -> str:
    """« visitors/nord/2021 »: where an observation stands."""
    return f"{observation['indicator']}/{observation['entity']}/{observation['year']}"
