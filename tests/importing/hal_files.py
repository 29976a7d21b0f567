"""Files of HAL as its API, its portals and ExtrHAL lay them out, of invented content."""

import json
from pathlib import Path
from typing import Any

from services.bibliometrics.importing import hal
from services.bibliometrics.importing.reading import Reading, Severity

SECTIONS = """Articles dans des revues avec comité de lecture
Auteurs;Année;Année de soutenance;Titre;Titre revue;Volume;Pages;DOI;Pubmed;Fait référence à;Réf. HAL;Commentaire
Auteurs;Année;Année de soutenance;Titre;Titre revue;Volume;Pages;DOI;Pubmed;Fait référence à;Réf. HAL;Commentaire
Brizard A., Coudrier E.;2021;;Marées de sable;Revue des dunes;12;1-9;10.5555/dune.1;31415926;hal-09990009;hal-09990001;
"Sable" et vent : une enquête : Dollé P.;2022;;"Sable" ; le vent;Revue des dunes;13;10-19;10.5555/dune.2;;;hal-09990002;
Chapitres d'ouvrage
Auteurs;Année;Année de soutenance;Titre;Titre ouvrage;DOI;Réf. HAL
Évrard F.;2020;;Les barkhanes;Le grand livre du sable;;halshs-09990003
"""

PORTAL = """\
"Identifiant HAL";"Titre";"Auteurs";"Type de document";"Date de publication";"URL";"Audience";"Comité de lecture"
"hal-09990011v2";"Vent ; sable
et mer";"Brizard, Anne; Coudrier, Éloi";"Communication dans un congrès";"2023-05-17";"";"Internationale";"Oui"
"";"Vents";"Dollé Paul";"Direction d'ouvrage, Dossier";"2022";"https://imt.hal.science/hal-09990012v1";"Nationale";"Non"
"""

API = """\
halId_s,title_s,authFullName_s,docType_s,producedDateY_i,collCode_s,structId_i,openAccess_bool,journalTitle_s
hal-09990021,"Dunes\\, vents,Dunes, winds","Anne Brizard,Éloi Coudrier",ART,2024,"IMT,SEA","91,92",true,"Revue, sables"
tel-09990022,Le pas des barkhanes,Flore Évrard,THESE,2023,,,false,
"""


def read(path: Path) -> Reading:
    return hal.read(path, path.name, lambda _: None)


def read_text(folder: Path, text: str, name: str = "hal.csv") -> Reading:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def read_json(folder: Path, value: Any) -> Reading:
    return read_text(folder, json.dumps(value, ensure_ascii=False), "hal.json")


def answer(*docs: Any, found: int | None = None) -> dict[str, Any]:
    return {"response": {"numFound": len(docs) if found is None else found, "start": 0, "docs": list(docs)}}


def errors(reading: Reading) -> list[str]:
    return [each.message for each in reading.findings if each.severity is Severity.ERROR]


def codes(reading: Reading) -> list[str]:
    return [each.code for each in reading.findings]
