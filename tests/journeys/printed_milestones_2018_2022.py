"""The milestones of the contract 2018-2022 as they are printed, transcribed by hand.

Read in the contract 2023-2027, annexe « Bilan détaillé des jalons » (lines 6831 to 7402 of its extracted text): for
each milestone one cell a year, then the target and the results. One paragraph of a cell is one action, and one that
the following years repeat word for word is one recurrent action. The number after an action's words is the line of the
text where it begins.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Jalon:
    """A milestone: its objective's code, the indicators that its section lists, and its number of lines."""

    objective: str
    indicators: frozenset[str]
    lines: int


@dataclass(frozen=True, slots=True)
class Action:
    """One printed action: words that its text must contain, the column(s) it stands in, and what is printed with it."""

    jalon: str
    line: str
    first: int
    last: int
    words: str
    at: int
    doubtful: bool = False
    conditional: bool = False
    shared: bool = False
    date: str = ""

    @property
    def recurrent(self) -> bool:
        return self.last > self.first


def jalon(objective: str, indicators: str, lines: int) -> Jalon:
    return Jalon(objective, frozenset(indicators.split()), lines)


def action(
    line: str,
    year: int,
    words: str,
    at: int,
    flags: str = "",
    *,
    date: str = "",
    until: int = 0,
    of: str = "",
) -> Action:
    """The flags are initials: doubtful, conditional, shared; `of` is the milestone where the line's code hides it."""
    held = {"doubtful": "d" in flags, "conditional": "c" in flags, "shared": "s" in flags}
    return Action(of or line.partition(".")[0], line, year, until or year, words, at, **held, date=date)


# The table gives a milestone neither objective nor indicator.
JALONS: dict[str, Jalon] = {
    "J1": jalon("", "", 1),
    "J2": jalon("", "", 2),  # J2-1, J2-2
    "J3": jalon("", "", 1),
    "J4": jalon("", "", 1),
    "J5": jalon("", "", 1),
    "J6": jalon("", "", 1),
    "J7": jalon("", "", 1),
    "J8": jalon("", "", 1),
    "J9": jalon("", "", 1),
}

# « Cible 2022 », by line: words that the target must contain; '' where the cell is empty.
TARGETS: dict[str, str] = {
    "J1.1": "+10",
    "J2-1": "Outil dynamique d’orientation",
    "J2-2": "10 thématiques structurées",
    "J3.1": "+10",
    "J4.1": "Projet autoportant",
    "J5.1": "",
    "J6.1": "10 plateformes majeures en portefeuille",
    "J7.1": "",
    "J8.1": "",
    "J9.1": "Actualisation annuelle",
}

ACTIONS: tuple[Action, ...] = (
    # J1: the cells of 2020, 2021 and 2022 are empty
    action("J1.1", 2018, "potentiel et objectifs", 6846),
    action("J1.1", 2019, "Plan d’action", 6851),
    # J2: 2021 and 2022 are empty for the first line
    action("J2-1", 2018, "Faible résolution", 6921, of="J2"),
    action("J2-1", 2019, "Moyenne résolution", 6925, of="J2"),
    action("J2-1", 2020, "Haute résolution", 6929, of="J2"),
    action("J2-2", 2018, "2 thématiques lancées", 6977, of="J2"),
    action("J2-2", 2019, "+3 thématiques lancées", 6981, of="J2", until=2021),  # and lines 6985, 6993
    action("J2-2", 2020, "5 thématiques structurées", 6988, of="J2"),
    action("J2-2", 2021, "8 thématiques structurées", 6996, of="J2"),
    action("J2-2", 2022, "+2 thématiques lancées", 7001, of="J2"),
    action("J2-2", 2022, "10 thématiques structurées", 7004, of="J2"),
    # J3: « +2 +2 +2 +2 +2 +10 », on one line of the text
    action("J3.1", 2018, "+2", 7046, until=2022),
    # J4: 2021 and 2022 are empty, « Projet autoportant » is the target
    action("J4.1", 2018, "Consolidation des actions", 7087),
    action("J4.1", 2019, "club de partenaires", 7091),
    action("J4.1", 2019, "Préfiguration université européenne", 7095),
    action("J4.1", 2020, "Extension du réseau", 7101),
    # J5: two cells stand between brackets; 2021, 2022 and the target are empty
    action("J5.1", 2018, "Étude de marché", 7143),
    action("J5.1", 2018, "Formalisation du projet Campus", 7146),
    action("J5.1", 2019, "conditionnée au résultat", 7152, "c"),
    action("J5.1", 2020, "Développement du projet", 7160, "c"),
    # J6
    action("J6.1", 2018, "Stabilisation Teralab", 7200),
    action("J6.1", 2018, "Restructuration de Télécom Valo", 7202),
    action("J6.1", 2018, "promesse de valeur", 7208),
    action("J6.1", 2019, "+2 plateformes industrialisées", 7214, until=2021),  # and lines 7219, 7224
    action("J6.1", 2022, "+3 plateformes industrialisées", 7229),
    # J7: nothing after 2019
    action("J7.1", 2018, "Formalisation du projet", 7263),
    action("J7.1", 2019, "Lancement de la plateforme", 7266),
    # J8: no definition, then four years; 2022 and the target are empty; « des écoles » is where it is deployed
    action("J8.1", 2018, "Fiche projet validée", 7287),
    action("J8.1", 2019, "cahier des charges validé", 7296),
    action("J8.1", 2020, "cœur du SIRH", 7309),
    action("J8.1", 2021, "complémentaires déployées", 7318),
    action("J8.1", 2021, "Bilan du projet", 7326),
    # J9: seven cells of text for six columns. Counted from the right, the four « Actualisation annuelle » are the
    # target, 2022, 2021 and 2020. From the left, the first analysis is 2018; « coordinatio|n » is cut where a word of
    # that length holds in the column 2018 (« Stabilisation », line 7200), so the process is 2019. The plan follows it
    # in that cell, or opens 2020: its year is in doubt.
    action("J9.1", 2018, "analyse des besoins en compétences", 7361),
    action("J9.1", 2019, "Processus de coordination des recrutements", 7366),
    action("J9.1", 2019, "Plan de formation", 7373, "d"),
    action("J9.1", 2019, "Actualisation GPEC", 7375, "d"),
    action("J9.1", 2020, "Actualisation annuelle", 7378, until=2022),  # and lines 7381, 7384
)
