"""The JSON Schemas of the events, for readers that are no Python: `python -m shared.events.schema` writes them."""

import json
from pathlib import Path
from typing import Any

from . import bibliometrics, indicators, milestones
from .catalogue import Fact
from .envelope import schema_of

FOLDER = Path(__file__).parent / "schemas"
FACTS: dict[str, type[Fact]] = {**indicators.FACTS, **milestones.FACTS, **bibliometrics.FACTS}


def document(fact: type[Fact]) -> dict[str, Any]:
    """What a reader may rely on in the data of such an event; fields may be added to a version, never removed."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schema_of(fact.TYPE)}
    return head | fact.model_json_schema()


def rendered(fact: type[Fact]) -> str:
    return json.dumps(document(fact), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for fact in FACTS.values():
        (FOLDER / f"{fact.TYPE}.json").write_text(rendered(fact), "utf-8")


if __name__ == "__main__":
    main()
